"""A worker that finds a training waiting does it, in a process of its own beside the turns."""

import asyncio
import os
import sys
from pathlib import Path
from uuid import uuid4

import structlog

from shop.training import claim_training, fail_training
from shop.wiring import Services, ask_store

log = structlog.get_logger()

BROKE_OFF = "训练程序中途停了，请您再试一次；还不行，请技术同事看一下日志"
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Trainer:
    def __init__(self, services: Services, root: Path) -> None:
        """`root`: where config.yml, data/ and the test set lie."""
        self._services, self._root, self.holder = services, root, uuid4().hex

    async def work(self) -> None:
        """One training, where one waits."""
        number = await asyncio.to_thread(self._claim)
        if number:
            await self._run(number)

    async def _run(self, number: str) -> None:
        """Until the process is over; it ends with this one."""
        command = ["-W", "ignore", "-m", "bot.teaching", "--run", number, "--holder", self.holder]
        command += ["--root", str(self._root), "--parent", str(os.getpid())]
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, env={**os.environ, **_ONE_THREAD}, stdout=asyncio.subprocess.DEVNULL
        )
        log.info("training.started", number=number, pid=process.pid)
        try:
            code = await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
        log.info("training.ended", number=number, code=code)
        if code:
            await asyncio.to_thread(self._fail, number)

    def _claim(self) -> str | None:
        """Looks first: where nothing waits, nothing is written or locked."""
        if ask_store(self._services, lambda uow: uow.trainings.under_way(), None) is None:
            return None
        with self._services.unit_of_work() as uow:
            number = claim_training(uow, self.holder, self._services.clock.now())
            uow.commit()
        return number

    def _fail(self, number: str) -> None:
        with self._services.unit_of_work() as uow:
            fail_training(uow, number, self.holder, self._services.clock.now(), BROKE_OFF)
            uow.commit()

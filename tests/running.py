"""The whole shop as real processes: a bot worker and a desk on loopback, over a demo shop of their own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time as clock_time
from datetime import timedelta
from pathlib import Path

import httpx
from at_work import busy_person

from shop.policy import WorkingHours
from shop.settings import Settings
from shop.wiring import Services, migrate, wire

ROOT = Path(__file__).resolve().parents[1]
SECRET = "only-for-tests-" + "x" * 32
START_SECONDS = 240
OPEN_ALL_DAY = (WorkingHours((0, 1, 2, 3, 4, 5, 6), clock_time(0, 0), clock_time(0, 0)),)
"""From midnight to midnight, so that tests mean the same at every hour."""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Process:
    """A server of ours: started, asked whether it is ready, stopped by its own pid."""

    command: list[str]
    environment: dict[str, str]
    health: str
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdout=out, stderr=out, stdin=subprocess.DEVNULL
            )

    def wait_ready(self) -> None:
        assert self.process is not None
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(self.health, timeout=2).status_code == 200:
                    return
            time.sleep(0.1)
        raise AssertionError(f"{self.command} is not ready:\n{self.log.read_text()[-3000:]}")

    def kill(self) -> None:
        """As a crash would: no goodbye."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.kill()


@dataclass
class RunningShop:
    url: str
    worker_url: str
    services: Services
    worker: Process
    desk: Process
    folder: Path
    extra: list[Process] = field(default_factory=list)


def environment_for(folder: Path, desk_port: int, worker_port: int) -> dict[str, str]:
    return {
        **os.environ,
        "SHOP_DATABASE_URL": f"sqlite:///{folder / 'shop.db'}",
        "SHOP_VAR": str(folder),
        "SHOP_SECRET": SECRET,
        "SHOP_DEMO": "1",
        "SHOP_WORKER_URL": f"http://127.0.0.1:{worker_port}",
        "SHOP_DESK_PORT": str(desk_port),
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONUNBUFFERED": "1",
    }


@contextlib.contextmanager
def run_shop(folder: Path, model: Path) -> Iterator[RunningShop]:
    """Seed, start, wait until ready; stop at the end. Somebody is at work, and takes nobody: who asks waits."""
    from shop.demo import seed

    settings = Settings(database_url=f"sqlite:///{folder / 'shop.db'}", var=folder)
    migrate(settings)
    services = wire(settings)
    with services.unit_of_work() as uow:
        seed(uow, services.clock.now())
        uow.policies.set("working_hours", OPEN_ALL_DAY, "test", services.clock.now())
        uow.commit()
    busy_person(services, stays_till=services.clock.now() + timedelta(days=1))
    desk_port, worker_port = free_port(), free_port()
    environment = environment_for(folder, desk_port, worker_port)
    python = [sys.executable, "-m"]
    worker = Process(
        [*python, "bot.worker", "--port", str(worker_port), "--model", str(model)],
        environment,
        f"http://127.0.0.1:{worker_port}/health",
        folder / "worker.log",
    )
    desk = Process([*python, "desk"], environment, f"http://127.0.0.1:{desk_port}/health", folder / "desk.log")
    running = RunningShop(
        f"http://127.0.0.1:{desk_port}", f"http://127.0.0.1:{worker_port}", services, worker, desk, folder
    )
    try:
        worker.start()
        desk.start()
        worker.wait_ready()
        desk.wait_ready()
        yield running
    finally:
        for process in (desk, worker, *running.extra):
            process.stop()
        services.close()

"""A small assistant (tiny/), trained once, and workers that serve it as real processes over real HTTP."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from shop.settings import ROOT

TINY = Path(__file__).parent / "tiny"
START_SECONDS = 240

sys.path.insert(0, str(TINY))  # for tiny_actions


class Worker:
    """One `python -m bot.worker`. `var` is where its actions write what they did."""

    def __init__(self, model: Path, database: Path, var: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.var = var
        self._command = [sys.executable, "-m", "bot.worker", "--port", str(self.port)]
        self._command += ["--model", str(model), "--actions", "tiny_actions"]
        self._environment = os.environ | {
            "SHOP_DATABASE_URL": f"sqlite:///{database}",
            "SHOP_VAR": str(var),
            "TINY_VAR": str(var),
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(TINY)]),
        }
        self.log = var / f"{self.port}.log"
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=60)
        self.seen_before_ready: list[int] = []

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self._command, cwd=ROOT, env=self._environment, stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while (status := self._health()) != 200:
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, "the worker never got ready"
            if status:
                self.seen_before_ready.append(status)
            time.sleep(0.01)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(timeout=60)

    def turn(self, conversation_id: str, turn_id: str, text: str, **more: Any) -> dict[str, Any]:
        said = {"conversation_id": conversation_id, "turn_id": turn_id, "text": text, **more}
        answer = self.http.post("/turn", json=said)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def texts(self, conversation_id: str, turn_id: str, text: str, **more: Any) -> list[str]:
        return [message["text"] for message in self.turn(conversation_id, turn_id, text, **more)["messages"]]

    def _health(self) -> int:
        try:
            return self.http.get("/health").status_code
        except httpx.TransportError:
            return 0


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from rasa.model_training import train

    folder = tmp_path_factory.mktemp("models")
    result = train(str(TINY / "domain.yml"), str(TINY / "config.yml"), [str(TINY / "data.yml")], output=str(folder))
    assert result.model, result
    return Path(result.model)


@pytest.fixture(scope="session")
def worker_shop(empty_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One store that all workers of the session share."""
    file = tmp_path_factory.mktemp("workers") / "shop.db"
    file.write_bytes(empty_shop.read_bytes())
    return file


@pytest.fixture(scope="session")
def worker(tiny_model: Path, worker_shop: Path) -> Iterator[Worker]:
    started = Worker(tiny_model.parent, worker_shop, worker_shop.parent)
    started.start()
    yield started
    started.stop()


@pytest.fixture(scope="session")
def second_worker(tiny_model: Path, worker_shop: Path) -> Iterator[Worker]:
    started = Worker(tiny_model, worker_shop, worker_shop.parent)
    started.start()
    yield started
    started.stop()

"""The two set-ups that benchmarks/turns.py compares, each with its own copy of one demo shop."""

import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil  # type: ignore[import-untyped]

from shop.demo import seed
from shop.model import Conversation
from shop.settings import ROOT, Settings
from shop.wiring import migrate, wire

START_SECONDS = 240
BUYERS = 40

STOCK_ENDPOINTS = """
action_endpoint: {{url: "http://127.0.0.1:{actions}/webhook"}}
nlg: {{type: bot.nlg.PhraseBookNlg}}
tracker_store: {{type: SQL, url: "sqlite:///{tracker}"}}
"""
"""Stock but for the words: both say them from the same phrase book, in Rasa's own process."""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def make_shop(folder: Path) -> tuple[Path, dict[str, str]]:
    """A demo shop and its conversations: id → an order number of that buyer."""
    file = folder / "shop.db"
    settings = Settings(database_url=f"sqlite:///{file}", var=folder)
    migrate(settings)
    services = wire(settings)
    now, orders = services.clock.now(), {}
    with services.unit_of_work() as uow:
        seed(uow, now)
        for buyer in uow.buyers.listed(BUYERS):
            conversation = uow.conversations.find_by_buyer(buyer.id)
            if conversation is None:
                conversation = Conversation(id=f"bench-{buyer.id}", created_at=now, buyer_id=buyer.id, nick=buyer.nick)
                uow.conversations.add(conversation)
            of_buyer = uow.orders.of_buyer(buyer.id)
            if of_buyer:
                orders[conversation.id] = of_buyer[0].order_no
        uow.commit()
    services.close()
    return file, orders


@dataclass
class Processes:
    """Started here, stopped by their own ids."""

    folder: Path
    shop: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *arguments: str) -> None:
        environment = os.environ | {
            "SHOP_DATABASE_URL": f"sqlite:///{self.shop}",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "RASA_TELEMETRY_ENABLED": "false",
            "PYTHONPATH": str(ROOT),
        }
        log = (self.folder / f"{name}.log").open("wb")
        command = [sys.executable, "-m", *arguments]
        self.running[name] = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    def wait_for(self, url: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            dead = [name for name, process in self.running.items() if process.poll() is not None]
            if dead:
                raise RuntimeError(f"{dead[0]} ended: see {self.folder}/{dead[0]}.log")
            try:
                if httpx.get(url, timeout=5).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.2)
        raise RuntimeError(f"{url} never answered")

    def memory(self) -> dict[str, int]:
        """MB that each process and its children hold."""
        held = {name: sum(each.memory_info().rss for each in _family(it)) for name, it in self.running.items()}
        return {name: round(size / 2**20) for name, size in held.items()}

    def cpu_seconds(self) -> float:
        """What all of them have used so far: unlike the clock, not disturbed by what else the machine does."""
        times = [each.cpu_times() for process in self.running.values() for each in _family(process)]
        return float(sum(used.user + used.system for used in times))

    def stop(self) -> None:
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()


def _family(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    return [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]


class OurWorker:
    name = "worker"

    def __init__(self, model: Path, shop: Path, folder: Path) -> None:
        self.url = f"http://127.0.0.1:{free_port()}"
        self.processes = Processes(folder, Path(shutil.copy(shop, folder / "worker.db")))
        self._model = model
        self._turns = 0

    def start(self) -> None:
        self.processes.start("worker", "bot.worker", "--port", self.url.rsplit(":", 1)[1], "--model", str(self._model))
        self.processes.wait_for(f"{self.url}/health")

    async def say(self, http: httpx.AsyncClient, conversation_id: str, text: str) -> list[str]:
        self._turns += 1
        body = {"conversation_id": conversation_id, "turn_id": f"turn-{self._turns}", "text": text}
        answer = await http.post(f"{self.url}/turn", json=body)
        answer.raise_for_status()
        return [message["text"] for message in answer.json()["messages"]]


class StockRasa:
    """`rasa run` and `rasa run actions`."""

    name = "stock"

    def __init__(self, model: Path, shop: Path, folder: Path) -> None:
        port, actions = free_port(), free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._actions_url = f"http://127.0.0.1:{actions}"
        self.processes = Processes(folder, Path(shutil.copy(shop, folder / "stock.db")))
        endpoints = folder / "endpoints.yml"
        endpoints.write_text(STOCK_ENDPOINTS.format(actions=actions, tracker=folder / "tracker.db"))
        (folder / "credentials.yml").write_text("rest:\n")
        self._run = ["rasa", "run", "-i", "127.0.0.1", "-p", str(port), "--model", str(model)]
        self._run += ["--endpoints", str(endpoints), "--credentials", str(folder / "credentials.yml")]
        self._run_actions = ["rasa", "run", "actions", "-p", str(actions), "--actions", "bot.actions"]

    def start(self) -> None:
        self.processes.start("stock_rasa", *self._run)
        self.processes.start("stock_actions", *self._run_actions)
        self.processes.wait_for(f"{self._actions_url}/health")
        self.processes.wait_for(self.url)
        httpx.post(f"{self.url}/webhooks/rest/webhook", json={"sender": "warm-up", "message": "你好"}, timeout=120)

    async def say(self, http: httpx.AsyncClient, conversation_id: str, text: str) -> list[str]:
        body: dict[str, Any] = {"sender": conversation_id, "message": text}
        answer = await http.post(f"{self.url}/webhooks/rest/webhook", json=body)
        answer.raise_for_status()
        return [message["text"] for message in answer.json() if message.get("text")]

"""`python -m benchmarks.teaching`: two workers are taught a new wording at full size, while buyers write to them.

Prints right answers before and after (taught messages, unseen siblings, test set), the time of the training, and what
became of the turns that were sent meanwhile: dropped, doubled, p95 before, during and around the swap.
"""

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import aiohttp

from benchmarks.progress import say
from bot.train import model_path
from shop.demo import seed
from shop.model import Role, Staff, Training
from shop.settings import Settings
from shop.teaching import teach
from shop.training import ask_training
from shop.wiring import Services, migrate, wire

TAUGHT: dict[str, list[str]] = {
    "request_refund": [
        "能下车吗",
        "我要下车",
        "让我下车吧",
        "不想坐了 下车",
        "我想跳车",
        "申请跳车",
        "车门开一下我要下",
        "怎么下车啊",
        "我那单下车",
        "求下车",
    ],
    "urge_shipment": [
        "我的崽呢 还在产房吗",
        "崽崽什么时候出生",
        "生了没呀",
        "啥时候生",
        "今天能生吗",
        "已经怀四天了亲",
        "还不生我就不要了",
        "预产期是哪天",
        "给我个预产期",
        "是不是难产了",
    ],
}
SIBLINGS: dict[str, list[str]] = {
    "request_refund": [
        "这个我想下车",
        "帮我下车",
        "下车行不行",
        "能跳车不",
        "跳车怎么跳",
        "后悔了 想跳车",
        "临时想下车了",
        "给我下个车",
        "想下车 钱原路回",
        "买错了 下车下车",
    ],
    "urge_shipment": [
        "我家崽崽还没生下来吗",
        "都过了预产期了",
        "预产期到了没动静",
        "在产房里躺几天了",
        "还在产房待产呢",
        "崽崽怎么还没出生",
        "生出来没有",
        "几号生啊",
        "难产了吗这么久",
        "这胎怀得也太久了",
    ],
}
TALK = ("你好", "这件有货吗", "多久发货", "可以便宜点吗", "包邮吗", "怎么退货")
TALKS, PAUSE, SETTLE = 4, 0.3, 20


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass
class Load:
    """Talks that go on, each to its own worker, one turn after the other."""

    ports: list[int]
    rows: list[tuple[float, float, bool]] = field(default_factory=list)
    """When, seconds, whether it was answered with its own turn id and words."""
    stop: bool = False

    async def run(self) -> None:
        async with aiohttp.ClientSession() as http:
            await asyncio.gather(*(self._talk(http, place) for place in range(TALKS)))

    async def _talk(self, http: aiohttp.ClientSession, place: int) -> None:
        port, number = self.ports[place % len(self.ports)], 0
        while not self.stop:
            turn = {"conversation_id": f"c{place}-{number // 12}", "turn_id": f"t{place}-{number}"}
            started = time.time()
            try:
                body = {**turn, "text": TALK[number % len(TALK)]}
                async with http.post(f"http://127.0.0.1:{port}/turn", json=body) as answer:
                    said = await answer.json()
                    right = answer.status == 200 and said["turn_id"] == turn["turn_id"] and bool(said["messages"])
            except aiohttp.ClientError:
                right = False
            self.rows.append((started, time.time() - started, right))
            number += 1
            await asyncio.sleep(PAUSE)


def p95(rows: list[tuple[float, float, bool]]) -> float | None:
    times = sorted(row[1] for row in rows)
    return round(1000 * times[int(len(times) * 0.95)], 1) if times else None


def start_worker(port: int, var: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "SHOP_DATABASE_URL": f"sqlite:///{var / 'shop.db'}", "SHOP_VAR": str(var)}
    command = [sys.executable, "-W", "ignore", "-m", "bot.worker", "--port", str(port), "--model", str(model_path())]
    log = (var / f"{port}.log").open("wb")
    return subprocess.Popen(command, env=environment, stdout=log, stderr=log)


async def wait_ready(http: aiohttp.ClientSession, port: int) -> None:
    while True:
        try:
            async with http.get(f"http://127.0.0.1:{port}/health") as answer:
                if answer.status == 200:
                    return
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(0.5)


async def health(http: aiohttp.ClientSession, port: int) -> dict[str, Any]:
    async with http.get(f"http://127.0.0.1:{port}/health") as answer:
        return dict(await answer.json())


async def count_right(http: aiohttp.ClientSession, port: int, groups: dict[str, list[str]]) -> tuple[int, list[str]]:
    right, wrong = 0, []
    for intent, texts in groups.items():
        for text in texts:
            async with http.post(f"http://127.0.0.1:{port}/model/parse", json={"text": text}) as answer:
                found = (await answer.json())["intent_ranking"]
            name = next(each["name"] for each in found if each["name"] != "nlu_fallback")
            right += name == intent
            wrong += [f"{text} → {name}"] if name != intent else []
    return right, wrong


async def follow(services: Services, number: str) -> Training:
    state = ""
    while True:
        with services.unit_of_work() as uow:
            training = uow.trainings.find(number)
        assert training is not None
        if (now := f"{training.state.value} {training.percent}") != state:
            state = now
            say(state)
        if not training.under_way:
            return training
        await asyncio.sleep(1)


async def measure(var: Path) -> dict[str, Any]:
    settings = Settings(database_url=f"sqlite:///{var / 'shop.db'}", var=var)
    migrate(settings)
    services = wire(settings)
    boss, now = Staff("100", "云舒", Role.MANAGER), services.clock.now()
    with services.unit_of_work() as uow:
        seed(uow, now)
        boss = uow.people.find("100") or boss
        teach(uow, boss, now, [(text, intent) for intent, texts in TAUGHT.items() for text in texts])
        uow.commit()
    ports = [free_port(), free_port()]
    workers = [start_worker(port, var) for port in ports]
    try:
        async with aiohttp.ClientSession() as http:
            await asyncio.gather(*(wait_ready(http, port) for port in ports))
            say("two workers are ready")
            before = [await count_right(http, ports[0], groups) for groups in (TAUGHT, SIBLINGS)]
            load = Load(ports)
            running = asyncio.create_task(load.run())
            await asyncio.sleep(SETTLE)
            asked = time.time()
            with services.unit_of_work() as uow:
                number = ask_training(uow, boss, services.clock.now(), go_live=True).number
                uow.commit()
            training = await follow(services, number)
            ended = time.time()
            while training.model and {(await health(http, port))["model"] for port in ports} != {training.model}:  # noqa: ASYNC110
                await asyncio.sleep(0.2)
            swapped = time.time()
            await asyncio.sleep(SETTLE)
            load.stop = True
            await running
            after = [await count_right(http, ports[0], groups) for groups in (TAUGHT, SIBLINGS)]
            served = sum([(await health(http, port))["turns"] for port in ports])
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait()
    rows = load.rows
    return {
        "state": training.state.value,
        "error": training.error,
        "taught": {"of": sum(map(len, TAUGHT.values())), "before": before[0][0], "after": after[0][0]},
        "siblings": {"of": sum(map(len, SIBLINGS.values())), "before": before[1][0], "after": after[1][0]},
        "still wrong": after[0][1] + after[1][1],
        "test set": {"of": training.exam, "before": training.exam_before, "after": training.exam_after},
        "changed": [each for each in training.changed if not each["taught"]],
        "training seconds": round(ended - asked),
        "seconds until both workers had it": round(swapped - ended, 1),
        "turns": len(rows),
        "dropped": sum(not row[2] for row in rows),
        "doubled": served - sum(row[2] for row in rows),
        "p95 ms before": p95([row for row in rows if row[0] < asked]),
        "p95 ms while training": p95([row for row in rows if asked <= row[0] < ended]),
        "p95 ms at the swap": p95([row for row in rows if ended <= row[0] < swapped]),
        "p95 ms after": p95([row for row in rows if row[0] >= swapped]),
        "slowest ms": round(1000 * max(row[1] for row in rows), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.teaching", description=__doc__)
    parser.add_argument("--var", type=Path, help="an empty folder for store, models and logs")
    var = parser.parse_args().var or Path(mkdtemp(prefix="teaching-"))
    var.mkdir(parents=True, exist_ok=True)
    print(json.dumps(asyncio.run(measure(var)), ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()

"""How fast a turn is: our worker beside stock `rasa run` + `rasa run actions`, same model, same demo shop.

`python -m benchmarks.turns [--quick] [--model models]`. The two run one after the other, so that neither takes
the other's cores. The last line is one JSON object: `<set-up>_<kind>_c<concurrency>_p50_ms` and so on.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import httpx
from rasa.model import get_latest_model

from benchmarks.servers import OurWorker, StockRasa, make_shop

FROM_LIBRARY = ("谢谢", "你是机器人吗", "可以用花呗付款吗", "再见")
"""Answered without looking anything up."""
LOOKED_UP = ("云朵棉T恤有货吗", "有什么优惠活动", "发到广东运费多少", "订单{order}到哪了", "云朵棉T恤多少钱")
KINDS = {
    "faq": FROM_LIBRARY,
    "action": LOOKED_UP,
    "mix": tuple(text for pair in zip(cycle(FROM_LIBRARY), LOOKED_UP) for text in pair),
}

Server = OurWorker | StockRasa
Figures = dict[str, float]
Load = tuple[str, int, int]
"""Kind of turns, buyers at once, turns in all."""


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    turns: int
    concurrency: tuple[int, ...]
    lengths: tuple[int, ...]


FULL = Size(turns=64, concurrency=(1, 4, 16), lengths=(10, 100, 300))
QUICK = Size(turns=32, concurrency=(1, 4), lengths=(10, 60))


async def measure(server: Server, orders: dict[str, str], size: Size) -> Figures:
    figures: Figures = {}
    async with httpx.AsyncClient(timeout=120, limits=httpx.Limits(max_connections=64)) as http:
        for kind in KINDS:
            for concurrency in size.concurrency:
                figures |= await measure_load(server, http, orders, (kind, concurrency, size.turns))
        figures |= await measure_length(server, http, size.lengths)
        figures |= await measure_four_at_once(server, http)
    return figures | {f"{name}_rss_mb": megabytes for name, megabytes in server.processes.memory().items()}


async def measure_load(server: Server, http: httpx.AsyncClient, orders: dict[str, str], load: Load) -> Figures:
    """Buyers who each write again as soon as they have their answer. `cpu_ms`: of all processes, a turn."""
    kind, concurrency, turns = load
    texts = KINDS[kind]
    buyers = list(islice(orders, concurrency))
    taken: list[float] = []

    async def talk(conversation_id: str) -> None:
        for text in islice(cycle(texts), -(-turns // concurrency)):
            taken.append(await timed(server, http, conversation_id, text.format(order=orders[conversation_id])))

    started, worked = time.perf_counter(), server.processes.cpu_seconds()
    await asyncio.gather(*map(talk, buyers))
    seconds, worked = time.perf_counter() - started, server.processes.cpu_seconds() - worked
    name = f"{server.name}_{kind}_c{concurrency}"
    return {
        f"{name}_p50_ms": round(statistics.median(taken), 1),
        f"{name}_p95_ms": round(sorted(taken)[int(len(taken) * 0.95)], 1),
        f"{name}_per_s": round(len(taken) / seconds, 1),
        f"{name}_cpu_ms": round(worked / len(taken) * 1000, 1),
    }


async def measure_length(server: Server, http: httpx.AsyncClient, lengths: Sequence[int]) -> Figures:
    """The median of the ten turns that end at each length of one talk."""
    texts = [text for text in KINDS["mix"] if "{" not in text]
    taken = [await timed(server, http, "long-talk", text) for text in islice(cycle(texts), max(lengths))]
    return {f"{server.name}_turn_{n}_p50_ms": round(statistics.median(taken[n - 10 : n]), 1) for n in lengths}


async def measure_four_at_once(server: Server, http: httpx.AsyncClient) -> Figures:
    """One buyer sends four messages in a row without waiting; when was the last answered, and were they in order?"""
    done: list[int] = []

    async def say(number: int) -> None:
        await asyncio.sleep(number * 0.01)
        await server.say(http, "four-at-once", FROM_LIBRARY[number])
        done.append(number)

    await server.say(http, "four-at-once", FROM_LIBRARY[0])
    started = time.perf_counter()
    await asyncio.gather(*map(say, range(4)))
    seconds = time.perf_counter() - started
    return {f"{server.name}_four_s": round(seconds, 2), f"{server.name}_four_in_order": float(done == sorted(done))}


async def timed(server: Server, http: httpx.AsyncClient, conversation_id: str, text: str) -> float:
    """Milliseconds until the answer."""
    started = time.perf_counter()
    await server.say(http, conversation_id, text)
    return (time.perf_counter() - started) * 1000


async def answers(server: Server) -> list[list[str]]:
    """Each text as the first of a new talk: both set-ups should say the same."""
    async with httpx.AsyncClient(timeout=120) as http:
        texts = [text for text in KINDS["mix"] if "{" not in text]
        return [await server.say(http, f"same-{number}", text) for number, text in enumerate(texts)]


def compare(figures: Figures, size: Size) -> Figures:
    """How many times as many turns a second as stock."""
    pairs = [(kind, concurrency) for kind in KINDS for concurrency in size.concurrency]
    return {
        f"times_{kind}_c{concurrency}": round(
            figures[f"worker_{kind}_c{concurrency}_per_s"] / figures[f"stock_{kind}_c{concurrency}_per_s"], 1
        )
        for kind, concurrency in pairs
    }


def run(make: Callable[[], Server], orders: dict[str, str], size: Size) -> tuple[Figures, list[list[str]]]:
    server = make()
    try:
        started = time.perf_counter()
        server.start()
        ready = {f"{server.name}_ready_s": round(time.perf_counter() - started, 1)}
        said = asyncio.run(answers(server))
        return ready | asyncio.run(measure(server, orders, size)), said
    finally:
        server.processes.stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.turns", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer turns, a shorter talk")
    parser.add_argument("--model", default="models")
    arguments = parser.parse_args()
    size = QUICK if arguments.quick else FULL
    newest = get_latest_model(arguments.model) if Path(arguments.model).is_dir() else arguments.model
    if not newest:
        parser.error(f"no model in {arguments.model}: make train")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        shop, orders = make_shop(folder)
        ours, we_said = run(lambda: OurWorker(Path(newest), shop, folder), orders, size)
        stock, stock_said = run(lambda: StockRasa(Path(newest), shop, folder), orders, size)
    figures = ours | stock
    figures |= compare(figures, size)
    figures["same_answers"] = round(sum(map(list.__eq__, we_said, stock_said)) / len(we_said), 2)
    for name, value in figures.items():
        print(f"{name:36} {value}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()

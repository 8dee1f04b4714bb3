"""How one desk process bears a busy shop: `--windows` open windows and `--consoles` consoles while `--rate` messages
a second flow between buyers, agents and the bot.

    python -m benchmarks.desk_load [--windows 1000] [--consoles 20] [--rate 20] [--seconds 60] [--database postgresql]

The desk is `python -m desk` on loopback; all its guests are this one other process, which tells how far behind it was
itself. Beside each message go what the pages send with it (typing, read, draft, speech check, suggestions); `--alone`
leaves that out. Exit code 1 where a goal was missed: the other side's screen within 150 ms for 95 of 100 messages,
nothing lost, doubled or out of order.
"""

import argparse
import asyncio
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import psutil  # type: ignore[import-untyped]
from rich.console import Console as Terminal
from rich.table import Table

from benchmarks.desk_line import in_small_groups
from benchmarks.desk_people import Console, Ledger, Window
from benchmarks.desk_place import Place, quick_worker, run_desk
from benchmarks.desk_tally import Figures, Tally, compare, percentiles, times
from benchmarks.desk_traffic import Held, Traffic
from benchmarks.progress import say

GOAL_MS = 150
HELD = 40
"""Talks in agents' hands, which carry the traffic; as many other buyers write to the bot."""
AT_ONCE = 50
"""Windows that open at the same time."""
WARM_UP, QUIET = 5.0, 5.0
STAY_EVERY = 30.0
LOOK_EVERY = 0.01
FILES = 4096


class Meter:
    """The desk's processor time and memory, this process's, everybody else's on the machine, and what the host of a
    virtual machine took from all of them, over a while.
    """

    def __init__(self, desk: psutil.Process) -> None:
        self._desk, self._own = desk, psutil.Process()
        self._cores = os.cpu_count() or 1
        self.start()

    def start(self) -> None:
        self._began, self._before = time.monotonic(), self._read()

    def read(self, name: str) -> Figures:
        """In per cent of one core."""
        seconds, now = time.monotonic() - self._began, self._read()
        desk, own, all_of_it, stolen = ((b - a) / seconds * 100 for a, b in zip(self._before, now, strict=True))
        return {
            f"{name}desk_cpu_percent": round(desk, 1),
            f"{name}generator_cpu_percent": round(own, 1),
            f"{name}others_cpu_percent": round(max(0.0, all_of_it - desk - own - stolen), 1),
            f"{name}stolen_cpu_percent": round(stolen, 1),
        }

    def megabytes(self) -> float:
        return round(self._desk.memory_info().rss / 2**20, 1)

    def _read(self) -> tuple[float, float, float, float]:
        machine = psutil.cpu_times()
        busy = sum(machine) - machine.idle - getattr(machine, "iowait", 0.0) - getattr(machine, "guest", 0.0)
        return _worked(self._desk), _worked(self._own), busy, getattr(machine, "steal", 0.0)


def _worked(process: psutil.Process) -> float:
    used = process.cpu_times()
    return float(used.user + used.system)


async def watch_lag(lags: list[float]) -> None:
    """How late this process is for its own appointments: part of every time that it measures."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + LOOK_EVERY
        await asyncio.sleep(LOOK_EVERY)
        lags.append(loop.time() - due)


class Load:
    def __init__(self, place: Place, asked: argparse.Namespace, http: aiohttp.ClientSession) -> None:
        self.place, self.asked = place, asked
        self.ledger: Ledger = {}
        self.windows = [Window(http, self.ledger, alone=asked.alone) for _ in range(asked.windows)]
        self.consoles = [Console(http, self.ledger, alone=asked.alone) for _ in range(asked.consoles)]
        self.meter = Meter(place.desk)
        self.figures: Figures = {}

    async def run(self) -> Figures:
        await self._connect()
        held = await self._take()
        say("nobody writes")
        await self._quiet()
        say(f"{self.asked.rate:g} messages a second for {self.asked.seconds:g} s")
        await self._flow(held)
        return self.figures

    async def _connect(self) -> None:
        self.figures["desk_empty_mb"] = self.meter.megabytes()
        say(f"{len(self.consoles)} consoles")
        for number, console in enumerate(self.consoles):
            await console.open(self.place.url, self.place.sign_in(number))
        say(f"{len(self.windows)} windows")
        self.meter.start()
        started = time.monotonic()
        opening = [
            partial(window.open, self.place.url, self.place.buyer_token(number))
            for number, window in enumerate(self.windows)
        ]
        await in_small_groups(opening, AT_ONCE)
        self.figures["connect_all_s"] = round(time.monotonic() - started, 1)
        self.figures |= percentiles("connect", (window.connect_seconds for window in self.windows))
        self.figures |= self.meter.read("connecting_")
        self.figures["desk_connected_mb"] = self.meter.megabytes()

    async def _take(self) -> list[Held]:
        held = []
        for number, window in enumerate(self.windows[:HELD]):
            console = self.consoles[number % len(self.consoles)]
            await console.take(window.talk)
            held.append(Held(window.talk, window, console))
        return held

    async def _quiet(self) -> None:
        self.meter.start()
        await asyncio.sleep(QUIET)
        self.figures |= self.meter.read("quiet_")

    async def _flow(self, held: Sequence[Held]) -> None:
        traffic = Traffic(held, self.windows[HELD : 2 * HELD] or self.windows, self.asked.rate)
        staying = asyncio.create_task(self._stay())
        await traffic.flow(WARM_UP)
        lags: list[float] = []
        traffic.late.clear()
        looking = asyncio.create_task(watch_lag(lags))
        since, rows = asyncio.get_running_loop().time(), self._rows()
        self.meter.start()
        await traffic.flow(self.asked.seconds)
        self.figures |= self.meter.read("")
        looking.cancel()
        staying.cancel()
        await self._settle()
        self.figures["desk_end_mb"] = self.meter.megabytes()
        self.figures["rows_per_s"] = round((self._rows() - rows) / self.asked.seconds, 1)
        self.figures["rows_backwards"] = sum(console.rows_backwards for console in self.consoles)
        self.figures |= times(self.ledger, self.consoles, since)
        self.figures |= percentiles("generator_lag", lags) | percentiles("generator_late", traffic.late)

    def _rows(self) -> int:
        return sum(console.row_count for console in self.consoles)

    async def _stay(self) -> None:
        while True:
            await asyncio.sleep(STAY_EVERY)
            for console in self.consoles:
                console.stay()

    async def _settle(self) -> None:
        """Until nothing more comes: a second without a row."""
        rows = -1
        while rows != (rows := self._rows()):  # noqa: ASYNC110  # what is waited for is silence
            await asyncio.sleep(1)

    def broken(self) -> list[str]:
        lost = [f"{type(each).__name__} was hung up on" for each in (*self.windows, *self.consoles) if each.line.lost]
        return [*lost, *(what for each in (*self.windows, *self.consoles) for what in each.broken)]


async def run(place: Place, asked: argparse.Namespace) -> tuple[Figures, Tally, list[str]]:
    timeout = aiohttp.ClientTimeout(total=None)
    async with (
        quick_worker(place.worker_port),
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=timeout) as http,
    ):
        load = Load(place, asked, http)
        figures = await load.run()
        tally = compare(place.services, load.ledger, load.windows, load.consoles)
        broken = load.broken()
        await asyncio.gather(*(each.line.close() for each in (*load.windows, *load.consoles)))
    return figures, tally, broken


def show(figures: Figures, tally: Tally, broken: Sequence[str]) -> None:
    terminal = Terminal()
    spans = Table("ms", "p50", "p95", "p99", "max", title="from sending until …")
    for name in dict.fromkeys(key.rsplit("_p50_ms", 1)[0] for key in figures if key.endswith("_p50_ms")):
        spans.add_row(name, *(f"{figures[f'{name}_{mark}_ms']:.1f}" for mark in ("p50", "p95", "p99", "max")))
    terminal.print(spans)
    rest = Table("", "", show_header=False)
    for name, value in figures.items():
        if not name.endswith("_ms"):
            rest.add_row(name, f"{value:g}")
    for name, count in asdict(tally).items():
        if name != "first":
            rest.add_row(name, str(count))
    terminal.print(rest)
    for what in (*tally.first, *broken[:10]):
        terminal.print(f"[red]{what}")


def parse(given: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.desk_load",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--windows", type=int, default=1000)
    parser.add_argument("--consoles", type=int, default=20)
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--alone", action="store_true", help="messages and nothing that pages send beside them")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    asked = parser.parse_args(given)
    if asked.windows < HELD or asked.consoles < 1:
        parser.error(f"at least {HELD} windows and a console")
    return asked


def main() -> int:
    asked = parse()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(soft, FILES + asked.windows), hard), hard))
    with tempfile.TemporaryDirectory() as temporary, run_desk(Path(temporary), asked.database) as place:
        figures, tally, broken = asyncio.run(run(place, asked))
    result: dict[str, Any] = {**figures, **asdict(tally), "broken": len(broken)}
    print(json.dumps(result, ensure_ascii=False)) if asked.json else show(figures, tally, broken)
    in_time = figures.get("other_side_p95_ms", 0.0) <= GOAL_MS
    return 0 if in_time and tally.clean and not broken else 1


if __name__ == "__main__":
    sys.exit(main())

"""`python -m desk.talk` as a person or a script runs it."""

import asyncio
import json
import sys
from dataclasses import dataclass
from datetime import timedelta

from at_work import busy_person
from wire import RunningDesk, Worker, say

from shop.demo import PERSONAS
from shop.wiring import Services


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


async def run(desk: RunningDesk, *args: str, lines: str) -> Ran:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "desk.talk", "--url", desk.url, *args),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(lines.encode()), 60)
    return Ran(process.returncode or 0, out.decode(), err.decode())


async def test_a_guest_talks_through_a_pipe(desk: RunningDesk, worker: Worker) -> None:
    worker.answer = lambda question: say(
        f"答:{question['text']}{question['payload'] or ''}", buttons=[{"title": "甲", "payload": "/a"}, {"title": "乙"}]
    )
    ran = await run(desk, "--guest", "--json", lines="你好\n\n#1\n#2\n")
    messages = [json.loads(line) for line in ran.out.splitlines()]
    assert [m["text"] for m in messages[1:]] == ["答:你好", "答:甲/a", "答:乙"]
    assert messages[0]["key"] == "welcome"
    assert messages[1]["buttons"] == [{"title": "甲"}, {"title": "乙"}]
    assert {m["holder"] for m in messages} == {"bot"}
    assert ran.code == 0, ran.err


async def test_a_demo_buyer_talks_and_sees_the_handover(
    demo_desk: RunningDesk, demo_services: Services, worker: Worker
) -> None:
    busy_person(demo_services, stays_till=demo_services.clock.now() + timedelta(days=1))
    worker.answer = lambda question: say("好的,马上", handover="ask_human")
    ran = await run(demo_desk, "--buyer", next(iter(PERSONAS)), "--json", lines="转人工\n")
    assert json.loads(ran.out.splitlines()[-1])["holder"] == "queue"


async def test_what_is_refused_ends_in_an_exit_code(desk: RunningDesk) -> None:
    ran = await run(desk, "--guest", lines="#1\n" + "字" * 2001 + "\n还在\n")
    assert ran.code == 1
    assert "too_long" in ran.err
    assert ran.out.rstrip().endswith("答:还在")
    assert (await run(desk, "--buyer", "没有这个人", lines="")).code == 1

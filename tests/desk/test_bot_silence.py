"""Once a person speaks the bot is silent: hundreds of conversations at which everybody pulls at once.

The proof is in the stored log: at which message the hands changed, in which epoch each turn was asked. How many runs
are tried follows SHOP_TEST_RUNS; `python -m benchmarks.interleavings` tries more. The seeds are fixed and printed.
"""

import asyncio
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from at_work import busy_person
from crowd import Crowd
from log_rules import SPOKE, Fault, find_faults, read_stored
from slow_bot import PIECE, PLAIN, SlowBot
from wire import PATIENCE, RunningDesk, Worker, free_port, say

from phrases import PhraseBook
from shop.settings import DeskSettings, Settings
from shop.wiring import Services, migrate, wire
from tests.shop.store.postgres import cluster, find_programs

RUNS = int(os.environ.get("SHOP_TEST_RUNS", "120"))
AT_ONCE = 12
RULES = {"thought_seconds": 1, "max_buyers": 3, "turn_seconds": 60}
"""Few seats, so that buyers wait; the bot may be as slow as it is let."""


@pytest.fixture
def postgres_services(tmp_path: Path, clock: Any) -> Iterator[Callable[[], Services]]:
    """Makes another shop program's way into one and the same database."""
    programs = find_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server programs here (apt-get install postgresql)")
    opened: list[Services] = []
    with cluster(programs) as address:
        settings = Settings(database_url=address, var=tmp_path)
        migrate(settings)

        def open_services() -> Services:
            opened.append(wire(settings, clock))
            return opened[-1]

        yield open_services
        for services in opened:
            services.close()


def set_rules(services: Services) -> None:
    with services.unit_of_work() as uow:
        for name, value in RULES.items():
            uow.policies.set(name, value, by="test", at=services.clock.now())
        uow.commit()


async def pull(crowd: Crowd, runs: int, name: str) -> list[Fault]:
    """Everybody at once; what is wrong afterwards. Prints the figures."""
    set_rules(crowd.services)
    await crowd.come()
    await crowd.play(runs, AT_ONCE)
    await crowd.go()
    stored = [read_stored(crowd.services, talk) for talk in crowd.talks]
    faults = [fault for each in stored for fault in find_faults(each)]
    said = Counter(message.direction.value for each in stored for message in each.messages)
    figures = {
        "name": name,
        "seed": crowd.seed,
        "interleavings": len(stored),
        "deeds": crowd.deeds,
        "hands_changed": sum(len(each.records) for each in stored),
        "turns": dict(Counter(turn.state.value for each in stored for turn in each.turns.values())),
        "messages": dict(said),
        "bot_messages_while_a_person_held": sum(fault.kind == SPOKE for fault in faults) + len(crowd.told_wrongly),
        "faults": len(faults),
    }
    print(json.dumps(figures, ensure_ascii=False))
    assert not crowd.refused, crowd.refused[:5]
    return faults


@pytest.mark.req("HE-01", "HE-27")
async def test_the_bot_is_silent_once_a_person_speaks(desk: RunningDesk, worker: Worker, services: Services) -> None:
    crowd = Crowd(services, [desk], SlowBot(worker), seed=1)
    assert await pull(crowd, RUNS, "one desk on SQLite") == []
    assert crowd.told_wrongly == [], "a window heard the bot while people held the talk"


@pytest.mark.req("HE-27")
async def test_two_desks_on_one_postgresql_keep_it_silent_too(
    postgres_services: Callable[[], Services], worker: Worker, desk_settings: DeskSettings, book: PhraseBook
) -> None:
    shops = [postgres_services(), postgres_services()]
    busy_person(shops[0], stays_till=shops[0].clock.now() + timedelta(days=30))
    ports = (desk_settings.desk_port, free_port())
    desks = [
        RunningDesk(shop, desk_settings.model_copy(update={"desk_port": port}), book)
        for shop, port in zip(shops, ports, strict=True)
    ]
    try:
        crowd = Crowd(shops[0], desks, SlowBot(worker), seed=2)
        assert await pull(crowd, max(1, RUNS // 4), "two desks on PostgreSQL") == []
    finally:
        for desk in desks:
            desk.stop()


async def test_words_that_people_had_are_not_read_again_by_the_bot(
    join: Any, console: Any, worker: Worker, services: Services
) -> None:
    """Half a thought waited for its rest; people took the talk and gave it back before the rest came."""
    bot = SlowBot(worker)
    agent, buyer = await console("331"), await join()
    talk = buyer.opened["conversation_id"]
    first = await buyer.send(f"{PIECE}一")
    await asyncio.to_thread(bot.asked.wait, PATIENCE)
    await agent.done("take", talk=talk)
    await agent.done("hand_back", talk=talk, settled="")
    bot.hurry()
    [answer] = await buyer.say(f"{PLAIN}二")
    assert answer["text"] == f"答:{PLAIN}二"
    assert await buyer.wait("settled", lambda turn: turn["seq"] == first["message"]["seq"])
    assert find_faults(read_stored(services, talk)) == []
    assert worker.asked[-1]["earlier"] == []


async def test_what_came_while_a_broken_turn_waited_is_not_forgotten(
    join: Any, worker: Worker, services: Services
) -> None:
    """The answer cannot be stored: the turn fails, and the one behind it ends too."""
    buyer = await join()
    worker.answer = lambda question: say("要问什么", buttons=[{"title": "运费", "payload": "/ask_shipping_fee"}])
    [offer] = await buyer.say("在吗")
    unstorable = {**say("好的"), "intent": {"name": "greet", "confidence": float("nan")}}
    worker.answer = lambda question: {**say(), "unfinished": True} if question["patient"] else unstorable
    await buyer.send(f"{PIECE}一")
    pressed = await buyer.send(button={"seq": offer["seq"], "index": 0})
    await buyer.answers_to(pressed["message"]["seq"])
    stored = read_stored(services, buyer.opened["conversation_id"])
    assert [turn.state.value for turn in stored.turns.values()] == ["dropped", "failed", "done"]

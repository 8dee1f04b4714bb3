"""Whatever happens, in whatever order, whoever's line breaks: what each page shows is what the store has.

Sequences of steps are drawn by hypothesis, always the same ones, and played over real sockets. How many follows
SHOP_TEST_SEQUENCES; `python -m benchmarks.interleavings` plays more.
"""

import asyncio
import json
import os
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from scene import STAFF, House
from slow_bot import SlowBot
from steps import DEEDS, Step, play
from wire import RunningDesk, Worker

from shop.wiring import Services

SEQUENCES = int(os.environ.get("SHOP_TEST_SEQUENCES", "10"))
STEPS = 40
RULES = {"thought_seconds": 1, "burst_messages": 1000, "max_buyers": 200}
DRAWN = st.builds(
    Step,
    deed=st.sampled_from([name for name, (often, _) in DEEDS.items() for _ in range(often)]),
    buyer=st.integers(0, 1),
    who=st.sampled_from(("holder", "holder", "holder", *STAFF)),
    wait=st.booleans(),
    pick=st.integers(0, 99),
)


@pytest.mark.req("CW-04", "HE-05")
def test_every_page_shows_what_the_store_has(desk: RunningDesk, worker: Worker, services: Services, clock: Any) -> None:
    with services.unit_of_work() as uow:
        for name, value in RULES.items():
            uow.policies.set(name, value, by="test", at=clock.now())
        uow.commit()
    # Not new_event_loop(): tests of Rasa that ran before make that uvloop, whose sockets know no shutdown().
    house, loop = House(desk, services, clock, SlowBot(worker)), asyncio.SelectorEventLoop()

    @settings(
        max_examples=SEQUENCES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(DRAWN, min_size=STEPS, max_size=STEPS))
    def agree(steps: list[Step]) -> None:
        wrong = loop.run_until_complete(play(house, steps))
        assert not wrong, "\n".join(wrong)

    try:
        agree()
    finally:
        loop.close()
        print(json.dumps(house.figures()))

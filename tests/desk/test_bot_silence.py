"""Once a person speaks the bot is silent: hundreds of conversations at which everybody pulls at once."""

import asyncio
import json
import os

from crowd import Crowd
from log_rules import SPOKE, find_faults, read_stored
from slow_bot import SlowBot
from wire import RunningDesk, Worker

from shop.wiring import Services

RUNS = int(os.environ.get("SHOP_TEST_RUNS", "300"))
AT_ONCE = 24


async def test_x(desk: RunningDesk, worker: Worker, services: Services, clock) -> None:
    import time
    with services.unit_of_work() as uow:
        uow.policies.set("thought_seconds", 1, by="test", at=clock.now())
        uow.policies.set("max_buyers", 3, by="test", at=clock.now())
        uow.commit()
    t=time.time()
    crowd = Crowd(services, [desk], SlowBot(worker), 1)
    await crowd.come()
    await crowd.play(RUNS, AT_ONCE)
    print("took", time.time()-t, "cpu", time.process_time(), crowd.deeds)
    await crowd.go()
    faults = [f for talk in crowd.talks for f in find_faults(read_stored(services, talk))]
    from collections import Counter
    print(Counter(f.kind for f in faults))
    for f in faults[:15]: print(f)
    print(crowd.refused[:10], len(crowd.refused)); print(crowd.told_wrongly[:5], len(crowd.told_wrongly))
    assert not faults

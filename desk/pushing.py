"""What happens in the shop, sent to the shop's own programs: looked for every second, beside all else of the desk.

Each address has a task of its own, so a slow one holds up nobody. Several desks share the outbox (`shop.webhooks`).
"""

import asyncio
from collections.abc import Coroutine
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog

from desk.context import Desk
from desk.posting import TIMEOUT_SECONDS, Post
from shop.webhooks.deliveries import Parcel, claim, find_due, note_outcome, tidy

log = structlog.get_logger()
EVERY_SECONDS = 1.0
TIDY_EVERY = timedelta(minutes=10)


class Pusher:
    """Made inside the running event loop; `close` it there. `seconds`: how long one try may take."""

    def __init__(self, desk: Desk, seconds: float = TIMEOUT_SECONDS) -> None:
        self._desk, self._post = desk, Post(desk, seconds)
        self._pushing: dict[str, asyncio.Task[None]] = {}
        self._looking: asyncio.Task[None] | None = None
        self._tidied_at: datetime | None = None

    def start(self) -> None:
        self._looking = asyncio.create_task(self._look_for_ever())

    async def close(self) -> None:
        """What is just being sent is sent again later: its lease ends."""
        tasks = [*self._pushing.values(), *([self._looking] if self._looking else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._post.close()

    async def look(self) -> None:
        """Sees to it that every address which something is due for is being served."""
        now = self._desk.now()
        if self._tidied_at is None or now - self._tidied_at >= TIDY_EVERY:
            self._tidied_at = now
            await self._desk.change(lambda uow: tidy(uow, now))
        for webhook_id in await self._desk.look(lambda uow: find_due(uow, now)):
            if webhook_id not in self._pushing:
                self._spawn(webhook_id, self._push(webhook_id))

    async def settle(self) -> None:
        """Until all that is due now has been tried."""
        await self.look()
        while self._pushing:
            await asyncio.gather(*self._pushing.values())

    async def _push(self, webhook_id: str) -> None:
        while parcels := await self._desk.change(lambda uow: claim(uow, webhook_id, self._desk.now())):
            await asyncio.gather(*map(self._send, parcels))

    async def _send(self, parcel: Parcel) -> None:
        outcome = await self._post.send(parcel)
        await self._desk.change(lambda uow: note_outcome(uow, parcel, outcome, self._desk.now()))
        log.info(
            "desk.event_pushed",
            webhook_id=parcel.webhook_id,
            delivery_id=parcel.id,
            kind=parcel.kind,
            code=outcome.code,
            error=outcome.error,
        )

    def _spawn(self, webhook_id: str, work: Coroutine[Any, Any, None]) -> None:
        task = self._pushing[webhook_id] = asyncio.create_task(work)
        task.add_done_callback(partial(self._done, webhook_id))

    def _done(self, webhook_id: str, task: "asyncio.Task[None]") -> None:
        self._pushing.pop(webhook_id, None)
        if not task.cancelled() and task.exception() is not None:
            log.error("desk.push_broken", webhook_id=webhook_id, exc_info=task.exception())

    async def _look_for_ever(self) -> None:
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            try:
                await self.look()
            except Exception:  # an edge: the next look must come
                log.exception("desk.push_look_broken")

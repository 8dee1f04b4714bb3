"""Changing a conversation and telling everyone who looks at it: commit first, then say, in the order of the log.

What is told is found by comparing the conversation before and after: no use case can forget a part of it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from desk.console.shapes import Shapes
from desk.context import Desk
from desk.shown import Json, Shown, holding
from shop.conversations import get_conversation
from shop.model import HandoverRecord, Holder
from shop.ports import UnitOfWork

T = TypeVar("T")


@dataclass(frozen=True)
class Told(Generic[T]):
    """`holding` only where the holder changed; `records` are those changes; `row` is for the console's lists.

    `overtook`: it waits in another order than before.
    """

    result: T
    messages: list[Shown]
    holding: Json | None
    last_seq: int
    row: Json
    records: list[HandoverRecord]
    handovers: list[Json]
    alerts: list[Json]
    overtook: bool


class Teller:
    """`on_moved` is called after every change of hands, and without records where those who wait changed places."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.on_moved: Callable[[Sequence[HandoverRecord]], None] = lambda records: None

    async def change(
        self,
        conversation_id: str,
        use_case: Callable[[UnitOfWork], T],
        join: Callable[[], Awaitable[None]] | None = None,
    ) -> Told[T]:
        """One transaction on one conversation. After `join` (a socket enters the room) nothing more can be missed."""
        async with self._desk.in_turn(conversation_id):
            told = await self._desk.change(lambda uow: self._observe(uow, conversation_id, use_case))
            await self._tell(conversation_id, told)
            if join is not None:
                await join()
        if told.records or told.overtook:
            self.on_moved(told.records)
        return told

    async def retell(self, conversation_id: str) -> None:
        """Its place and row, which others changed. In its turn, so that what is told last is what is so."""

        def use_case(uow: UnitOfWork) -> tuple[Json, Json]:
            conversation = get_conversation(uow, conversation_id)
            return holding(uow, conversation), Shapes(uow, self._desk.showing).row(conversation)

        async with self._desk.in_turn(conversation_id):
            place, row = await self._desk.look(use_case)
            await self._desk.rooms.holder(conversation_id, place)
            self._desk.rooms.row(row)

    def _observe(self, uow: UnitOfWork, conversation_id: str, use_case: Callable[[UnitOfWork], T]) -> Told[T]:
        conversation = uow.conversations.lock(conversation_id)
        seq, epoch, urgent = conversation.last_seq, conversation.epoch, conversation.urgent
        result = use_case(uow)
        shapes = Shapes(uow, self._desk.showing)
        moved = conversation.epoch != epoch
        records = [r for r in uow.handovers.of_conversation(conversation_id) if r.epoch > epoch][::-1] if moved else []
        fresh = [uow.messages.find(conversation_id, number) for number in range(seq + 1, conversation.last_seq + 1)]
        alerts = [alert for alert in uow.alerts.added() if alert.conversation_id == conversation_id]
        return Told(
            result=result,
            messages=[self._desk.showing.message(message) for message in fresh if message],
            holding=holding(uow, conversation) if moved else None,
            last_seq=conversation.last_seq,
            row=shapes.row(conversation),
            records=records,
            handovers=[{"talk": conversation_id, **shapes.handover(record)} for record in records],
            alerts=[shapes.alert(alert) for alert in alerts],
            overtook=conversation.holder is Holder.QUEUE and conversation.urgent != urgent,
        )

    async def _tell(self, conversation_id: str, told: Told[T]) -> None:
        rooms = self._desk.rooms
        await rooms.messages(conversation_id, told.messages)
        if told.holding is not None:
            await rooms.holder(conversation_id, told.holding)
        await asyncio.gather(*(rooms.inside("handover", item, conversation_id) for item in told.handovers))
        rooms.row(told.row)
        for record in told.records:
            if record.to_agent and record.to_agent != record.by:
                news = {"talk": conversation_id, "nick": told.row["nick"], "why": record.why}
                await rooms.person("assigned", news, record.to_agent)
        for alert in told.alerts:
            await rooms.alert(alert)

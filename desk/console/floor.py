"""Who is at work: seats, the waiting who find a person, those who go. One look around every few seconds."""

import asyncio
from collections.abc import Coroutine, Sequence
from functools import partial
from typing import Any

import structlog

from desk.console.shapes import Shapes
from desk.console.silences import Silences
from desk.console.sockets import StaffSockets
from desk.context import Desk
from desk.shown import Json
from desk.telling import Teller
from shop import seats
from shop.away_words import check_away_words
from shop.conversations import get_conversation
from shop.errors import LeftOpen
from shop.model import Alert, AlertKind, HandoverRecord, Holder, SeatState, Staff
from shop.ports import UnitOfWork
from shop.reaching import assign_waiting
from shop.takeover import release

log = structlog.get_logger()
SWEEP_SECONDS = 3.0
GONE = "客服已离线"
MAY_NOT = "客服岗位变动"


class Floor:
    def __init__(self, desk: Desk, teller: Teller, sockets: StaffSockets, silences: Silences) -> None:
        self._desk, self._teller, self._sockets, self._silences = desk, teller, sockets, silences
        self._tasks: set[asyncio.Task[None]] = set()
        self._stale: set[str] = set()
        self._queue_moved = False
        self._refreshing = False
        teller.on_moved = self.moved

    def start(self) -> None:
        self._spawn(self._sweep_for_ever())

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def sit_down(self, staff: Staff) -> None:
        def use_case(uow: UnitOfWork) -> None:
            seats.sit_down(uow, staff, self._desk.now())

        await self._desk.change(use_case)

    async def set_state(self, staff: Staff, state: SeatState, note: str) -> Json:
        """Raises LeftOpen, NoteNeeded, AutoReplyMissing. Who comes back gets those who wait."""

        def use_case(uow: UnitOfWork) -> list[Json]:
            now, policy = self._desk.now(), uow.policies.current()
            if seats.sit_down(uow, staff, now).state is not state is SeatState.ONLINE:
                check_away_words(self._desk.moment(uow).say, staff)
            try:
                alerts = seats.set_state(uow, staff, state, note=note, policy=policy, now=now)
            except LeftOpen as error:
                raise LeftOpen(rows=self._rows(uow, error.facts["talks"])) from error
            return self._show(uow, alerts)

        for alert in await self._desk.change(use_case):
            await self._desk.rooms.alert(alert)
        await self.tell_seats([staff.id])
        if state is SeatState.ONLINE:
            self._spawn(self.fill())
        return {"seat": await self._desk.look(lambda uow: self._seat(uow, staff.id))}

    def _show(self, uow: UnitOfWork, alerts: Sequence[Alert]) -> list[Json]:
        shapes = Shapes(uow, self._desk.showing)
        return [shapes.alert(alert) for alert in alerts]

    def _rows(self, uow: UnitOfWork, talks: Sequence[str]) -> list[Json]:
        shapes = Shapes(uow, self._desk.showing)
        return [shapes.row(get_conversation(uow, talk)) for talk in talks]

    def _seat(self, uow: UnitOfWork, staff_id: str) -> Json | None:
        chair = seats.find_chair(uow, staff_id, uow.policies.current())
        return Shapes(uow, self._desk.showing).seat(chair) if chair else None

    async def tell_seats(self, staff_ids: Sequence[str]) -> None:
        def use_case(uow: UnitOfWork) -> list[Json]:
            return [shown for staff_id in staff_ids if (shown := self._seat(uow, staff_id))]

        for seat in await self._desk.look(use_case):
            await self._desk.rooms.all_staff("seat", seat)

    def moved(self, records: Sequence[HandoverRecord]) -> None:
        """After every change of hands, or (no records) of places alone: loads, and the places of those who wait, are
        told anew, many in one.
        """
        self._stale.update(staff for r in records for staff in (r.from_agent, r.to_agent) if staff)
        self._queue_moved |= not records or any(Holder.QUEUE in (r.from_holder, r.to_holder) for r in records)
        freed = any(record.from_agent for record in records)
        if not self._refreshing:
            self._refreshing = True
            self._spawn(self._refresh())
        if freed:
            self._spawn(self.fill())

    async def _refresh(self) -> None:
        try:
            while self._stale or self._queue_moved:
                stale, moved = sorted(self._stale), self._queue_moved
                self._stale.clear()
                self._queue_moved = False
                await self.tell_seats(stale)
                if moved:
                    await self._tell_places()
        finally:
            self._refreshing = False

    async def _tell_places(self) -> None:
        for conversation_id in await self._desk.look(lambda uow: [c.id for c in uow.conversations.waiting()]):
            await self._teller.retell(conversation_id)

    async def fill(self) -> None:
        """Everyone who waits and for whom somebody is free now, longest first."""

        def fillable(uow: UnitOfWork) -> list[str]:
            free = any(chair.free for chair in seats.chairs(uow, uow.policies.current()))
            return [c.id for c in uow.conversations.waiting()] if free else []

        for conversation_id in await self._desk.look(fillable):
            await self._teller.change(conversation_id, partial(_assign, self._desk, conversation_id))

    async def release(self, staff_ids: Sequence[str], reason: str) -> None:
        """What they held goes back to the queue, and to whoever is free."""

        def held(uow: UnitOfWork) -> list[tuple[str, str]]:
            return [(c.id, staff_id) for staff_id in staff_ids for c in uow.conversations.of_agent(staff_id)]

        for conversation_id, staff_id in await self._desk.look(held):

            def use_case(uow: UnitOfWork, of: tuple[str, str] = (conversation_id, staff_id)) -> None:
                release(uow, *of, reason, self._desk.now())
                left = Alert(AlertKind.LEFT_OPEN, self._desk.now(), of[0], of[1], note=reason)
                uow.alerts.add(left)

            await self._teller.change(conversation_id, use_case)
        await self.fill()

    async def let_go(self, staff_id: str, reason: str) -> None:
        """Who has just been dismissed, or talks with no buyers any more: out of the console, and nobody is left with
        them. Should this desk die before that, the next look around does it.
        """

        def use_case(uow: UnitOfWork) -> Json | None:
            staff, seat = uow.people.find(staff_id), uow.seats.find(staff_id)
            return Shapes(uow, self._desk.showing).seat(seats.Chair(seat, staff, 0, 0)) if staff and seat else None

        await self._sockets.put_out_ended()
        await self.release([staff_id], reason)
        shown = await self._desk.look(use_case)
        if shown is not None:
            await self._desk.rooms.all_staff("seat", shown)

    async def changed(self, staff_id: str) -> None:
        """Name, role, groups or limit: who is signed in hears of it, and their console opens anew with its rights."""
        await self._sockets.put_out_ended()
        await self.tell_seats([staff_id])
        self._spawn(self.fill())

    async def sweep(self) -> None:
        linked = [console.staff.id for console in self._sockets.open.values()]

        def use_case(uow: UnitOfWork) -> tuple[seats.Swept, list[Json], list[str]]:
            swept = seats.sweep(uow, linked, uow.policies.current(), self._desk.now())
            return swept, self._show(uow, swept.alerts), seats.stranded(uow)

        swept, alerts, stranded = await self._desk.change(use_case)
        for alert in alerts:
            await self._desk.rooms.alert(alert)
        await self.tell_seats([*swept.away, *swept.gone])
        await self._sockets.put_out_ended()
        await self.release(swept.gone, GONE)
        await self.release(stranded, MAY_NOT)
        await self._silences.look()

    async def _sweep_for_ever(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            try:
                await self.sweep()
            except Exception:  # an edge: the next look around must come
                log.exception("desk.sweep_broken")

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("desk.floor_broken", exc_info=task.exception())


def _assign(desk: Desk, conversation_id: str, uow: UnitOfWork) -> None:
    assign_waiting(uow, conversation_id, desk.moment(uow))

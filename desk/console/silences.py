"""What the desk does when nobody says anything: one look at every look around. `shop.silence`, `shop.overdue`."""

from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

import structlog

from desk.approving import tell_count
from desk.console.shapes import Shapes
from desk.context import Desk
from desk.shown import Json
from desk.telling import Teller
from shop import overdue, silence
from shop.conversations import get_conversation
from shop.model import AlertKind
from shop.ports import UnitOfWork

log = structlog.get_logger()


class Found(NamedTuple):
    """`steps`: conversation and what is due there; `news`: whether people have to be told of tasks or the queue."""

    steps: list[tuple[str, silence.Step]]
    news: bool
    prompt_seconds: int


class Silences:
    """Everything is decided again inside the step: what was found may be over, or another desk may have done it."""

    def __init__(self, desk: Desk, teller: Teller) -> None:
        self._desk, self._teller = desk, teller
        self._opened: dict[str, datetime] = {}

    def opened(self, conversation_id: str) -> None:
        """A window was opened; should the visitor write nothing, one line follows."""
        self._opened.setdefault(conversation_id, self._desk.now())

    async def look(self) -> None:
        found = await self._desk.look(self._find)
        opened = self._take_opened(found.prompt_seconds)
        visitors = await self._desk.look(partial(self._find_visitors, opened)) if opened else []
        for conversation_id, step in [*found.steps, *visitors]:
            await self._take(conversation_id, step)
        if found.news:
            for alert in await self._desk.change(self._tell):
                await self._desk.rooms.alert(alert)

    def _find(self, uow: UnitOfWork) -> Found:
        at = self._desk.moment(uow)
        news = overdue.has_queue_turned(uow, at) or bool(overdue.find_due_tasks(uow, at.now))
        return Found(silence.find_silent(uow, at), news, at.policy.prompt_seconds)

    def _take_opened(self, seconds: int) -> list[str]:
        """Those whose time has come are looked at this once; none is kept while the rule is off."""
        now, since = self._desk.now(), timedelta(seconds=seconds)
        come = [talk for talk, at in self._opened.items() if not seconds or now - at > since]
        for talk in come:
            del self._opened[talk]
        return [talk for talk in come if seconds and self._desk.rooms.has_window(talk)]

    def _find_visitors(self, talks: list[str], uow: UnitOfWork) -> list[tuple[str, silence.Step]]:
        at = self._desk.moment(uow)
        silent = [talk for talk in talks if silence.is_visitor_silent(uow, get_conversation(uow, talk), at)]
        return [(talk, silence.prompt_visitor) for talk in silent]

    async def _take(self, conversation_id: str, step: silence.Step) -> None:
        try:
            told = await self._teller.change(
                conversation_id, lambda uow: step(uow, conversation_id, self._desk.moment(uow))
            )
            if any(alert["kind"] == AlertKind.APPROVAL.value for alert in told.alerts):
                await tell_count(self._desk)
        except Exception:  # an edge: one broken talk must not keep the others waiting
            log.exception("desk.silence_broken", conversation_id=conversation_id, step=step.__name__)

    def _tell(self, uow: UnitOfWork) -> list[Json]:
        at, shapes = self._desk.moment(uow), Shapes(uow, self._desk.showing)
        return [shapes.alert(alert) for alert in [*overdue.alert_queue(uow, at), *overdue.remind_tasks(uow, at)]]

"""The speech check before an agent's words go out: what is found, what may not go, who is told. PC-02, PC-18."""

from dataclasses import asdict

from desk.console.shapes import Shapes
from desk.context import Desk
from desk.shown import Json
from phrases.draft_check import Found, Known, check_draft
from shop.conversations import get_conversation
from shop.errors import SpeechBlocked
from shop.model import Alert, AlertKind, Staff
from shop.own_data import own_data
from shop.ports import UnitOfWork
from shop.wiring import couriers

RUDE = "rude"


class Speech:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def find(self, uow: UnitOfWork, conversation_id: str, staff: Staff, text: str) -> list[Json]:
        return [asdict(found) for found in self._check(uow, conversation_id, staff, text)]

    def _check(self, uow: UnitOfWork, conversation_id: str, staff: Staff, text: str) -> list[Found]:
        policy = uow.policies.current()
        own = own_data(uow, get_conversation(uow, conversation_id), staff, policy)
        hotlines = tuple(courier.phone for courier in couriers())
        known = Known(
            phones={*own.phones, *hotlines},
            addresses=own.addresses,
            texts=own.texts,
            goods=own.goods,
            floor_fen=own.floor_fen,
            list_fen=own.list_fen,
        )
        return check_draft(text, policy_blocked=policy.speech_blocked, shop_words=policy.forbidden_words, known=known)

    def check_sendable(self, uow: UnitOfWork, conversation_id: str, staff: Staff, text: str, *, anyway: bool) -> None:
        """Raises SpeechBlocked(findings) for what may never go, and for all else that was found unless `anyway`."""
        found = self._check(uow, conversation_id, staff, text)
        if any(each.blocked for each in found) or (found and not anyway):
            raise SpeechBlocked(findings=[asdict(each) for each in found])

    async def report(self, conversation_id: str, staff: Staff, error: SpeechBlocked) -> None:
        """Rude words that were stopped are for the people in charge to know."""
        if not any(each["kind"] == RUDE and each["blocked"] for each in error.facts["findings"]):
            return

        def use_case(uow: UnitOfWork) -> Json:
            words = "、".join(each["word"] for each in error.facts["findings"] if each["kind"] == RUDE)
            alert = Alert(AlertKind.RUDE, self._desk.now(), conversation_id, staff.id, note=words)
            uow.alerts.add(alert)
            return Shapes(uow, self._desk.showing).alert(alert)

        await self._desk.rooms.alert(await self._desk.change(use_case))

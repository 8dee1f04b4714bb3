"""The speech check before an agent's words go out: what is found, what may not go, who is told. PC-02, PC-18."""

from dataclasses import asdict, replace

from desk.console.shapes import Shapes
from desk.context import Desk
from desk.shown import Json
from phrases.draft_check import Found, Known, check_draft
from shop.errors import SpeechBlocked
from shop.model import Alert, AlertKind, Conversation, Staff
from shop.own_data import goods_data, own_data
from shop.ports import UnitOfWork
from shop.wiring import couriers

RUDE = "rude"
HOTLINES = frozenset(courier.phone for courier in couriers())


class Speech:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def find(self, uow: UnitOfWork, conversation: Conversation, staff: Staff, text: str) -> list[Json]:
        return [asdict(found) for found in self._check(uow, conversation, staff, text)]

    def _check(self, uow: UnitOfWork, conversation: Conversation, staff: Staff, text: str) -> list[Found]:
        """The buyer's own data only excuse what looks like somebody's: they are read where anything was found."""
        policy = uow.policies.current()
        goods = goods_data(uow, conversation, staff, policy)
        known = Known(HOTLINES, goods=goods.texts, floor_fen=goods.floor_fen, list_fen=goods.list_fen)
        rules = {"policy_blocked": policy.speech_blocked, "shop_words": policy.forbidden_words}
        found = check_draft(text, **rules, known=known)
        if not found:
            return []
        own = own_data(uow, conversation)
        known = replace(known, phones=HOTLINES | own.phones, addresses=own.addresses, texts=own.texts)
        return check_draft(text, **rules, known=known)

    def check_sendable(
        self, uow: UnitOfWork, conversation: Conversation, staff: Staff, text: str, *, anyway: bool
    ) -> None:
        """Raises SpeechBlocked(findings) for what may never go, and for all else that was found unless `anyway`."""
        found = self._check(uow, conversation, staff, text)
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

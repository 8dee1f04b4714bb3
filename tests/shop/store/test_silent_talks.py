"""Which talks wait, rest or go unheard, on each kind of database."""

import threading
from datetime import timedelta

import pytest

from shop.model import Alert, AlertKind, Conversation, Direction, Holder, Message, Role, Staff
from shop.ports import UnitOfWork
from shop.wiring import Services
from tests.shop.store.samples import AT

NOTICES = frozenset({"agent_slow"})


def add_talk(uow: UnitOfWork, name: str, *said: tuple, **more: object) -> None:
    """`said`: direction and, in this order, fields of the message."""
    heard = any(direction is Direction.BUYER for direction, _ in said)
    uow.conversations.add(Conversation(name, AT, last_buyer_at=AT if heard else None, **more))  # type: ignore[arg-type]
    for seq, (direction, fields) in enumerate(said, start=1):
        uow.messages.add(Message(name, seq, direction, "text", "", AT, **fields))


BUYER = (Direction.BUYER, {})
SAID: dict[str, tuple[bool, tuple]] = {
    "nobody": (True, (BUYER,)),
    "bot": (False, (BUYER, (Direction.BOT, {"turn_id": "t"}))),
    "welcome": (True, (BUYER, (Direction.BOT, {"phrase_key": "welcome"}))),
    "agent": (False, (BUYER, (Direction.AGENT, {}))),
    "recalled": (True, (BUYER, (Direction.AGENT, {"recalled_at": AT}))),
    "notice": (False, (BUYER, (Direction.SYSTEM, {"phrase_key": "agent_slow"}))),
    "goodbye": (True, (BUYER, (Direction.SYSTEM, {"phrase_key": "goodbye_closed"}))),
    "before": (True, ((Direction.AGENT, {}), BUYER)),
    "between": (True, (BUYER, (Direction.AGENT, {}), BUYER)),
    "both": (False, (BUYER, (Direction.AGENT, {"recalled_at": AT}), (Direction.AGENT, {}))),
    "visitor": (False, ((Direction.BOT, {"phrase_key": "welcome"}),)),
}


@pytest.mark.req("CW-03")
def test_what_nobody_has_answered_is_found(store: Services) -> None:
    with store.unit_of_work() as uow:
        for name, (_, said) in SAID.items():
            add_talk(uow, name, *said)
        uow.commit()
    with store.unit_of_work() as uow:
        found = [c.id for c in uow.conversations.unheard(NOTICES)]
    assert found == sorted(name for name, (unheard, _) in SAID.items() if unheard)


def test_who_never_wrote_rests_too(store: Services) -> None:
    late = AT - timedelta(seconds=1)
    with store.unit_of_work() as uow:
        uow.people.add(Staff("321", "小禾", Role.AGENT))
        held = {"holder": Holder.AGENT, "agent_id": "321"}
        for name, more in (
            ("never wrote", {}),
            ("wrote before", {"last_buyer_at": late}),
            ("wrote just now", {"last_buyer_at": AT}),
            ("waits", {"last_buyer_at": late, "waiting_since": late}),
        ):
            uow.conversations.add(Conversation(name, AT, **held, **more))  # type: ignore[arg-type]
        uow.conversations.add(Conversation("of the bot", AT, last_buyer_at=late))
        uow.commit()
    with store.unit_of_work() as uow:
        assert {c.id for c in uow.conversations.resting(AT)} == {"never wrote", "wrote before"}
        assert [c.id for c in uow.conversations.unanswered(AT)] == ["waits"]


def test_who_holds_the_alerts_second_sees_what_the_first_told(store: Services) -> None:
    seen: list[str] = []

    def second() -> None:
        with store.unit_of_work() as uow:
            uow.alerts.hold()
            last = uow.alerts.last(AlertKind.QUEUE_LONG)
            seen.append(last.note if last else "")

    with store.unit_of_work() as uow:
        uow.alerts.hold()
        thread = threading.Thread(target=second)
        thread.start()
        uow.alerts.add(Alert(AlertKind.QUEUE_LONG, AT, note="12 人"))
        thread.join(0.3)
        assert thread.is_alive()
        uow.commit()
    thread.join(5)
    assert seen == ["12 人"]

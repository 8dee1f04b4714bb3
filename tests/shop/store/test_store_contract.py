"""What the store promises, on each kind of database."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError, StatementError

from shop import model
from shop.errors import ConversationUnknown, Duplicate, FieldWrong, OrderUnknown, ProductUnknown
from shop.model import (
    Buyer,
    Conversation,
    Direction,
    Holder,
    Message,
    Order,
    OrderStatus,
    Receiver,
    ScanEvent,
    ScanKind,
)
from shop.policy import DiscountTier, Policy, WorkingHours
from shop.ports import UnitOfWork
from shop.wiring import Services, find_lexicon
from tests.shop.store.samples import AT, ORDER_NO, fill

FIND: dict[str, Callable[[UnitOfWork], Any]] = {
    "product": lambda uow: uow.products.get("T"),
    "promotion": lambda uow: uow.promotions.find("P"),
    "freight": lambda uow: uow.freight.template(),
    "staff": lambda uow: uow.people.find("321"),
    "buyer": lambda uow: uow.buyers.find_by_nick("小鱼"),
    "order": lambda uow: uow.orders.find(ORDER_NO),
    "parcel": lambda uow: uow.parcels.find("SF1234567890123"),
    "conversation": lambda uow: uow.conversations.find_by_buyer("b1"),
    "message": lambda uow: uow.messages.find_by_client_id("c1", "m1"),
    "turn": lambda uow: uow.turns.find("t1"),
    "offer": lambda uow: uow.offers.of_buyer("b1")[0],
    "approval": lambda uow: uow.approvals.waiting()[0],
    "bargain": lambda uow: uow.bargains.find_by_turn("t1"),
    "aftersale": lambda uow: uow.aftersales.find_by_turn("t1"),
    "complaint": lambda uow: uow.complaints.of_conversation("c1")[0],
    "task": lambda uow: uow.tasks.find_by_turn("t1"),
}


@pytest.fixture
def filled(store: Services) -> Services:
    with store.unit_of_work() as uow:
        fill(uow)
        uow.commit()
    return store


def plain(item: Any) -> Any:
    """All that a model object says, to compare two of them by."""
    if hasattr(item, "__dataclass_fields__"):
        return {f.name: plain(getattr(item, f.name)) for f in fields(item)}
    return [plain(part) for part in item] if isinstance(item, (list, tuple)) else item


SUMS = {model.Outcome}
"""Grow while they are summed up, and are no rows."""


def test_every_field_of_the_model_has_its_column() -> None:
    for name in model.__all__:
        cls = getattr(model, name)
        if not is_dataclass(cls) or cls.__dataclass_params__.frozen or cls in SUMS:
            continue
        assert {f.name for f in fields(cls)} <= set(inspect(cls).attrs.keys()), name


@pytest.mark.parametrize("what", FIND)
def test_what_is_stored_comes_back_the_same_and_outlives_its_unit_of_work(store: Services, what: str) -> None:
    with store.unit_of_work() as uow:
        fill(uow)
        before = plain(FIND[what](uow))
        uow.commit()
    with store.unit_of_work() as uow:
        found = FIND[what](uow)
    assert plain(found) == before


def test_without_commit_nothing_is_stored(store: Services) -> None:
    with store.unit_of_work() as uow:
        uow.buyers.add(Buyer("b1", "小鱼"))
    with store.unit_of_work() as uow:
        assert uow.buyers.find("b1") is None


def test_changes_in_lists_and_dicts_are_noticed(filled: Services) -> None:
    with filled.unit_of_work() as uow:
        uow.products.get("T").attributes["origin"] = "绍兴"
        uow.conversations.lock("c1").verified_orders.append("X")
        parcel = uow.parcels.find("SF1234567890123")
        assert parcel
        parcel.events.insert(0, ScanEvent(AT + timedelta(hours=9), "上海", "签收", ScanKind.SIGNED))
        uow.commit()
    with filled.unit_of_work() as uow:
        assert uow.products.get("T").attributes == {"material": "棉", "origin": "绍兴"}
        assert uow.conversations.lock("c1").verified_orders == [ORDER_NO, "X"]
        assert [e.text for e in uow.parcels.of_order(ORDER_NO)[0].events] == ["签收", "到达", "揽收"]


def test_times_come_back_aware_in_utc_and_naive_ones_are_refused(filled: Services) -> None:
    with filled.unit_of_work() as uow:
        order = uow.orders.lock(ORDER_NO)
        order.paid_at = AT.astimezone(timezone(timedelta(hours=8)))
        uow.commit()
    with filled.unit_of_work() as uow:
        paid_at = uow.orders.lock(ORDER_NO).paid_at
        assert paid_at == AT
        assert paid_at.utcoffset() == timedelta(0)
    with pytest.raises(StatementError, match="naive"), filled.unit_of_work() as uow:
        uow.buyers.add(Buyer("b2", "b2", registered_at=datetime(2026, 1, 1)))


def test_unknown_things_raise_what_the_ports_say(store: Services) -> None:
    with store.unit_of_work() as uow:
        with pytest.raises(ProductUnknown):
            uow.products.get("X")
        with pytest.raises(OrderUnknown):
            uow.orders.lock("X")
        with pytest.raises(ConversationUnknown):
            uow.conversations.lock("X")
        assert uow.tasks.find_by_turn("") is None


@pytest.mark.parametrize(
    "again",
    [
        lambda uow: uow.messages.add(Message("c1", 1, Direction.BUYER, "text", "x", AT)),
        lambda uow: uow.messages.add(Message("c1", 2, Direction.BUYER, "text", "x", AT, "m1")),
        lambda uow: uow.buyers.add(Buyer("b2", "小鱼")),
        lambda uow: uow.conversations.add(Conversation("c2", AT, "b1")),
        lambda uow: uow.tasks.add(model.Task("K2", model.TaskKind.OTHER, "x", AT, AT, turn_id="t1")),
    ],
)
def test_what_may_be_there_once_is_refused_twice(filled: Services, again: Callable[[UnitOfWork], None]) -> None:
    with filled.unit_of_work() as uow, pytest.raises(Duplicate):
        again(uow)


def test_effects_without_a_turn_and_messages_without_a_client_id_may_be_many(filled: Services) -> None:
    with filled.unit_of_work() as uow:
        for n in (2, 3):
            uow.messages.add(Message("c1", n, Direction.BOT, "text", "x", AT))
            uow.tasks.add(model.Task(f"K{n}", model.TaskKind.OTHER, "x", AT, AT))
            uow.conversations.add(Conversation(f"guest{n}", AT))
        uow.commit()
    with filled.unit_of_work() as uow:
        assert [m.seq for m in uow.messages.after("c1", 0)][-2:] == [2, 3]
        assert all(uow.conversations.find(f"guest{n}") for n in (2, 3))


def test_foreign_keys_hold(store: Services) -> None:
    receiver = Receiver("a", "1", "浙江", "b", "c", "d")
    with store.unit_of_work() as uow, pytest.raises(IntegrityError):
        uow.orders.add(Order("X", "nobody", OrderStatus.UNPAID, AT, receiver))


def test_the_tables_refuse_values_that_the_model_has_not(filled: Services) -> None:
    with filled._engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text("UPDATE orders SET status = 'lost'"))


def test_messages_are_found_before_and_after_a_number_in_order(filled: Services) -> None:
    with filled.unit_of_work() as uow:
        for n in range(2, 7):
            uow.messages.add(Message("c1", n, Direction.BOT, "text", str(n), AT))
        assert [m.seq for m in uow.messages.after("c1", 3)] == [4, 5, 6]
        assert [m.seq for m in uow.messages.after("c1", 3, limit=2)] == [4, 5]
        assert [m.seq for m in uow.messages.before("c1", 5, limit=2)] == [3, 4]


def test_orders_are_found_by_buyer_newest_first_and_by_their_last_four(filled: Services) -> None:
    receiver = Receiver("a", "1", "浙江", "b", "c", "d")
    with filled.unit_of_work() as uow:
        uow.orders.add(Order("XS26112154090", "b1", OrderStatus.UNPAID, AT + timedelta(days=1), receiver))
        uow.orders.add(Order("XS26111900001", "b1", OrderStatus.UNPAID, AT - timedelta(days=1), receiver))
        numbers = [order.order_no for order in uow.orders.of_buyer("b1")]
        assert numbers == ["XS26112154090", ORDER_NO, "XS26111900001"]
        assert [order.order_no for order in uow.orders.of_tail("4090")] == ["XS26112154090", ORDER_NO]


def test_the_queue_is_longest_waiting_first(store: Services) -> None:
    with store.unit_of_work() as uow:
        for n, minutes in enumerate((5, 1, 3)):
            at = AT + timedelta(minutes=minutes)
            uow.conversations.add(Conversation(f"c{n}", AT, holder=Holder.QUEUE, queued_at=at))
        assert [c.id for c in uow.conversations.waiting()] == ["c1", "c2", "c0"]


def test_a_rule_changes_with_the_next_unit_of_work(store: Services) -> None:
    hours = [{"days": [0, 6], "starts": "22:00", "ends": "02:30"}]
    tiers = (DiscountTier(0, 10, 20, 30),)
    with store.unit_of_work() as uow:
        uow.policies.set("return_days", 10, "321", AT)
        uow.policies.set("return_days", 15, "321", AT)
        uow.policies.set("working_hours", hours, "321", AT)
        uow.policies.set("discount_tiers", tiers, "321", AT)
        uow.commit()
    with store.unit_of_work() as uow:
        policy = uow.policies.current()
    expected = WorkingHours((0, 6), datetime(1, 1, 1, 22).time(), datetime(1, 1, 1, 2, 30).time())
    assert (policy.return_days, policy.working_hours, policy.discount_tiers) == (15, (expected,), tiers)
    assert policy.exchange_days == Policy().exchange_days


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("return_days", 6),
        ("return_days", "10"),
        ("return_days", True),
        ("nonsense", 1),
        ("working_hours", [{"days": [1], "starts": "25:00", "ends": "08:00"}]),
        ("working_hours", "always"),
        ("discount_tiers", []),
        ("discount_tiers", [{"from_fen": 0, "bot": 90, "agent": 20}]),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(store: Services, name: str, value: object) -> None:
    with store.unit_of_work() as uow, pytest.raises(FieldWrong):
        uow.policies.set(name, value, "321", AT)


def test_a_stored_rule_that_is_refused_today_falls_back_to_its_default(store: Services) -> None:
    with store._engine.begin() as connection:
        connection.execute(
            text("INSERT INTO policies VALUES ('return_days', '999', 'x', :at), ('gone', '1', 'x', :at)"), {"at": AT}
        )
    with store.unit_of_work() as uow:
        assert uow.policies.current() == Policy()


def test_what_the_bot_remembers_counts_its_saves(store: Services) -> None:
    with store.unit_of_work() as uow:
        assert (uow.dialogue_states.find("c1"), uow.dialogue_states.version("c1")) == (None, 0)
        assert uow.dialogue_states.save("c1", "一") == 1
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.dialogue_states.save("c1", "二") == 2
        assert uow.dialogue_states.find("c1") == ("二", 2)


def test_numbers_count_by_prefix_and_by_the_day_in_shanghai(store: Services) -> None:
    late = datetime(2026, 11, 20, 16, 0, tzinfo=timezone.utc)
    with store.unit_of_work() as uow:
        given = [uow.numbers.next("SH", at) for at in (AT, AT, late)] + [uow.numbers.next("TS", AT)]
    assert given == ["SH2611200001", "SH2611200002", "SH2611210001", "TS2611200001"]


def test_the_lexicon_follows_the_catalogue(filled: Services) -> None:
    before = find_lexicon(filled)
    assert before.products == {"T": ("云朵棉T恤", "T恤")}
    assert (before.colours, before.sizes) == (("白", "藏青"), ("L",))
    assert find_lexicon(filled).version == before.version
    with filled.unit_of_work() as uow:
        uow.products.get("T").aliases.append("短袖")
        uow.commit()
    assert find_lexicon(filled).version != before.version

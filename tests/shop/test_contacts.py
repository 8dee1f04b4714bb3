"""Whether a buyer comes back with the same problem."""

from datetime import timedelta

import pytest

from shop.contacts import FAMILY_OF_CAUSE, History, find_history
from shop.intents import FAMILIES
from shop.model import Conversation, Holder, Role, Service, ServiceKind, Staff, Turn
from shop.ports import UnitOfWork
from shop.services import CAUSES
from shop.wiring import Services
from tests.conftest import NOW
from tests.shop.making import make_order, open_shop

SILENT_CAUSES = {"服务态度", "价格", "其他咨询", "其他售后", "其他投诉"}
"""They say nothing of what was asked."""


class Past:
    """One buyer's talk about order XS0001, days before NOW."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow
        self.talk = open_shop(uow)
        self.talk.order_no = "XS0001"
        for number in (1, 2):
            uow.orders.add(make_order(f"XS000{number}"))
        uow.people.add(Staff("331", "小满", Role.AFTERSALE_AGENT))

    def asked(self, intent: str, days: float, minutes: float = 10) -> None:
        at = NOW - timedelta(days=days, minutes=minutes)
        self.talk.last_seq += 1
        self.uow.turns.add(Turn(f"t{self.talk.last_seq}", "c1", self.talk.last_seq, 0, at, intent=intent))

    def served(self, days: float, order_no: str = "XS0001", cause: str = "", *, closed: bool = True) -> Service:
        at = NOW - timedelta(days=days)
        number = f"FW{len(self.uow.services.of_conversation('c1')) + 1}"
        service = Service(number, "c1", "331", at, order_no=order_no, cause=cause)
        service.kind = ServiceKind.AFTERSALE if closed else None
        service.closed_at = at + timedelta(minutes=30) if closed else None
        self.uow.services.add(service)
        return service

    def is_served_now(self) -> None:
        self.talk.service_no = self.served(0, closed=False).number
        self.talk.holder, self.talk.agent_id = Holder.AGENT, "331"

    def history(self) -> History | None:
        return find_history(self.uow, self.talk, NOW)


@pytest.fixture
def past(services: Services):
    with services.unit_of_work() as uow:
        yield Past(uow)


@pytest.mark.req("CW-17")
def test_the_third_time_about_the_same_is_an_old_problem(past: Past) -> None:
    for days in (20, 3, 0):
        past.asked("track_order", days)
        past.asked("ask_human", days, minutes=5)
        if days:
            past.served(days)
            assert past.history() is None
    past.is_served_now()
    assert past.history() == History(contacts=3, old_problem=True)


@pytest.mark.req("CW-17")
def test_another_family_of_questions_about_the_same_order_is_a_new_problem(past: Past) -> None:
    for days in (20, 3):
        past.asked("track_order", days)
        past.served(days, cause="物流进度")
    past.asked("request_return", 0)
    past.is_served_now()
    assert past.history() == History(contacts=3, old_problem=False)


@pytest.mark.req("CW-17")
@pytest.mark.parametrize("intent", ["urge_delivery", "report_not_received"])
def test_other_words_of_the_same_family_are_the_old_problem(past: Past, intent: str) -> None:
    for days in (20, 3):
        past.asked("track_order", days)
        past.served(days)
    past.asked(intent, 0)
    past.is_served_now()
    found = past.history()
    assert found is not None and found.old_problem


@pytest.mark.req("CW-17")
def test_one_of_the_earlier_times_is_enough(past: Past) -> None:
    past.asked("request_exchange", 20)
    past.served(20)
    past.asked("track_order", 3)
    past.served(3)
    past.asked("request_return", 0)
    past.is_served_now()
    assert past.history() == History(contacts=3, old_problem=True)


@pytest.mark.req("CW-17")
def test_what_a_service_was_closed_as_counts_where_the_bot_heard_nothing(past: Past) -> None:
    for days in (20, 3):
        past.served(days, cause="退货")
    past.asked("request_refund", 0)
    past.is_served_now()
    assert past.history() == History(contacts=3, old_problem=True)


def test_who_only_asks_for_a_person_is_taken_to_mean_what_was_meant_last(past: Past) -> None:
    for days in (20, 3):
        past.asked("track_order", days)
        past.served(days)
    past.asked("ask_human", 0)
    past.talk.intent = "ask_human"
    past.is_served_now()
    assert past.history() == History(contacts=3, old_problem=True)


def test_small_talk_makes_no_problem_an_old_one(past: Past) -> None:
    for days in (20, 3):
        past.asked("greet", days)
        past.asked("ask_human", days, minutes=5)
        past.served(days)
    past.asked("greet", 0)
    past.asked("track_order", 0, minutes=5)
    past.is_served_now()
    assert past.history() == History(contacts=3, old_problem=False)


def test_services_about_another_order_or_long_ago_are_not_counted(past: Past) -> None:
    past.asked("track_order", 0)
    past.served(31)
    past.served(20, order_no="XS0002")
    past.served(10, order_no="")
    past.served(3)
    past.is_served_now()
    assert past.history() is None
    past.served(29)
    assert past.history() is not None


def test_a_place_in_the_queue_is_a_contact_and_a_talk_with_the_bot_is_none(past: Past) -> None:
    for days in (20, 3):
        past.asked("track_order", days)
        past.served(days)
    past.asked("track_order", 0)
    assert past.history() is None
    past.talk.holder, past.talk.queued_at = Holder.QUEUE, NOW
    assert past.history() == History(contacts=3, old_problem=True)


def test_without_an_order_there_is_no_case(past: Past) -> None:
    past.talk.order_no = None
    for days in (20, 10, 3, 1):
        past.served(days, order_no="")
    assert past.history() is None


def test_the_case_is_that_of_the_open_service_whatever_came_into_view_since(past: Past) -> None:
    for days in (20, 3):
        past.asked("track_order", days)
        past.served(days)
    past.is_served_now()
    past.asked("track_order", 0)
    past.talk.order_no = "XS0002"
    assert past.history() == History(contacts=3, old_problem=True)


def test_another_buyers_services_are_not_counted(past: Past) -> None:
    other = past.uow.conversations.find("c2")
    assert isinstance(other, Conversation)
    for days in (20, 10, 3):
        past.served(days)
    other.order_no = "XS0001"
    assert find_history(past.uow, other, NOW) is None


def test_every_cause_has_its_family_or_says_nothing() -> None:
    causes = {cause for kind, named in CAUSES.items() if kind is not ServiceKind.OTHER for cause in named}
    assert FAMILY_OF_CAUSE.keys() | SILENT_CAUSES == causes
    assert set(FAMILY_OF_CAUSE.values()) <= FAMILIES.keys()

"""当日首次消息: once a day, whoever holds the talk, unless a person or the welcome spoke before."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

import pytest
from counter import AGENT, Counter

from shop import drafts
from shop.arriving import Posted, post_buyer_message
from shop.conversations import Line, greet
from shop.model import Direction, Holder, SeatState
from shop.moment import Moment
from shop.ports import UnitOfWork
from shop.wiring import Services
from tests.conftest import SettableClock

TODAY = "first_today"
LATE = datetime(2026, 11, 20, 15, 50, tzinfo=timezone.utc)
"""23:50 in the shop."""


class OpenCounter(Counter):
    """One where the managers have switched these words on."""

    def at(self, uow: UnitOfWork) -> Moment:
        return Moment(self.now, uow.policies.current(), lambda key, **facts: Line(key, key))

    def welcome(self) -> None:
        with self.working() as uow:
            assert greet(uow, self.talk, lambda *_: Line("欢迎", "welcome"), self.now)

    def post(self, client_msg_id: str) -> Posted:
        with self.working() as uow:
            return post_buyer_message(uow, self.talk, client_msg_id, drafts.text("在吗"), self.at(uow))

    def seat(self, state: SeatState) -> None:
        with self.working() as uow:
            uow.seats.lock(AGENT).state = state

    @property
    def times(self) -> int:
        return self.heard.count(TODAY)


@pytest.fixture
def counter(services: Services) -> OpenCounter:
    return OpenCounter(services)


@pytest.mark.req("CW-02")
def test_it_is_said_before_the_bot_answers_and_once_a_day(counter: OpenCounter, clock: SettableClock) -> None:
    posted = counter.buyer_says()
    assert [m.phrase_key for m in posted.notices] == [TODAY]
    counter.bot_says(posted)
    clock.advance(hours=5)
    counter.bot_says(counter.buyer_says("有别的颜色吗"))
    assert [(m.direction, m.phrase_key) for m in counter.messages][:3] == [
        (Direction.BUYER, None),
        (Direction.SYSTEM, TODAY),
        (Direction.BOT, "stock"),
    ]
    assert counter.times == 1


def test_the_day_ends_at_midnight_in_the_shop_even_in_the_middle_of_a_talk(
    counter: OpenCounter, clock: SettableClock
) -> None:
    clock.set(LATE)
    counter.buyer_says()
    clock.advance(minutes=9)
    counter.buyer_says()
    assert counter.times == 1
    clock.advance(minutes=1)
    counter.buyer_says()
    assert counter.times == 2
    clock.advance(hours=8)
    counter.buyer_says()
    assert counter.times == 2, "midnight by UTC is nothing"


def test_it_is_not_said_beside_the_welcome_and_then_not_that_day(counter: OpenCounter, clock: SettableClock) -> None:
    counter.welcome()
    clock.advance(minutes=3)
    counter.buyer_says()
    clock.advance(hours=1)
    counter.buyer_says()
    assert counter.times == 0
    clock.set(LATE)
    clock.advance(minutes=11)
    counter.buyer_says()
    assert counter.times == 1, "the welcome was another day's, and the buyer has talked since"


def test_a_window_that_stayed_open_over_night_was_not_welcomed_today(
    counter: OpenCounter, clock: SettableClock
) -> None:
    counter.welcome()
    clock.advance(hours=20)
    counter.buyer_says()
    assert counter.times == 1


def test_the_same_message_sent_again_says_nothing_again(counter: OpenCounter, clock: SettableClock) -> None:
    clock.set(LATE)
    counter.post("m1")
    counter.post("m1")
    clock.advance(hours=1)
    assert not counter.post("m1").fresh
    assert counter.times == 1


@pytest.mark.parametrize("same", [True, False])
def test_two_desks_at_once_say_it_once(counter: OpenCounter, same: bool) -> None:
    with ThreadPoolExecutor(4) as pool:
        posted = list(pool.map(lambda n: counter.post("m" if same else f"m{n}"), range(4)))
    assert len({each.message.seq for each in posted}) == (1 if same else 4)
    assert counter.times == 1


def test_who_waits_in_the_queue_hears_it_too(services: Services, clock: SettableClock) -> None:
    counter = OpenCounter(services)
    counter.buyer_says()
    counter.seat(SeatState.BUSY)
    counter.call_person()
    assert counter.conversation.holder is Holder.QUEUE
    clock.advance(days=1)
    counter.buyer_says()
    assert counter.heard[-2:] == [TODAY, "handover_queue"]


@pytest.mark.parametrize(("state", "away"), [(SeatState.BUSY, ["agent_busy"]), (SeatState.ONLINE, [])])
def test_who_is_with_an_agent_hears_it_beside_what_is_said_of_the_agent(
    counter: OpenCounter, clock: SettableClock, state: SeatState, away: list[str]
) -> None:
    counter.buyer_says()
    counter.take()
    counter.agent_says()
    clock.advance(days=1)
    counter.seat(state)
    posted = counter.buyer_says()
    assert [m.phrase_key for m in posted.notices] == [TODAY, *away]
    assert counter.conversation.waiting_since == clock.now(), "it answers nothing"


def test_it_is_not_said_where_a_person_has_spoken_that_day(counter: OpenCounter, clock: SettableClock) -> None:
    counter.buyer_says()
    counter.take()
    clock.advance(days=1)
    counter.agent_says("您昨天问的到货了")
    clock.advance(hours=1)
    counter.buyer_says()
    assert counter.times == 1
    clock.advance(days=1)
    counter.buyer_says()
    assert counter.times == 2


def test_as_shipped_nothing_is_said(services: Services) -> None:
    counter = Counter(services)
    assert counter.buyer_says().notices == []
    assert counter.heard == []

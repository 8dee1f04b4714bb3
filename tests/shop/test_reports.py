"""Figures for the people in charge."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from shop.__main__ import main
from shop.conversations import Line, append_line, greet
from shop.handover import BACK_TO_BOT, BUYER, Passing, pass_on
from shop.model import Direction, Holder, SeatState
from shop.reports import find_unanswered, unanswered_count
from shop.settings import load_settings
from shop.takeover import hand_back, release
from shop.wiring import Services
from tests.conftest import SettableClock
from tests.shop.counter import AGENT, COLLEAGUE, Counter, employ, put_seat


def count(counter: Counter) -> int:
    with counter.services.unit_of_work() as uow:
        return unanswered_count(uow, counter.now)


def seat_all(counter: Counter, state: SeatState = SeatState.ONLINE) -> None:
    for staff_id in (AGENT, COLLEAGUE):
        put_seat(counter.services, staff_id, state)


def bot_answers(counter: Counter) -> None:
    counter.bot_says(counter.buyer_says())


def agent_answers(counter: Counter) -> None:
    counter.take()
    counter.buyer_says()
    counter.agent_says()


def waits_in_the_queue(counter: Counter) -> None:
    """Nobody has a seat free; the buyer writes on, and is not told at every word."""
    counter.buyer_says()
    seat_all(counter, SeatState.BUSY)
    counter.call_person()
    counter.services.clock.advance(seconds=30)
    counter.buyer_says("快一点")
    seat_all(counter)


def waits_for_who_is_away(counter: Counter) -> None:
    counter.take()
    seat_all(counter, SeatState.PAUSED)
    counter.services.clock.advance(minutes=3)
    counter.buyer_says()
    seat_all(counter)


def waits_for_a_slow_agent(counter: Counter) -> None:
    """Who has forgotten the buyer."""
    counter.take()
    counter.buyer_says()


def is_passed_on(counter: Counter) -> None:
    counter.take()
    counter.buyer_says("要退货")
    counter.transfer(to_staff=COLLEAGUE)


def is_let_go(counter: Counter) -> None:
    agent_answers(counter)
    counter.close()


def loses_the_agent(counter: Counter) -> None:
    counter.take()
    counter.buyer_says()
    counter.do(lambda uow, talk, at: release(uow, talk, AGENT, "客服已离线", at.now))


def leaves_a_message(counter: Counter) -> None:
    """Nobody is at work."""
    posted = counter.buyer_says("转人工")
    seat_all(counter, SeatState.OFFLINE)
    counter.bot_says(posted, "我看看")
    counter.call_person()
    seat_all(counter)


def goes_on_with_the_bot(counter: Counter) -> None:
    waits_in_the_queue(counter)
    with counter.working() as uow:
        talk = uow.conversations.lock(counter.talk)
        pass_on(uow, talk, Passing(BUYER, BACK_TO_BOT), counter.now)
    bot_answers(counter)


def only_looks(counter: Counter) -> None:
    with counter.working() as uow:
        greet(uow, counter.talk, lambda uow, talk: Line("欢迎", "welcome"), counter.now)


DAY = (
    bot_answers,
    agent_answers,
    waits_in_the_queue,
    waits_for_who_is_away,
    waits_for_a_slow_agent,
    is_passed_on,
    is_let_go,
    loses_the_agent,
    leaves_a_message,
    goes_on_with_the_bot,
    only_looks,
)


@pytest.mark.req("CW-03")
def test_at_the_end_of_a_day_of_mixed_talks_every_buyer_was_answered(services: Services, clock: SettableClock) -> None:
    counters, most = [], 0
    for hour in range(3):
        for number, happens in enumerate(DAY):
            clock.advance(minutes=4)
            counter = Counter(services, guest=f"{hour}-{number}", staff=(AGENT, COLLEAGUE))
            happens(counter)
            most = max(most, count(counter))
            counters.append(counter)
            counter.look()
    assert most > 0, "some had just been left waiting"
    for _ in range(4):
        clock.advance(minutes=1)
        counters[0].look()
    with services.unit_of_work() as uow:
        assert [c.conversation.nick for c in find_unanswered(uow, clock.now())] == []
        assert len(uow.conversations.listed(100)) == len(counters) == 33
    assert count(counters[0]) == 0


@pytest.mark.req("CW-03")
@pytest.mark.parametrize("happens", [d for d in DAY if d not in (waits_for_a_slow_agent, loses_the_agent)])
def test_an_answer_or_a_word_that_it_was_heard_counts(services: Services, happens: Callable) -> None:
    counter = Counter(services, staff=(AGENT, COLLEAGUE))
    happens(counter)
    assert count(counter) == 0


@pytest.fixture
def lonely(services: Services) -> Counter:
    """With an agent who has not answered yet."""
    counter = Counter(services)
    counter.take()
    counter.buyer_says("有货吗")
    return counter


@pytest.mark.req("CW-03")
def test_a_word_that_nobody_has_answered_counts_until_somebody_does(lonely: Counter, clock: SettableClock) -> None:
    clock.advance(minutes=7)
    with lonely.services.unit_of_work() as uow:
        [found] = find_unanswered(uow, clock.now())
    assert (found.conversation.id, found.waited) == (lonely.talk, timedelta(minutes=7))
    message = lonely.agent_says()
    assert count(lonely) == 0
    lonely.agent_takes_back(message)
    assert count(lonely) == 1, "what was taken back is no answer"


def test_what_a_bot_still_thinks_about_is_not_answered(services: Services) -> None:
    counter = Counter(services)
    posted = counter.buyer_says()
    assert count(counter) == 1
    counter.bot_says(posted)
    assert count(counter) == 0


def gives_back(counter: Counter) -> None:
    with counter.working() as uow:
        hand_back(uow, counter.talk, employ(uow, AGENT), "", counter.at(uow))


def is_welcomed_anew(counter: Counter) -> None:
    counter.close()
    counter.services.clock.advance(hours=5)
    with counter.working() as uow:
        assert greet(uow, counter.talk, lambda uow, talk: Line("欢迎", "welcome"), counter.now)


@pytest.mark.parametrize("happens", [Counter.close, gives_back, is_welcomed_anew])
def test_a_goodbye_or_a_welcome_answers_nothing(lonely: Counter, happens: Callable) -> None:
    happens(lonely)
    assert count(lonely) == 1


def test_a_notice_is_not_meant_for_what_is_said_long_after_it(lonely: Counter, clock: SettableClock) -> None:
    clock.advance(seconds=121)
    lonely.look()
    clock.advance(seconds=119)
    lonely.buyer_says("还在吗")
    assert count(lonely) == 0
    clock.advance(seconds=1)
    lonely.buyer_says("有人吗")
    assert count(lonely) == 1


def test_a_person_who_only_comes_has_not_answered(lonely: Counter) -> None:
    """The greeting with the name is the desk's; the person has said nothing."""
    assert lonely.messages[0].phrase_key == "agent_hello"
    with lonely.working() as uow:
        talk = uow.conversations.lock(lonely.talk)
        append_line(uow, talk, Direction.SYSTEM, Line("您好", "agent_hello"), lonely.now, kind="notice")
    assert count(lonely) == 1


def test_the_terminal_prints_the_count_and_who_waits(
    lonely: Counter, clock: SettableClock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SHOP_DATABASE_URL", lonely.services.settings.database_url)
    load_settings.cache_clear()
    assert main(["unanswered"]) == 0
    out = capsys.readouterr().out
    assert "未答复的会话:1 个" in out
    assert lonely.talk in out
    lonely.agent_says()
    assert main(["unanswered"]) == 0
    assert capsys.readouterr().out.strip() == "未答复的会话:0 个"
    load_settings.cache_clear()
    assert lonely.conversation.holder is Holder.AGENT

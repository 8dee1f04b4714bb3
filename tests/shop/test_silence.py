"""Nobody says anything: who waits hears a word, who is silent is reminded, what rests ends."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.conversations import Line, greet
from shop.model import AlertKind, Direction, Holder, Product, SeatState, ServiceKind, ServiceResult
from shop.policy import Policy
from shop.silence import (
    Step,
    close_silent,
    excuse_agent,
    excuse_queue,
    find_silent,
    prompt_visitor,
    remind_buyer,
)
from shop.takeover import release
from shop.wiring import Services
from tests.conftest import SettableClock
from tests.shop.counter import AGENT, COLLEAGUE, LEADER, Counter, put_seat

RULES = Policy()
REMIND, CLOSE = 60 * RULES.remind_minutes, 60 * RULES.close_minutes


@pytest.fixture
def held(services: Services) -> Counter:
    """An agent has the talk, and nobody has said anything."""
    counter = Counter(services)
    counter.take()
    return counter


@pytest.fixture
def waits(held: Counter) -> Counter:
    held.buyer_says()
    return held


@pytest.fixture
def answered(waits: Counter) -> Counter:
    waits.agent_says()
    return waits


@pytest.mark.req("CW-07")
def test_who_waits_too_long_for_an_agent_hears_so_once(waits: Counter, clock: SettableClock) -> None:
    clock.advance(seconds=RULES.excuse_seconds)
    assert waits.look() == [], "exactly as long as an answer may take"
    clock.advance(seconds=1)
    assert waits.look() == [excuse_agent]
    clock.advance(minutes=20)
    waits.buyer_says("还在吗")
    assert waits.look() == []
    assert waits.heard == ["agent_slow"]


@pytest.mark.req("CW-07")
def test_the_agent_and_the_people_in_charge_are_told_who_lets_a_buyer_wait(
    waits: Counter, clock: SettableClock
) -> None:
    clock.advance(seconds=RULES.excuse_seconds + 1)
    waits.look()
    told = waits.alerts(AlertKind.AGENT_SILENT)
    assert [alert.to_staff for alert in told] == [AGENT, ""]
    assert {(alert.staff_id, alert.conversation_id) for alert in told} == {(AGENT, waits.talk)}
    assert "120 秒" in told[0].note


def test_a_leader_who_is_slow_hears_it_once(services: Services, clock: SettableClock) -> None:
    counter = Counter(services, staff=(LEADER,))
    counter.take(LEADER)
    counter.buyer_says()
    clock.advance(seconds=RULES.excuse_seconds + 1)
    counter.look()
    assert [alert.to_staff for alert in counter.alerts(AlertKind.AGENT_SILENT)] == [""]


def test_at_night_too(waits: Counter, clock: SettableClock) -> None:
    clock.advance(hours=10)
    assert waits.look() == [excuse_agent]


def test_after_an_answer_the_next_wait_counts_anew(waits: Counter, clock: SettableClock) -> None:
    for _ in range(2):
        clock.advance(seconds=RULES.excuse_seconds + 1)
        assert waits.look() == [excuse_agent]
        waits.agent_says()
        waits.buyer_says()
    assert waits.heard == ["agent_slow", "agent_slow"]


def test_an_agent_is_slow_from_when_the_talk_is_theirs(services: Services, clock: SettableClock) -> None:
    """Who waited in the queue before is not told that this agent is slow a second after the agent came."""
    counter = Counter(services, staff=())
    put_seat(services, AGENT, SeatState.BUSY)
    counter.buyer_says()
    counter.call_person()
    clock.advance(seconds=RULES.excuse_seconds + 30)
    counter.take()
    assert counter.look() == []
    clock.advance(seconds=RULES.excuse_seconds)
    assert counter.look() == []
    clock.advance(seconds=1)
    assert counter.look() == [excuse_agent]


def test_who_was_answered_by_the_bot_and_asked_for_nobody_does_not_wait(
    services: Services, clock: SettableClock
) -> None:
    counter = Counter(services)
    counter.bot_says(counter.buyer_says())
    counter.take()
    clock.advance(hours=1)
    assert counter.look() == []
    counter.buyer_says("那就好")
    clock.advance(seconds=RULES.excuse_seconds + 1)
    assert counter.look() == [excuse_agent]


def test_who_was_promised_a_person_by_the_bot_waits_for_that_person(services: Services, clock: SettableClock) -> None:
    counter = Counter(services)
    counter.bot_says(counter.buyer_says("转人工"), "好的,请稍等")
    counter.call_person()
    clock.advance(seconds=RULES.excuse_seconds + 1)
    assert counter.look() == [excuse_agent]


def test_an_answer_that_was_taken_back_is_none(answered: Counter, clock: SettableClock) -> None:
    answered.agent_takes_back(answered.messages[-1])
    clock.advance(seconds=RULES.excuse_seconds + 1)
    assert answered.look() == [excuse_agent]
    clock.advance(days=1)
    assert answered.look() == [], "and what is not answered is neither reminded of nor closed"


def test_a_colleague_to_whom_the_talk_was_passed_is_slow_too(services: Services, clock: SettableClock) -> None:
    """The last word before was an answer; but the buyer was asked to wait for the colleague."""
    counter = Counter(services, staff=(AGENT, COLLEAGUE))
    counter.take()
    counter.buyer_says()
    counter.agent_says("我转给售后的同事")
    counter.transfer(to_staff=COLLEAGUE)
    clock.advance(seconds=RULES.excuse_seconds + 1)
    assert counter.look() == [excuse_agent]
    assert [a.staff_id for a in counter.alerts(AlertKind.AGENT_SILENT)] == [COLLEAGUE, COLLEAGUE]
    counter.agent_says(staff_id=COLLEAGUE)
    clock.advance(seconds=REMIND + 1)
    assert counter.look() == [remind_buyer]


@pytest.mark.req("CW-07")
def test_who_waits_in_the_queue_too_long_hears_so_once_and_not_again_from_the_agent(
    services: Services, clock: SettableClock
) -> None:
    counter = Counter(services, staff=())
    put_seat(services, AGENT, SeatState.BUSY)
    counter.buyer_says()
    counter.call_person()
    clock.advance(seconds=RULES.answer_seconds)
    assert counter.look() == []
    clock.advance(seconds=1)
    assert counter.look() == [excuse_queue]
    clock.advance(hours=1)
    assert counter.look() == []
    counter.take()
    clock.advance(seconds=RULES.excuse_seconds + 1)
    assert counter.look() == [excuse_agent]
    assert counter.heard == ["handover_queue", "agent_slow"]
    assert len(counter.alerts(AlertKind.AGENT_SILENT)) == 2, "the people in charge are told all the same"


@pytest.mark.req("CW-13")
def test_a_buyer_who_does_not_go_on_is_reminded_once(answered: Counter, clock: SettableClock) -> None:
    clock.advance(seconds=REMIND)
    assert answered.look() == []
    clock.advance(seconds=1)
    assert answered.look() == [remind_buyer]
    clock.advance(seconds=1)
    assert answered.look() == []
    assert answered.heard == ["buyer_silent"]


def test_the_time_runs_from_the_agents_last_word(answered: Counter, clock: SettableClock) -> None:
    clock.advance(seconds=REMIND - 1)
    answered.agent_says("还有货")
    clock.advance(seconds=REMIND)
    assert answered.look() == []
    clock.advance(seconds=1)
    assert answered.look() == [remind_buyer]


def test_who_never_wrote_and_is_spoken_to_is_reminded_and_let_go(held: Counter, clock: SettableClock) -> None:
    held.agent_says("您好,看中哪款了")
    clock.advance(seconds=REMIND + 1)
    assert held.look() == [remind_buyer]
    clock.advance(seconds=CLOSE - REMIND)
    assert held.look() == [close_silent]


@pytest.mark.req("CW-13")
def test_a_service_ends_with_a_goodbye_when_the_buyer_stays_silent(answered: Counter, clock: SettableClock) -> None:
    number = answered.conversation.service_no
    clock.advance(seconds=REMIND + 1)
    answered.look()
    clock.advance(seconds=CLOSE - REMIND - 1)
    assert answered.look() == [], "exactly as long as a buyer may be silent"
    clock.advance(seconds=1)
    assert answered.look() == [close_silent]
    assert answered.heard == ["buyer_silent", "goodbye_idle", "ask_rating"]
    assert answered.conversation.holder is Holder.BOT
    with answered.services.unit_of_work() as uow:
        service = uow.services.find(number)
    assert service
    assert (service.kind, service.cause, service.result) == (ServiceKind.OTHER, "其他", ServiceResult.SILENT)
    assert service.closed_by == "desk"
    clock.advance(hours=2)
    assert answered.look() == []


def test_who_is_reminded_late_has_the_whole_time_to_answer(answered: Counter, clock: SettableClock) -> None:
    """The desk was down for a day."""
    clock.advance(days=1)
    assert answered.look() == [remind_buyer]
    clock.advance(seconds=CLOSE - REMIND - 1)
    assert answered.look() == []
    clock.advance(seconds=1)
    assert answered.look() == [close_silent]


def test_what_is_urgent_is_never_closed(answered: Counter, clock: SettableClock) -> None:
    with answered.working() as uow:
        uow.conversations.lock(answered.talk).urgent = True
    clock.advance(days=1)
    assert answered.look() == [remind_buyer]
    clock.advance(days=1)
    assert answered.look() == []


def test_nothing_is_closed_while_the_agent_writes(answered: Counter, clock: SettableClock) -> None:
    clock.advance(seconds=REMIND + 1)
    answered.look()
    clock.advance(seconds=CLOSE)
    answered.agent_types()
    assert answered.look() == []
    clock.advance(minutes=4, seconds=59)
    assert answered.look() == []
    clock.advance(seconds=1)
    assert answered.look() == [close_silent]


@pytest.mark.req("PC-16")
def test_a_buyers_last_word_without_an_answer_keeps_the_talk_open(answered: Counter, clock: SettableClock) -> None:
    clock.advance(seconds=REMIND + 1)
    answered.look()
    answered.buyer_says("你们太过分了")
    for _ in range(3):
        clock.advance(days=1)
        answered.look()
    assert answered.conversation.agent_id == AGENT
    assert answered.heard == ["buyer_silent", "agent_slow"]


@pytest.mark.parametrize(
    ("rule", "step", "silent"),
    [
        ("excuse_seconds", excuse_agent, lambda c: c.buyer_says()),
        ("excuse_seconds", excuse_queue, lambda c: c.do(lambda uow, talk, at: release(uow, talk, AGENT, "", at.now))),
        ("remind_minutes", remind_buyer, lambda c: c.agent_says()),
        ("close_minutes", close_silent, lambda c: c.agent_says()),
    ],
)
def test_a_rule_of_nothing_switches_it_off(
    held: Counter, clock: SettableClock, rule: str, step: Step, silent: Callable[[Counter], object]
) -> None:
    silent(held)
    held.rule(**{rule: 0})
    for _ in range(3):
        clock.advance(days=1)
        assert not held.do(step), "not even where the desk had found it before the rule changed"
        assert step not in held.look()


def test_without_a_reminder_a_service_ends_all_the_same(answered: Counter, clock: SettableClock) -> None:
    answered.rule(remind_minutes=0)
    clock.advance(seconds=CLOSE)
    assert answered.look() == []
    clock.advance(seconds=1)
    assert answered.look() == [close_silent]


PREPARED: dict[Step, Callable[[Counter, SettableClock], object]] = {
    excuse_agent: lambda counter, clock: (counter.buyer_says(), clock.advance(hours=1)),
    excuse_queue: lambda counter, clock: (
        counter.do(lambda uow, talk, at: release(uow, talk, AGENT, "客服已离线", at.now)),
        clock.advance(hours=1),
    ),
    remind_buyer: lambda counter, clock: (counter.agent_says(), clock.advance(seconds=REMIND + 1)),
    close_silent: lambda counter, clock: (
        counter.agent_says(),
        clock.advance(seconds=REMIND + 1),
        counter.look(),
        clock.advance(seconds=CLOSE),
    ),
}


@pytest.mark.parametrize("step", PREPARED, ids=lambda step: step.__name__)
def test_two_desks_at_once_say_it_once(held: Counter, clock: SettableClock, step: Step) -> None:
    PREPARED[step](held, clock)
    before, together = held.messages[-1].seq, threading.Barrier(2)

    def desk(_: int) -> bool:
        with held.working() as uow:
            assert (held.talk, step) in find_silent(uow, held.at(uow))
            together.wait(10)
            return step(uow, held.talk, held.at(uow))

    with ThreadPoolExecutor(2) as desks:
        assert sorted(desks.map(desk, range(2))) == [False, True]
    said = [m.phrase_key for m in held.messages if m.seq > before]
    assert len(said) == len(set(said)) >= 1
    assert len(held.alerts(AlertKind.AGENT_SILENT)) == (2 if step is excuse_agent else 0)


def test_what_was_found_is_let_be_when_the_buyer_speaks_in_between(answered: Counter, clock: SettableClock) -> None:
    clock.advance(seconds=CLOSE + 1)
    with answered.services.unit_of_work() as uow:
        found = find_silent(uow, answered.at(uow))
    answered.buyer_says("我在看")
    assert [step for _, step in found] == [remind_buyer]
    assert not any(answered.do(step) for step in (remind_buyer, close_silent))


@pytest.fixture
def visitor(services: Services) -> Counter:
    """Welcomed, and has written nothing."""
    counter = Counter(services)
    counter.rule(prompt_seconds=30)
    with counter.working() as uow:
        greet(uow, counter.talk, lambda uow, conversation: Line("欢迎", "welcome"), counter.now)
    return counter


@pytest.mark.req("CW-24")
def test_who_opens_the_window_and_writes_nothing_gets_one_line(visitor: Counter, clock: SettableClock) -> None:
    clock.advance(seconds=30)
    assert not visitor.do(prompt_visitor)
    clock.advance(seconds=1)
    assert visitor.do(prompt_visitor)
    clock.advance(minutes=5)
    assert not visitor.do(prompt_visitor), "once a session"
    assert visitor.heard == ["welcome", "proactive"]
    assert visitor.messages[-1].direction is Direction.BOT


@pytest.mark.req("CW-24")
def test_who_has_written_or_is_with_people_is_not_prompted(visitor: Counter, clock: SettableClock) -> None:
    visitor.bot_says(visitor.buyer_says())
    clock.advance(seconds=31)
    assert not visitor.do(prompt_visitor)
    visitor.take()
    clock.advance(seconds=31)
    assert not visitor.do(prompt_visitor)


def test_an_agent_who_came_before_the_line_makes_it_needless(visitor: Counter, clock: SettableClock) -> None:
    with visitor.working() as uow:
        uow.conversations.lock(visitor.talk).holder = Holder.QUEUE
    clock.advance(seconds=31)
    assert not visitor.do(prompt_visitor)


@pytest.mark.parametrize("seconds", [0, 3600])
def test_without_a_time_or_before_it_nobody_is_prompted(visitor: Counter, clock: SettableClock, seconds: int) -> None:
    visitor.rule(prompt_seconds=seconds)
    clock.advance(minutes=30)
    assert not visitor.do(prompt_visitor)


def test_the_line_names_what_the_visitor_looks_at(visitor: Counter, clock: SettableClock) -> None:
    facts: list[dict] = []
    with visitor.working() as uow:
        uow.products.add(Product("TEE", "云朵棉T恤", "服饰"))
        uow.conversations.lock(visitor.talk).product_code = "TEE"
    clock.advance(seconds=31)
    with visitor.working() as uow:
        at = visitor.at(uow)
        note = lambda key, **given: (facts.append(given), Line(key, key))[1]  # noqa: E731
        prompt_visitor(uow, visitor.talk, type(at)(at.now, at.policy, note))
    assert facts == [{"product": "云朵棉T恤"}]


SAID_OF_SILENCE = {"agent_slow", "buyer_silent", "goodbye_idle"}
steps = st.one_of(
    st.sampled_from(["buyer", "agent", "takes back", "queue", "pass on"]),
    st.sampled_from([1, 59, 121, 181, 601, 1201, 1801, 4000]),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(said=st.lists(steps, min_size=3, max_size=14))
def test_in_no_silence_is_anything_said_twice_or_after_the_wrong_speaker(
    services: Services, clock: SettableClock, said: list[str | int]
) -> None:
    """Whoever speaks ends a silence; in each the shop says of itself what suits who spoke last, every word once."""
    counter = Counter(services, guest=uuid4().hex, staff=(AGENT, COLLEAGUE))
    for step in said:
        act(counter, clock, step)
        counter.look()
        assert counter.look() == [], "a second look finds nothing more to do"
    last, told = None, set()
    for message in counter.messages:
        if message.direction in (Direction.BUYER, Direction.AGENT):
            last, told = message.direction, set()
        elif message.phrase_key in SAID_OF_SILENCE:
            assert message.phrase_key not in told, counter.heard
            told.add(message.phrase_key)
            assert message.phrase_key == "agent_slow" or last is Direction.AGENT, "after the buyer has spoken"
    clear(counter)


def act(counter: Counter, clock: SettableClock, step: str | int) -> None:
    talk = counter.conversation
    if isinstance(step, int):
        clock.advance(seconds=step)
    elif step == "buyer":
        counter.buyer_says()
    elif step == "agent":
        if talk.holder is not Holder.AGENT:
            counter.take()
        counter.agent_says(staff_id=counter.conversation.agent_id or AGENT)
    elif step == "takes back":
        own = [m for m in counter.messages if m.direction is Direction.AGENT and m.recalled_at is None]
        if own and (counter.now - own[-1].created_at).seconds < 100:
            counter.agent_takes_back(own[-1])
    elif talk.agent_id and step == "queue":
        counter.do(lambda uow, id, at: release(uow, id, talk.agent_id or "", "客服已离线", at.now))
    elif talk.agent_id and step == "pass on":
        counter.transfer(to_staff=COLLEAGUE if talk.agent_id == AGENT else AGENT, by=talk.agent_id)


def clear(counter: Counter) -> None:
    """Leaves nothing for the next example."""
    with counter.working() as uow:
        talk = uow.conversations.lock(counter.talk)
        talk.holder, talk.agent_id, talk.queued_at = Holder.BOT, None, None

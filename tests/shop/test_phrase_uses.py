"""What became of the shop's words: the figures against the log they were counted from."""

from collections import Counter
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shop.model import (
    Complaint,
    Conversation,
    Direction,
    HandoverRecord,
    Holder,
    Message,
    PhraseUse,
    Service,
    Turn,
    TurnState,
)
from shop.phrase_uses import Figures, count_day, find_uncounted, gather_figures, period_of, week_of
from shop.store import tables
from shop.wiring import Services
from tests.conftest import NOW, SettableClock

START = datetime(2026, 11, 18, 15, 50, tzinfo=timezone.utc)
"""Ten minutes before the shop's 19th of November begins."""
TALKS = ("t1", "t2")
OF_TALKS = (tables.complaints, tables.phrase_uses, tables.handovers, tables.turns, tables.messages)


class Said(NamedTuple):
    """One message, so many seconds after the one before it."""

    talk: str
    gap: int
    who: str
    words: str
    intent: str
    passes: bool
    complains: bool


MESSAGES = st.lists(
    st.builds(
        Said,
        st.sampled_from(TALKS),
        st.sampled_from([0, 1, 200, 599, 600, 601, 4000]),
        st.sampled_from(["buyer", "bot", "desk", "agent"]),
        st.sampled_from(["在吗", "在 吗", "多少钱"]),
        st.sampled_from(["", "greet", "ask_price", "track_order"]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=14,
)

ONWARD = [Said("t1", 1, "buyer", "多少钱", "ask_price", True, False)]
"""Asked, and handed over."""


def write(services: Services, said: list[Said]) -> list[tuple[Said, int, datetime]]:
    """The log of it; each message with its number and time."""
    written, numbers, epochs, at = [], Counter[str](), Counter[str](), START
    with services.unit_of_work() as uow:
        for table in (*OF_TALKS, tables.conversations, tables.phrase_days):
            uow._session.execute(table.delete())
        for talk in TALKS:
            uow.conversations.add(Conversation(talk, START))
        for place, one in enumerate(said):
            at += timedelta(seconds=one.gap)
            numbers[one.talk] += 1
            seq = numbers[one.talk]
            turn = None
            if one.intent and one.who in ("buyer", "bot"):
                turn = Turn(f"turn{place}", one.talk, seq, 0, at, TurnState.DONE, intent=one.intent)
                uow.turns.add(turn)
            direction = Direction.SYSTEM if one.who == "desk" else Direction(one.who)
            key = None if one.who == "buyer" else "yj1" if one.who == "agent" else "price"
            uow.messages.add(
                Message(one.talk, seq, direction, "text", one.words, at, phrase_key=key, turn_id=turn and turn.id)
            )
            if one.who == "agent":
                uow.phrase_uses.add(PhraseUse(at, "341", one.talk, seq, "yj1", edited=one.words == "多少钱"))
            if one.passes:
                epochs[one.talk] += 1
                giver = Holder.AGENT if one.who == "agent" else Holder.BOT
                uow.handovers.add(HandoverRecord(one.talk, epochs[one.talk], seq, at, giver, Holder.QUEUE))
            if one.complains:
                number = f"TS{place}"
                uow.complaints.add(Complaint(number, one.talk, None, None, "其他", "", at, at, turn_id=number))
            written.append((one, seq, at))
        uow.commit()
    return written


def expect_figures(written: list[tuple[Said, int, datetime]], day: date) -> dict[str, Counter[str]]:
    """Counted message by message, with nothing of the shop's own."""
    found: dict[str, Counter[str]] = {}
    minutes = timedelta(minutes=10)
    for one, seq, at in written:
        if one.who == "buyer" or (at + timedelta(hours=8)).date() != day:
            continue
        counts = found.setdefault("quick:yj1" if one.who == "agent" else "auto:price", Counter())
        own = [w for w in written if w[0].talk == one.talk]
        buyer = [w for w in own if w[0].who == "buyer"]
        later = [w for w in buyer if w[1] > seq and w[2] - at <= minutes]
        before = [w for w in buyer if w[1] < seq and at - w[2] <= minutes]
        again = False
        if later:
            wish = one.intent if one.who == "bot" else ""
            same_wish = wish not in ("", "greet") and later[0][0].intent == wish
            words = ["".join(one.words.split()) for one in (before[-1][0], later[0][0])] if before else ["", "-"]
            again = same_wish or words[0] == words[1]
        handed = any(
            w[0].passes
            and (w[0].who == "agent") == (one.who == "agent")
            and w[1] >= seq
            and at <= w[2] <= at + minutes
            and sum(seq < b[1] <= w[1] for b in buyer) <= 1
            for w in own
        )
        complained = any(w[0].complains and at <= w[2] <= at + timedelta(days=1) for w in own)
        plain = one.who != "agent" or one.words != "多少钱"
        counts.update(said=1, plain=plain, answered=bool(later), again=again, handed=handed)
        counts.update(well=not again and not handed, complained=complained)
    return found


@pytest.mark.req("PH-35")
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(MESSAGES, st.booleans())
@example(
    [
        Said("t1", 601, "bot", "多少钱", "ask_price", False, False),
        Said("t1", 1, "buyer", "在吗", "", False, False),
        *ONWARD,
    ],
    False,
)
@example(
    [
        Said("t1", 601, "buyer", "在吗", "ask_price", False, False),
        Said("t1", 1, "bot", "好的", "ask_price", False, True),
        *ONWARD,
    ],
    True,
)
def test_the_figures_are_those_of_the_log(services: Services, said: list[Said], kept: bool) -> None:
    written = write(services, said)
    first, last = date(2026, 11, 18), date(2026, 11, 20)
    with services.unit_of_work() as uow:
        if kept:
            for day in find_uncounted(uow, first, last, START + timedelta(days=30)):
                uow.phrase_days.keep(count_day(uow, day))
        figures = gather_figures(uow, first, last)
        uow.commit()
    expected: dict[str, Counter[str]] = {}
    topics: Counter[str] = Counter()
    for offset in range(3):
        for key, counts in expect_figures(written, first + timedelta(days=offset)).items():
            expected.setdefault(key, Counter()).update(counts)
    for one, _, _ in written:
        if one.who == "buyer" and one.intent:
            topics[{"greet": "general", "ask_price": "presale", "track_order": "tracking"}[one.intent]] += 1
    assert {key: as_counter(figures, key) for key in figures.phrases} == {k: +c for k, c in expected.items()}
    assert dict(figures.topics) == dict(topics)


def as_counter(figures: Figures, key: str) -> Counter[str]:
    return +Counter({name: value for name, value in vars(figures.phrases[key]).items() if value})


def said_once(services: Services, at: datetime = NOW) -> None:
    with services.unit_of_work() as uow:
        uow.conversations.add(Conversation("t1", at))
        uow.messages.add(Message("t1", 1, Direction.BOT, "text", "您好", at, phrase_key="welcome"))
        uow.commit()


def rate_service(services: Services, stars: int, at: datetime, number: str = "FW1") -> None:
    with services.unit_of_work() as uow:
        began = NOW + timedelta(hours=1)
        uow.services.add(
            Service(number, "t1", "341", began, closed_at=began + timedelta(hours=1), rating=stars, rated_at=at)
        )
        uow.commit()


def figures_of(services: Services) -> Figures:
    with services.unit_of_work() as uow:
        return gather_figures(uow, *period_of(7, NOW))


def test_a_rating_counts_once_a_service_and_only_where_the_words_belong_to_it(services: Services) -> None:
    said_once(services)
    with services.unit_of_work() as uow:
        uow.messages.add(
            Message("t1", 2, Direction.BOT, "text", "您好", NOW + timedelta(hours=1, minutes=5), phrase_key="welcome")
        )
        after = NOW + timedelta(hours=3)
        uow.messages.add(Message("t1", 3, Direction.BOT, "text", "再见", after, phrase_key="goodbye"))
        uow.commit()
    rate_service(services, 4, NOW + timedelta(days=2))
    figures = figures_of(services)
    assert (figures.phrases["auto:welcome"].rated, figures.phrases["auto:welcome"].stars) == (1, 4)
    assert figures.phrases["auto:goodbye"].rated == 0


@pytest.mark.parametrize(("days", "rated"), [(8, 1), (10, 0)])
def test_a_rating_that_comes_too_late_is_left_out_whether_the_day_was_kept_or_not(
    services: Services, days: int, rated: int
) -> None:
    said_once(services)
    rate_service(services, 5, NOW + timedelta(days=days))
    assert figures_of(services).phrases["auto:welcome"].rated == rated


def test_a_day_is_kept_only_when_nothing_of_it_can_change_any_more(services: Services, clock: SettableClock) -> None:
    said_once(services)
    today = date(2026, 11, 20)
    with services.unit_of_work() as uow:
        assert today not in find_uncounted(uow, today, today, NOW + timedelta(days=9))
        assert find_uncounted(uow, today, today, NOW + timedelta(days=10)) == [today]
        day = count_day(uow, today)
        uow.phrase_days.keep(day)
        uow.phrase_days.keep(day)
        assert find_uncounted(uow, today, today, NOW + timedelta(days=10)) == []
        assert gather_figures(uow, today, today).phrases["auto:welcome"].said == 1
        uow.commit()


def test_a_week_of_the_shop_begins_on_monday() -> None:
    assert week_of(date(2026, 11, 22)) == (date(2026, 11, 16), date(2026, 11, 22))
    assert week_of(date(2026, 11, 16)) == (date(2026, 11, 16), date(2026, 11, 22))

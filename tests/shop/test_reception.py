"""Who receives a buyer who comes."""

from datetime import datetime, time, timedelta

import pytest

from shop.conversations import conversation_id, open_conversation
from shop.model import Conversation, Holder, Role, Seat, SeatState, Staff
from shop.policy import Policy, ReceptionMode, ReceptionSpan
from shop.reception import Reception, lot, mode_at, receive
from shop.times import TIMEZONE
from shop.wiring import Services
from tests.conftest import NOW, SettableClock

MIDNIGHT = time(0)
OFF_HOURS = NOW.replace(hour=18)
"""Two at night in the shop."""
IDS = [conversation_id(None, f"guest{n}") for n in range(1000)]
MODES = tuple(ReceptionMode)


def all_day(mode: ReceptionMode, share: int = 50) -> Policy:
    return Policy(reception=(ReceptionSpan(MIDNIGHT, MIDNIGHT, mode, share),))


def seat(services: Services, state: SeatState = SeatState.ONLINE, max_buyers: int = 0, busy: int = 0) -> None:
    """One agent of every group, who talks with `busy` buyers already."""
    with services.unit_of_work() as uow:
        groups = [group.code for group in uow.groups.all()]
        uow.people.add(Staff("341", "小安", Role.AGENT, groups=groups))
        uow.seats.add(Seat("341", state, NOW, max_buyers=max_buyers))
        for n in range(busy):
            uow.conversations.add(Conversation(f"held{n}", NOW, holder=Holder.AGENT, agent_id="341"))
        uow.commit()


def arrive(services: Services, policy: Policy, guest: str = "guest0", now: datetime = NOW) -> Reception:
    with services.unit_of_work() as uow:
        return receive(uow, open_conversation(uow, None, guest, "游客", now=now), policy, now)


@pytest.mark.parametrize(
    ("hour", "minute", "mode"),
    [
        (8, 59, ReceptionMode.ASSISTED),
        (9, 0, ReceptionMode.PERSON_FIRST),
        (11, 59, ReceptionMode.PERSON_FIRST),
        (12, 0, ReceptionMode.SHARED),
        (17, 59, ReceptionMode.SHARED),
        (18, 0, ReceptionMode.BOT_FIRST),
        (21, 59, ReceptionMode.BOT_FIRST),
        (22, 0, ReceptionMode.ASSISTED),
        (3, 0, ReceptionMode.ASSISTED),
    ],
)
def test_the_first_span_that_covers_the_time_in_the_shop_counts(hour: int, minute: int, mode: ReceptionMode) -> None:
    spans = (
        ReceptionSpan(time(9), time(12), ReceptionMode.PERSON_FIRST),
        ReceptionSpan(time(9), time(18), ReceptionMode.SHARED, 30),
        ReceptionSpan(time(22), time(9), ReceptionMode.ASSISTED),
    )
    found = mode_at(Policy(reception=spans), datetime(2026, 11, 20, hour, minute, tzinfo=TIMEZONE))
    assert found.mode is mode
    assert found in spans or mode is ReceptionMode.BOT_FIRST


def test_a_span_that_ends_when_it_starts_is_the_whole_day() -> None:
    policy = Policy(reception=(ReceptionSpan(time(9), time(9), ReceptionMode.SHARED),))
    assert {mode_at(policy, NOW + timedelta(hours=n)).mode for n in range(24)} == {ReceptionMode.SHARED}


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (ReceptionMode.PERSON_FIRST, Reception(True, False, ReceptionMode.PERSON_FIRST)),
        (ReceptionMode.BOT_FIRST, Reception(False, False, ReceptionMode.BOT_FIRST)),
        (ReceptionMode.ASSISTED, Reception(True, True, ReceptionMode.ASSISTED)),
    ],
)
def test_with_a_free_person_the_mode_decides(services: Services, mode: ReceptionMode, expected: Reception) -> None:
    seat(services)
    assert arrive(services, all_day(mode)) == expected


@pytest.mark.parametrize("mode", [ReceptionMode.PERSON_FIRST, ReceptionMode.SHARED, ReceptionMode.ASSISTED])
@pytest.mark.parametrize(
    ("state", "busy"), [(SeatState.PAUSED, 0), (SeatState.BUSY, 0), (SeatState.OFFLINE, 0), (SeatState.ONLINE, 2)]
)
def test_where_nobody_has_room_the_bot_receives(
    services: Services, mode: ReceptionMode, state: SeatState, busy: int
) -> None:
    seat(services, state, max_buyers=2, busy=busy)
    assert not arrive(services, all_day(mode, 100)).to_person


def test_a_person_who_has_room_is_assisted_by_the_bot(services: Services) -> None:
    seat(services, max_buyers=1)
    assert arrive(services, all_day(ReceptionMode.ASSISTED)) == Reception(True, True, ReceptionMode.ASSISTED)


@pytest.mark.req("CW-05")
@pytest.mark.parametrize("mode", MODES)
def test_outside_working_hours_the_bot_receives_whatever_the_mode(services: Services, mode: ReceptionMode) -> None:
    seat(services)
    assert arrive(services, all_day(mode, 100), now=OFF_HOURS) == Reception(False, False, mode)


@pytest.mark.req("CW-05")
@pytest.mark.parametrize("mode", MODES)
def test_in_hours_with_nobody_signed_in_the_bot_receives(services: Services, mode: ReceptionMode) -> None:
    assert arrive(services, all_day(mode, 100)) == Reception(False, False, mode)


@pytest.mark.parametrize("share", [0, 35, 50, 100])
def test_over_a_thousand_buyers_the_share_is_within_three_points(services: Services, share: int) -> None:
    seat(services)
    policy = all_day(ReceptionMode.SHARED, share)
    with services.unit_of_work() as uow:
        talks = [Conversation(each, NOW) for each in IDS]
        to_people = sum(receive(uow, talk, policy, NOW).to_person for talk in talks)
    assert abs(to_people - 10 * share) <= 30
    assert share not in (0, 100) or to_people == 10 * share


def test_a_page_that_loads_again_on_the_same_day_changes_nothing(services: Services) -> None:
    seat(services)
    policy = all_day(ReceptionMode.SHARED, 50)
    morning = datetime(2026, 11, 20, 9, 30, tzinfo=TIMEZONE)
    for guest in map(str, range(20)):
        first = arrive(services, policy, guest, morning)
        assert {arrive(services, policy, guest, morning + timedelta(hours=n)) for n in (1, 6, 11)} == {first}


def test_the_lot_is_drawn_anew_every_day_and_does_not_favour_anybody() -> None:
    drawn = [[lot(each, NOW + timedelta(days=n)) for n in range(30)] for each in IDS]
    assert all(0 <= number < 100 for days in drawn for number in days)
    assert max(abs(sum(days) / 30 - 49.5) for days in drawn) < 25
    first, second = ([days[n] < 50 for days in drawn] for n in (0, 1))
    assert 400 < sum(a == b for a, b in zip(first, second, strict=True)) < 600


def test_deciding_moves_nothing(services: Services, clock: SettableClock) -> None:
    seat(services)
    with services.unit_of_work() as uow:
        talk = open_conversation(uow, None, "guest0", "游客", now=clock.now())
        assert receive(uow, talk, all_day(ReceptionMode.PERSON_FIRST), clock.now()).to_person
        assert (talk.holder, talk.epoch, talk.agent_id) == (Holder.BOT, 0, None)
        assert uow.handovers.of_conversation(talk.id) == []

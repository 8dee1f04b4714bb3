"""Who works here: added as what, changed, dismissed; and the people of the demo shop."""

from datetime import datetime

import pytest

from shop import demo
from shop.errors import Duplicate, FieldWrong, StaffUnknown, WrongState
from shop.model import Role, Seat, SeatState, Staff
from shop.passwords import DEMO_PASSWORD, verify_password
from shop.ports import UnitOfWork
from shop.sign_in import digest, find_session
from shop.staff import add_staff, change_staff, dismiss, set_password
from shop.wiring import Services
from tests.conftest import NOW, SettableClock
from tests.shop.signing import HASH, POLICY, hire, sign_in, token_of, who


@pytest.fixture
def team(services: Services) -> Services:
    return hire(services)


def keep(uow: UnitOfWork, staff_id: str, reason: str, now: datetime) -> None:
    """Nobody's talks to give back."""


@pytest.mark.req("HE-07")
@pytest.mark.parametrize(
    ("role", "given", "groups"),
    [
        (Role.PRESALE_AGENT, [], ["presale"]),
        (Role.AFTERSALE_AGENT, [], ["aftersale"]),
        (Role.AGENT, [], ["general"]),
        (Role.MANAGER, [], ["lead"]),
        (Role.SUPERVISOR, ["aftersale"], ["lead", "aftersale"]),
        (Role.LEADER, ["presale", "lead"], ["lead", "presale"]),
        (Role.PRESALE_AGENT, ["aftersale"], ["aftersale"]),
        (Role.QUALITY, [], []),
        (Role.WAREHOUSE, [], []),
    ],
)
def test_a_role_brings_its_groups(services: Services, role: Role, given: list[str], groups: list[str]) -> None:
    with services.unit_of_work() as uow:
        assert add_staff(uow, "7", "小禾", role, given).groups == groups


def test_an_id_a_name_and_groups_must_make_sense(team: Services) -> None:
    with team.unit_of_work() as uow:
        for staff_id, name, groups in (
            ("", "小安", ()),
            ("有 空格", "小安", ()),
            ("x" * 33, "小安", ()),
            ("341", "", ()),
            ("341", "很长" * 11, ()),
            ("341", "换\n行", ()),
            ("341", "小禾", ()),
            ("341", "小安", ("nowhere",)),
        ):
            with pytest.raises(FieldWrong):
                add_staff(uow, staff_id, name, Role.AGENT, groups)
        with pytest.raises(Duplicate):
            add_staff(uow, "３２１", "小安", Role.AGENT)


def test_a_new_role_counts_for_who_is_signed_in(team: Services) -> None:
    token = token_of(team)
    with team.unit_of_work() as uow:
        change_staff(uow, "321", Role.LEADER, ["presale"])
        uow.commit()
    with team.unit_of_work() as uow:
        staff = find_session(uow, token, team.clock.now(), POLICY)
    assert staff
    assert (staff.role, staff.groups) == (Role.LEADER, ["lead", "presale"])


def test_the_last_manager_stays(team: Services) -> None:
    with team.unit_of_work() as uow:
        with pytest.raises(WrongState):
            dismiss(uow, "100", keep, now=NOW)
        with pytest.raises(WrongState):
            change_staff(uow, "100", Role.AGENT)
        add_staff(uow, "101", "南星", Role.MANAGER)
        assert not dismiss(uow, "100", keep, now=NOW).active


def test_who_is_dismissed_is_out_at_once_and_leaves_no_buyer_behind(team: Services, clock: SettableClock) -> None:
    tokens = [token_of(team), token_of(team)]
    released = []
    with team.unit_of_work() as uow:
        uow.seats.add(Seat("321", SeatState.ONLINE, since=NOW))
        uow.commit()
    with team.unit_of_work() as uow:
        dismiss(uow, "321", lambda uow, *facts: released.append(facts), now=clock.advance(hours=1))
        uow.commit()
    assert released == [("321", "客服离职", clock.now())]
    assert [who(team, token) for token in tokens] == [None, None]
    assert sign_in(team) is None
    with team.unit_of_work() as uow:
        seat = uow.seats.find("321")
        assert seat
        assert (seat.state, seat.since) == (SeatState.OFFLINE, clock.now())
        assert not uow.staff_sessions.open_of("321")
        for change in (lambda: dismiss(uow, "321", keep, now=NOW), lambda: change_staff(uow, "321", Role.AGENT)):
            with pytest.raises(StaffUnknown):
                change()


def test_a_reset_password_ends_all_sessions_but_the_one_it_was_changed_in(team: Services) -> None:
    mine, other = token_of(team), token_of(team)
    with team.unit_of_work() as uow:
        set_password(uow, "321", HASH, now=NOW, but=digest(mine))
        uow.commit()
    assert (who(team, mine), who(team, other)) == ("321", None)
    with team.unit_of_work() as uow:
        set_password(uow, "321", HASH, now=NOW)
        uow.commit()
    assert who(team, mine) is None


def test_the_people_of_the_demo_shop_can_sign_in_and_the_one_who_left_cannot(demo_services: Services) -> None:
    with demo_services.unit_of_work() as uow:
        people = uow.people.all()
    assert all(verify_password(DEMO_PASSWORD, h).matches for h in {person.password_hash for person in people})
    assert {person.id for person in people if person.active and not person.groups} == {"400", "500"}
    assert sign_in(demo_services, "321")
    assert sign_in(demo_services, "349") is None


def test_a_demo_shop_of_before_sign_in_lets_its_people_in_and_nobody_elses(
    demo_services: Services, services: Services
) -> None:
    with demo_services.unit_of_work() as uow:
        for person in uow.people.all():
            person.password_hash, person.groups = "", []
        renamed = uow.people.lock("100")
        renamed.name = "老板"
        assert demo.let_staff_in(uow) == 10
        assert demo.let_staff_in(uow) == 0
        assert renamed.password_hash == ""
        agent = uow.people.lock("321")
        assert agent.groups == ["presale"]
        assert verify_password(DEMO_PASSWORD, agent.password_hash).matches
    with services.unit_of_work() as uow:
        uow.people.add(Staff("321", "小禾", Role.PRESALE_AGENT))
        assert demo.let_staff_in(uow) == 0

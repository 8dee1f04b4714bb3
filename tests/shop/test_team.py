"""What a manager does with people, and what is written down of it."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from shop.errors import ShopError, StaffUnknown
from shop.model import ChangeKind, Role, SeatState, Staff
from shop.passwords import check_password, make_password
from shop.policy import Policy
from shop.ports import UnitOfWork
from shop.seats import sit_down, stranded
from shop.staff import IdTaken, LastManager, PersonRefused
from shop.team import (
    Hiring,
    PersonChange,
    change_person,
    check_hiring,
    hire,
    let_go,
    list_people,
    reset_password,
    sign_out_everywhere,
)
from shop.wiring import Services
from tests.conftest import NOW, SettableClock
from tests.shop import signing
from tests.shop.signing import HASH, token_of, who

MANAGER = Staff("100", "云舒", Role.MANAGER)
POLICY = Policy()


@pytest.fixture
def team(services: Services) -> Services:
    return signing.hire(services)


def nothing_held(*facts: object) -> None:
    """Nobody's talks to give back."""


def person(uow: UnitOfWork, staff_id: str) -> dict[str, Any]:
    return next(each for each in list_people(uow, POLICY, NOW) if each["id"] == staff_id)


@pytest.mark.req("HE-07")
def test_every_deed_is_written_down_without_a_password(team: Services) -> None:
    with team.unit_of_work() as uow:
        hire(uow, MANAGER, Hiring("351", "知秋", Role.AGENT), HASH, now=NOW)
        change_person(uow, MANAGER, "351", PersonChange(role=Role.LEADER, max_buyers=5), now=NOW)
        change_person(uow, MANAGER, "351", PersonChange(name="知秋"), now=NOW)
        reset_password(uow, MANAGER, "351", HASH, NOW)
        sign_out_everywhere(uow, MANAGER, "351", NOW)
        let_go(uow, MANAGER, "351", nothing_held, now=NOW)
        uow.commit()
    with team.unit_of_work() as uow:
        notes = uow.changes.of(ChangeKind.STAFF, "351", 9)[::-1]
    assert [note.action for note in notes] == ["添加员工", "修改员工", "重设密码", "退出全部登录", "离职"]
    assert (notes[1].before, notes[1].after) == (
        {"name": "知秋", "role": "综合客服", "groups": ["general"], "max_buyers": 0, "active": True},
        {"name": "知秋", "role": "组长", "groups": ["lead"], "max_buyers": 5, "active": True},
    )
    assert "argon2" not in repr([(note.before, note.after) for note in notes])


def test_what_is_not_named_stays(team: Services) -> None:
    with team.unit_of_work() as uow:
        change_person(uow, MANAGER, "321", PersonChange(groups=["aftersale"]), now=NOW)
        assert (uow.people.lock("321").role, uow.people.lock("321").groups) == (Role.PRESALE_AGENT, ["aftersale"])
        change_person(uow, MANAGER, "321", PersonChange(name="小荷"), now=NOW)
        change_person(uow, MANAGER, "321", PersonChange(role=Role.PRESALE_AGENT), now=NOW)
        assert uow.people.lock("321").groups == ["aftersale"]
        change_person(uow, MANAGER, "321", PersonChange(role=Role.AFTERSALE_AGENT), now=NOW)
        shown = person(uow, "321")
    assert (shown["name"], shown["groups"], shown["limit"]) == ("小荷", ["aftersale"], POLICY.max_buyers)


def test_who_receives_no_more_leaves_the_seat(team: Services) -> None:
    with team.unit_of_work() as uow:
        sit_down(uow, uow.people.lock("321"), NOW).state = SeatState.ONLINE
        assert not change_person(uow, MANAGER, "321", PersonChange(role=Role.AGENT), now=NOW)
        assert person(uow, "321")["state"] == "在线"
        assert change_person(uow, MANAGER, "321", PersonChange(role=Role.QUALITY), now=NOW)
        assert person(uow, "321")["state"] == "离线"
        assert not person(uow, "321")["receives"]
        assert stranded(uow) == []


def test_the_list_shows_the_sessions_that_still_hold(team: Services, clock: SettableClock) -> None:
    token = token_of(team)
    clock.advance(hours=1)
    token_of(team)
    with team.unit_of_work() as uow:
        first, second = person(uow, "321")["sessions"], list_people(uow, POLICY, clock.advance(hours=1, minutes=1))
    assert [session["address"] for session in first] == ["10.0.0.1"] * 2
    assert first[0]["seen_at"] > first[1]["seen_at"]
    [held] = next(each for each in second if each["id"] == "321")["sessions"]
    assert held["created_at"] == first[0]["created_at"]
    assert who(team, token) is None


@pytest.mark.parametrize(
    ("hiring", "refused"),
    [
        (Hiring("321", "知秋", Role.AGENT), IdTaken),
        (Hiring("有 空格", "知秋", Role.AGENT), PersonRefused),
        (Hiring("351", "小禾", Role.AGENT), PersonRefused),
        (Hiring("351", "知秋", Role.AGENT, ["nowhere"]), PersonRefused),
    ],
)
def test_who_cannot_be_hired_is_refused_before_and_when(
    team: Services, hiring: Hiring, refused: type[ShopError]
) -> None:
    with team.unit_of_work() as uow:
        with pytest.raises(refused):
            check_hiring(uow, hiring)
        with pytest.raises(refused):
            hire(uow, MANAGER, hiring, HASH, now=NOW)


@pytest.mark.parametrize("limit", [-1, 201])
def test_a_limit_of_buyers_has_its_range(team: Services, limit: int) -> None:
    with team.unit_of_work() as uow, pytest.raises(PersonRefused):
        change_person(uow, MANAGER, "321", PersonChange(max_buyers=limit), now=NOW)


@pytest.mark.req("HE-07")
def test_of_two_managers_who_let_each_other_go_at_once_one_stays(team: Services) -> None:
    with team.unit_of_work() as uow:
        hire(uow, MANAGER, Hiring("101", "南星", Role.MANAGER), HASH, now=NOW)
        uow.commit()

    def go(staff_id: str) -> bool:
        with team.unit_of_work() as uow:
            try:
                let_go(uow, MANAGER, staff_id, nothing_held, now=NOW)
            except LastManager:
                return False
            uow.commit()
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(go, ["100", "101"])) == [False, True]


def test_who_left_is_changed_no_more(team: Services) -> None:
    with team.unit_of_work() as uow:
        let_go(uow, MANAGER, "321", nothing_held, now=NOW)
        for deed in (
            lambda: change_person(uow, MANAGER, "321", PersonChange(name="回来"), now=NOW),
            lambda: reset_password(uow, MANAGER, "321", HASH, NOW),
            lambda: sign_out_everywhere(uow, MANAGER, "321", NOW),
            lambda: let_go(uow, MANAGER, "321", nothing_held, now=NOW),
        ):
            with pytest.raises(StaffUnknown):
                deed()


def test_a_password_that_is_made_is_a_good_one_and_never_the_same() -> None:
    made = {make_password() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        check_password(password, "351", "知秋")
        assert len(password) == 14

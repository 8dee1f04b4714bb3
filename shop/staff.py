"""Who works here, as what, in which groups. Only a manager may change that: the edges check it. HE-07, OR-03."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime

from shop.errors import Duplicate, FieldWrong, StaffUnknown, WrongState
from shop.model import Role, SeatState, Staff
from shop.ports import UnitOfWork
from shop.sign_in import end_sessions, tidy_id

DEFAULT_GROUPS: dict[Role, tuple[str, ...]] = {
    Role.MANAGER: ("lead",),
    Role.SUPERVISOR: ("lead",),
    Role.LEADER: ("lead",),
    Role.PRESALE_AGENT: ("presale",),
    Role.AFTERSALE_AGENT: ("aftersale",),
    Role.AGENT: ("general",),
}
LEADING = "lead"
"""Leaders have this group beside those of their own."""
NAME_LENGTH = 20
DISMISSED = "客服离职"
_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")

Release = Callable[[UnitOfWork, str, str, datetime], object]
"""Gives the talks of a member of staff back to the queue: (uow, staff_id, reason, now)."""


class PersonRefused(FieldWrong):
    """`why` in words for who wrote it."""


class IdTaken(Duplicate):
    """`staff_id` belongs to somebody, or to somebody who left."""


class LastManager(WrongState):
    """The shop would be left without one."""


def add_staff(uow: UnitOfWork, staff_id: str, name: str, role: Role, groups: Iterable[str] = ()) -> Staff:
    """Cannot sign in before a password is set. Raises PersonRefused, IdTaken."""
    staff = prepare_staff(uow, staff_id, name, role, groups)
    uow.people.add(staff)
    return staff


def prepare_staff(uow: UnitOfWork, staff_id: str, name: str, role: Role, groups: Iterable[str] = ()) -> Staff:
    """The same without keeping it."""
    staff_id = tidy_id(staff_id)
    if not _ID.fullmatch(staff_id):
        why = "只能用字母、数字、- 和 _，最多 32 位"
        raise PersonRefused(field="staff_id", label="工号", value=staff_id, why=why)
    if uow.people.find(staff_id) is not None:
        raise IdTaken(what="Staff", staff_id=staff_id)
    return Staff(staff_id, check_name(uow, name, staff_id), role, groups=groups_for(uow, role, groups))


def check_name(uow: UnitOfWork, name: str, staff_id: str) -> str:
    """Stripped. Buyers and colleagues know people by it: two of the same name could not be told apart.

    Raises PersonRefused.
    """
    name = name.strip()
    others = {person.name for person in uow.people.all() if person.active and person.id != staff_id}
    if not 0 < len(name) <= NAME_LENGTH or not name.isprintable() or name in others:
        why = f"要 1 到 {NAME_LENGTH} 个字，不能和在职同事重名"
        raise PersonRefused(field="name", label="花名", value=name, why=why)
    return name


def groups_for(uow: UnitOfWork, role: Role, given: Iterable[str] = ()) -> list[str]:
    """Those given, or the role's. Raises PersonRefused for a group that the shop does not have."""
    chosen = list(dict.fromkeys(given))
    for code in chosen:
        if uow.groups.find(code) is None:
            raise PersonRefused(field="groups", label="技能组", value=code, why="店里没有这个技能组")
    defaults = DEFAULT_GROUPS.get(role, ())
    return list(dict.fromkeys((*defaults, *chosen))) if LEADING in defaults else chosen or list(defaults)


def change_staff(uow: UnitOfWork, staff_id: str, role: Role, groups: Iterable[str] = ()) -> Staff:
    """Rights follow at once, whoever is signed in. Who does not talk with buyers any more must not hold any: see to
    it with `shop.takeover`. Raises WrongState where the shop would be left without a manager.
    """
    hold_managers(uow)
    staff = get_active(uow, staff_id)
    if role is not Role.MANAGER:
        _check_manager_left(uow, staff)
    staff.role, staff.groups = role, groups_for(uow, role, groups)
    return staff


def set_password(uow: UnitOfWork, staff_id: str, password_hash: str, *, now: datetime, but: str = "") -> None:
    """Everyone who is signed in as this person has to sign in again, except in the session `but`.

    The password is checked (`check_password`) and hashed (`hash_password`) before this transaction.
    """
    get_active(uow, staff_id).password_hash = password_hash
    end_sessions(uow, staff_id, now, but)


def dismiss(uow: UnitOfWork, staff_id: str, release: Release, *, now: datetime) -> Staff:
    """Signed out everywhere, off the seat, the talks back in the queue; the id stays taken, for the records.

    Raises WrongState for the last manager.
    """
    hold_managers(uow)
    staff = get_active(uow, staff_id)
    _check_manager_left(uow, staff)
    staff.active = False
    end_sessions(uow, staff_id, now)
    # The seat before the talks: from here on nobody can hand this person another one.
    if uow.seats.find(staff_id) is not None:
        seat = uow.seats.lock(staff_id)
        if seat.state is not SeatState.OFFLINE:
            seat.state, seat.since = SeatState.OFFLINE, now
    release(uow, staff_id, DISMISSED, now)
    return staff


def _check_manager_left(uow: UnitOfWork, leaving: Staff) -> None:
    managers = [person.id for person in uow.people.all() if person.active and person.role is Role.MANAGER]
    if managers == [leaving.id]:
        raise LastManager(staff_id=leaving.id)


def hold_managers(uow: UnitOfWork) -> None:
    """One change of people at a time, to the end of the transaction: of two managers who let each other go at once
    one stays, and two people who are added at once are not called the same.
    """
    for person in sorted(uow.people.all(), key=lambda person: person.id):
        if person.active and person.role is Role.MANAGER:
            uow.people.lock(person.id)


def get_active(uow: UnitOfWork, staff_id: str) -> Staff:
    """Locked. Raises StaffUnknown, for those who left too."""
    staff = uow.people.lock(staff_id)
    if not staff.active:
        raise StaffUnknown(staff_id=staff_id)
    return staff

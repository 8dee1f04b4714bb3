"""What a manager does with people: hires, changes, resets passwords, signs out, lets go. Each is written down.

Passwords come as hashes: checked and hashed before the transaction, never stored or written down in clear.
HE-07, OR-03.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shop.changes import note_change
from shop.errors import StaffUnknown
from shop.model import RECEIVING, ChangeKind, Role, Seat, SeatState, Staff
from shop.policy import Policy
from shop.ports import UnitOfWork
from shop.seats import put
from shop.sign_in import IDLE, end_sessions
from shop.staff import (
    PersonRefused,
    Release,
    add_staff,
    change_staff,
    check_name,
    dismiss,
    get_active,
    hold_managers,
    prepare_staff,
    set_password,
)

MOST_BUYERS = 200
Json = dict[str, Any]


@dataclass(frozen=True)
class Hiring:
    staff_id: str
    name: str
    role: Role
    groups: Sequence[str] = ()


@dataclass(frozen=True)
class PersonChange:
    """What is None stays. `max_buyers` 0: as the rules say."""

    name: str | None = None
    role: Role | None = None
    groups: Sequence[str] | None = None
    max_buyers: int | None = None


def hire(uow: UnitOfWork, by: Staff, hiring: Hiring, password_hash: str, *, now: datetime) -> Staff:
    """Can sign in at once. Raises PersonRefused, IdTaken."""
    hold_managers(uow)
    staff = add_staff(uow, hiring.staff_id, hiring.name, hiring.role, hiring.groups)
    staff.password_hash = password_hash
    note_change(uow, by, ChangeKind.STAFF, staff.id, "添加员工", now, after=_facts(uow, staff))
    return staff


def change_person(uow: UnitOfWork, by: Staff, staff_id: str, change: PersonChange, *, now: datetime) -> bool:
    """Whether they talk with buyers no more: then their talks must find new hands (`release`).

    Raises StaffUnknown, PersonRefused; LastManager where no manager would be left.
    """
    hold_managers(uow)
    staff = get_active(uow, staff_id)
    before, received = _facts(uow, staff), staff.role in RECEIVING
    if change.name is not None:
        staff.name = check_name(uow, change.name, staff_id)
    if change.role is not None or change.groups is not None:
        kept = staff.groups if change.role in (None, staff.role) else ()
        change_staff(uow, staff_id, change.role or staff.role, kept if change.groups is None else change.groups)
    if change.max_buyers is not None:
        _set_limit(uow, staff_id, change.max_buyers, now)
    note_change(uow, by, ChangeKind.STAFF, staff_id, "修改员工", now, before=before, after=_facts(uow, staff))
    left = received and staff.role not in RECEIVING
    if left and uow.seats.find(staff_id) is not None:
        put(uow.seats.lock(staff_id), SeatState.OFFLINE, now)
    return left


def _set_limit(uow: UnitOfWork, staff_id: str, limit: int, now: datetime) -> None:
    if not 0 <= limit <= MOST_BUYERS:
        why = f"要在 0 到 {MOST_BUYERS} 之间"
        raise PersonRefused(field="max_buyers", label="同时接待上限", value=limit, why=why)
    if uow.seats.find(staff_id) is None:
        uow.seats.add(Seat(staff_id, SeatState.OFFLINE, now, max_buyers=limit))
    else:
        uow.seats.lock(staff_id).max_buyers = limit


def reset_password(  # noqa: PLR0917  # the parts of one deed
    uow: UnitOfWork, by: Staff, staff_id: str, password_hash: str, now: datetime, but: str = ""
) -> None:
    """Signed out everywhere, except in the session `but` (one's own). Raises StaffUnknown."""
    set_password(uow, staff_id, password_hash, now=now, but=but)
    note_change(uow, by, ChangeKind.STAFF, staff_id, "重设密码", now)


def sign_out_everywhere(uow: UnitOfWork, by: Staff, staff_id: str, now: datetime, but: str = "") -> None:
    """Raises StaffUnknown."""
    get_active(uow, staff_id)
    end_sessions(uow, staff_id, now, but)
    note_change(uow, by, ChangeKind.STAFF, staff_id, "退出全部登录", now)


def let_go(uow: UnitOfWork, by: Staff, staff_id: str, release: Release, *, now: datetime) -> None:
    """See `shop.staff.dismiss`. Raises StaffUnknown, LastManager."""
    hold_managers(uow)
    before = _facts(uow, get_active(uow, staff_id))
    staff = dismiss(uow, staff_id, release, now=now)
    note_change(uow, by, ChangeKind.STAFF, staff_id, "离职", now, before=before, after=_facts(uow, staff))


def _facts(uow: UnitOfWork, staff: Staff) -> Json:
    seat = uow.seats.find(staff.id)
    return {
        "name": staff.name,
        "role": staff.role.value,
        "groups": list(staff.groups),
        "max_buyers": seat.max_buyers if seat else 0,
        "active": staff.active,
    }


def list_people(uow: UnitOfWork, policy: Policy, now: datetime) -> list[Json]:
    """By id, those who left last: `{id, name, role, groups: [code], active, receives, max_buyers, limit, state, since,
    load, last_sign_in_at, sessions: [{created_at, seen_at, address}]}`; times aware, `state` None for who has never sat
    down.
    """
    seats, loads = {seat.staff_id: seat for seat in uow.seats.all()}, uow.conversations.loads()
    people = sorted(uow.people.all(), key=lambda person: (not person.active, person.id))
    return [
        {
            "id": person.id,
            **_facts(uow, person),
            "receives": person.active and person.role in RECEIVING,
            "limit": (seat.max_buyers if (seat := seats.get(person.id)) else 0) or policy.max_buyers,
            "state": seat.state.value if seat else None,
            "since": seat.since if seat else None,
            "load": loads.get(person.id, 0),
            "last_sign_in_at": person.last_sign_in_at,
            "sessions": _sessions(uow, person, policy, now) if person.active else [],
        }
        for person in people
    ]


def _sessions(uow: UnitOfWork, person: Staff, policy: Policy, now: datetime) -> list[Json]:
    """Those that still hold, the last used first. Their ids stay inside."""
    born, used = now - timedelta(hours=policy.session_hours), now - IDLE
    held = [s for s in uow.staff_sessions.open_of(person.id) if s.created_at > born and s.seen_at > used]
    held.sort(key=lambda session: session.seen_at, reverse=True)
    return [{"created_at": s.created_at, "seen_at": s.seen_at, "address": s.address} for s in held]


def check_hiring(uow: UnitOfWork, hiring: Hiring) -> tuple[str, str]:
    """Id and name as they will be, for the choice of a password. Keeps nothing. Raises PersonRefused, IdTaken."""
    staff = prepare_staff(uow, hiring.staff_id, hiring.name, hiring.role, hiring.groups)
    return staff.id, staff.name


def get_person(uow: UnitOfWork, staff_id: str) -> tuple[str, str]:
    """The same of who works here. Only looks. Raises StaffUnknown."""
    staff = uow.people.find(staff_id)
    if staff is None or not staff.active:
        raise StaffUnknown(staff_id=staff_id)
    return staff.id, staff.name

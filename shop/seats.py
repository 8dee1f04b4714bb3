"""Seats: who is there, who takes new buyers, what happens to those who go. CW-04, CW-08, HE-10, HE-15."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shop.errors import LeftOpen, NoteNeeded
from shop.hours import opening
from shop.model import PRESENT, RECEIVING, Alert, AlertKind, Seat, SeatState, Staff
from shop.policy import Policy
from shop.ports import UnitOfWork


@dataclass(frozen=True)
class Chair:
    """A seat with who sits on it and how much there is to do."""

    seat: Seat
    staff: Staff
    load: int
    limit: int

    @property
    def free(self) -> bool:
        """Takes a new buyer now."""
        return self.seat.state is SeatState.ONLINE and self.load < self.limit


def chairs(uow: UnitOfWork, policy: Policy) -> list[Chair]:
    """Of all who may talk with buyers and have ever sat down, by id."""
    loads: Mapping[str, int] = uow.conversations.loads()
    people = {person.id: person for person in uow.people.all() if person.active and person.role in RECEIVING}
    return [
        Chair(seat, people[seat.staff_id], loads.get(seat.staff_id, 0), seat.max_buyers or policy.max_buyers)
        for seat in uow.seats.all()
        if seat.staff_id in people
    ]


def find_chair(uow: UnitOfWork, staff_id: str, policy: Policy) -> Chair | None:
    return next((chair for chair in chairs(uow, policy) if chair.staff.id == staff_id), None)


def stranded(uow: UnitOfWork) -> list[str]:
    """Who holds talks and may not, or not any more: dismissed, or in a role that talks with nobody. Staff ids."""
    may = {person.id for person in uow.people.all() if person.active and person.role in RECEIVING}
    return [staff_id for staff_id in uow.conversations.loads() if staff_id not in may]


def is_staffed(uow: UnitOfWork, policy: Policy, now: datetime) -> bool:
    """Whether a buyer who asks for a person would find one: in hours, and somebody has sat down."""
    return opening(policy, now).open and any(chair.seat.state in PRESENT for chair in chairs(uow, policy))


def is_full(uow: UnitOfWork, policy: Policy) -> bool:
    """Whether people take buyers, and each has as many as can be served."""
    taking = [chair for chair in chairs(uow, policy) if chair.seat.state is SeatState.ONLINE]
    return bool(taking) and not any(chair.free for chair in taking)


def sit_down(uow: UnitOfWork, staff: Staff, now: datetime) -> Seat:
    """The seat of who opens the console: new or known, there is a hand on the keys."""
    seat = uow.seats.find(staff.id)
    if seat is None:
        seat = Seat(staff.id, SeatState.OFFLINE, since=now)
        uow.seats.add(seat)
    else:
        seat = uow.seats.lock(staff.id)
    seat.seen_at = seat.linked_at = now
    return seat


def set_state(
    uow: UnitOfWork, staff: Staff, state: SeatState, *, note: str = "", policy: Policy, now: datetime
) -> Sequence[Alert]:
    """Raises LeftOpen(talks) for who would leave buyers behind, NoteNeeded for the last free seat without a word."""
    seat = uow.seats.lock(staff.id)
    held = uow.conversations.of_agent(staff.id)
    if state is SeatState.OFFLINE and held:
        raise LeftOpen(talks=[talk.id for talk in held])
    alerts = []
    if state is not SeatState.ONLINE and _is_last(uow, seat, policy, now):
        if not note.strip():
            raise NoteNeeded(state=state.value)
        alerts.append(_alert(uow, AlertKind.LAST_SEAT, staff.id, note.strip(), now))
    put(seat, state, now)
    return alerts


def _is_last(uow: UnitOfWork, seat: Seat, policy: Policy, now: datetime) -> bool:
    """In hours, and nobody else takes new buyers. HE-15."""
    others = (c for c in chairs(uow, policy) if c.seat.staff_id != seat.staff_id)
    free = seat.state is SeatState.ONLINE and opening(policy, now).open
    return free and not any(other.seat.state is SeatState.ONLINE for other in others)


def put(seat: Seat, state: SeatState, now: datetime) -> None:
    if seat.state is not state:
        seat.state, seat.since = state, now
    if state is not SeatState.OFFLINE:
        seat.seen_at = now


@dataclass(frozen=True)
class Swept:
    """`away` went to 示忙 and `gone` to 离线, by staff id; what those held must find new hands."""

    away: Sequence[str]
    gone: Sequence[str]
    alerts: Sequence[Alert]


def sweep(uow: UnitOfWork, linked: Iterable[str], policy: Policy, now: datetime) -> Swept:
    """Notes whose console is open here, and sees who is away from it (CW-08) or has closed it."""
    here = set(linked)
    away, gone, alerts = [], [], []
    idle, lost = now - timedelta(minutes=policy.away_minutes), now - timedelta(seconds=policy.offline_seconds)
    for seat in uow.seats.all():
        if seat.staff_id in here:
            seat.linked_at = now
        if seat.state is not SeatState.OFFLINE and (seat.linked_at or seat.since) < lost:
            put(seat, SeatState.OFFLINE, now)
            gone.append(seat.staff_id)
        elif seat.state is SeatState.ONLINE and (seat.seen_at or seat.since) < idle:
            if _is_last(uow, seat, policy, now):
                alerts.append(_alert(uow, AlertKind.LAST_SEAT, seat.staff_id, "离开超时，自动示忙", now))
            alerts.append(_alert(uow, AlertKind.AWAY, seat.staff_id, f"{policy.away_minutes} 分钟没有操作", now))
            put(seat, SeatState.BUSY, now)
            away.append(seat.staff_id)
    return Swept(away, gone, alerts)


def _alert(uow: UnitOfWork, kind: AlertKind, staff_id: str, note: str, now: datetime) -> Alert:
    alert = Alert(kind, now, staff_id=staff_id, note=note)
    uow.alerts.add(alert)
    return alert

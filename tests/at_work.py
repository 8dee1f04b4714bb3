"""People at their seats, for tests that need somebody there."""

from datetime import datetime
from typing import Any

from shop.model import Role, Seat, SeatState, Staff
from shop.staff import groups_for
from shop.wiring import Services

NAMES = {"321": "小禾", "331": "小满", "341": "小安", "200": "南星", "100": "云舒", "400": "知夏"}
ROLES = {
    "321": Role.PRESALE_AGENT,
    "331": Role.AFTERSALE_AGENT,
    "341": Role.AGENT,
    "200": Role.SUPERVISOR,
    "100": Role.MANAGER,
    "400": Role.QUALITY,
}


def employ(uow: Any, staff_id: str) -> Staff:
    """The member of staff of that number, employed if not yet."""
    staff = uow.people.find(staff_id)
    if staff is None:
        role = ROLES[staff_id]
        staff = Staff(staff_id, NAMES[staff_id], role, groups=groups_for(uow, role))
        uow.people.add(staff)
    return staff


def put_seat(
    services: Services, staff_id: str = "341", state: SeatState = SeatState.ONLINE, stays_till: datetime | None = None
) -> Staff:
    """At the seat in that state. `stays_till`: until then nobody takes it for left."""
    now = services.clock.now()
    with services.unit_of_work() as uow:
        staff = employ(uow, staff_id)
        seat = uow.seats.find(staff_id)
        if seat is None:
            uow.seats.add(Seat(staff_id, state, now, seen_at=now, linked_at=stays_till or now))
        else:
            seat.state, seat.since, seat.seen_at, seat.linked_at = state, now, now, stays_till or now
        uow.commit()
    return staff


def busy_person(services: Services, stays_till: datetime | None = None) -> Staff:
    """Somebody is there, and takes nobody now: who asks for a person waits."""
    return put_seat(services, state=SeatState.BUSY, stays_till=stays_till)

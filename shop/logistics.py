"""When it is sent, where it is, when about it arrives: derived from stored times and scans, never guessed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shop.freight import find_region
from shop.model import (
    FreightTemplate,
    Order,
    OrderStatus,
    Parcel,
    ParcelState,
    Problem,
    ScanEvent,
    ScanKind,
)
from shop.policy import Policy
from shop.settings import TIMEZONE

_BY_SCAN = {
    ScanKind.OUT_FOR_DELIVERY: ParcelState.OUT_FOR_DELIVERY,
    ScanKind.AT_PICKUP_POINT: ParcelState.AT_PICKUP_POINT,
    ScanKind.SIGNED: ParcelState.SIGNED,
    ScanKind.EXCEPTION: ParcelState.PROBLEM,
    ScanKind.RETURNING: ParcelState.RETURNED,
    ScanKind.RETURNED: ParcelState.RETURNED,
}


@dataclass(frozen=True)
class Position:
    """What can be said of a parcel. `latest` None: no scan yet. `eta` None: not known, and said so."""

    parcel: Parcel
    state: ParcelState
    latest: ScanEvent | None
    eta: date | None
    late: bool


def locate(parcel: Parcel, order: Order, policy: Policy, now: datetime) -> Position:
    """Where a parcel is at `now` (requirements TR-03, TR-04)."""
    state = parcel_state(parcel, policy, now)
    done = state in (ParcelState.SIGNED, ParcelState.DISPUTED, ParcelState.RETURNED)
    eta = None if done else _eta(parcel, order, policy)
    today = now.astimezone(TIMEZONE).date()
    overdue = eta is not None and eta < today
    return Position(parcel, state, parcel.events[0] if parcel.events else None, None if overdue else eta, overdue)


def parcel_state(parcel: Parcel, policy: Policy, now: datetime) -> ParcelState:
    """Problem marks win over scans; a moving parcel without news for `policy.still_hours` stands still."""
    if parcel.problem is Problem.NOT_RECEIVED:
        return ParcelState.DISPUTED
    if not parcel.events:
        waiting = now - parcel.sent_at > timedelta(hours=policy.first_scan_hours)
        unscanned = ParcelState.STILL if waiting else ParcelState.NO_SCAN
        return ParcelState.PROBLEM if parcel.problem else unscanned
    latest = parcel.events[0]
    if latest.kind in _BY_SCAN and not (parcel.problem and latest.kind is not ScanKind.SIGNED):
        return _BY_SCAN[latest.kind]
    if parcel.problem:
        return ParcelState.PROBLEM
    still = now - latest.at > timedelta(hours=policy.still_hours)
    return ParcelState.STILL if still else ParcelState.MOVING


def _eta(parcel: Parcel, order: Order, policy: Policy) -> date | None:
    if parcel.eta_at is not None:
        return parcel.eta_at.astimezone(TIMEZONE).date()
    region = find_region(policy.freight_regions, order.receiver.province)
    if region is None:
        return None
    return (parcel.sent_at + timedelta(days=region.days[1])).astimezone(TIMEZONE).date()


def promised_dispatch(order: Order, template: FreightTemplate | None) -> datetime | None:
    """By when it is to be sent: the template's hours after payment; None where nothing is promised."""
    if template is None or order.paid_at is None:
        return None
    return order.paid_at + timedelta(hours=template.dispatch_hours)


def is_late(order: Order, template: FreightTemplate | None, now: datetime) -> bool:
    """Paid, not sent, and past the promise."""
    promised = promised_dispatch(order, template)
    return order.status is OrderStatus.TO_SHIP and promised is not None and now > promised


def planned_dispatch(order: Order, template: FreightTemplate | None) -> date | None:
    """The day it is to go out by the cut-off rule: the day of payment, after the cut-off the next (PY-03)."""
    if template is None or order.paid_at is None:
        return None
    paid = order.paid_at.astimezone(TIMEZONE)
    return paid.date() if paid.time() <= template.cut_off else paid.date() + timedelta(days=1)

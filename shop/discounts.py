"""Prices that were given, per person and day: how much came off, which share, who approved. BG-11."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from shop.agent_prices import ASKED
from shop.errors import FieldWrong
from shop.model import Approval, ApprovalState, ChangeKind, Offer
from shop.ports import UnitOfWork
from shop.times import TIMEZONE, local

BOT = "bot"
MOST_DAYS = 366


@dataclass(frozen=True)
class Discount:
    """`agent`: who gave it or asked for it; `approver` "": within the own rights. Both staff ids, or `BOT`."""

    offer: Offer
    agent: str
    approver: str

    @property
    def off_fen(self) -> int:
        return self.offer.list_fen - self.offer.price_fen


@dataclass(frozen=True)
class DayLine:
    """One person's discounts of one day of the shop's calendar that the same person approved."""

    day: date
    agent: str
    approver: str
    count: int
    list_fen: int
    off_fen: int


@dataclass(frozen=True)
class Period:
    """Days of the shop's calendar, both inclusive. Raises FieldWrong for one that ends before it begins."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if not 0 <= (self.last - self.first).days < MOST_DAYS:
            raise FieldWrong(field="last", value=self.last.isoformat())


def find_discounts(uow: UnitOfWork, period: Period, agent: str = "") -> list[Discount]:
    """Oldest first; `agent`: only that person's (`BOT` for the bot's)."""
    since, until = _midnight(period.first), _midnight(period.last + timedelta(days=1))
    found = (_trace(uow, offer) for offer in uow.offers.given(since, until) if offer.price_fen < offer.list_fen)
    return [each for each in found if agent in ("", each.agent)]


def sum_up(discounts: Sequence[Discount]) -> list[DayLine]:
    """Newest day first; within it by person."""
    rows = sorted(discounts, key=_line_of)
    lines = [_add_up(key, list(part)) for key, part in groupby(rows, key=_line_of)]
    return sorted(lines, key=lambda line: (-line.day.toordinal(), line.agent, line.approver))


def _line_of(discount: Discount) -> tuple[date, str, str]:
    return local(discount.offer.created_at).date(), discount.agent, discount.approver


def _add_up(key: tuple[date, str, str], part: Sequence[Discount]) -> DayLine:
    return DayLine(*key, len(part), sum(d.offer.list_fen for d in part), sum(d.off_fen for d in part))


def _trace(uow: UnitOfWork, offer: Offer) -> Discount:
    approval = next(_decisions(uow, offer), None)
    if approval is None:
        return Discount(offer, offer.granted_by, "")
    asked = (change for change in uow.changes.of(ChangeKind.APPROVAL, approval.number, 9) if change.action == ASKED)
    change = next(asked, None)
    return Discount(offer, change.by if change else BOT, approval.decided_by or "")


def _decisions(uow: UnitOfWork, offer: Offer) -> Iterator[Approval]:
    """An offer that came of a decision was written down with it: same talk, same person, same moment."""
    agreed = (ApprovalState.GRANTED, ApprovalState.CHANGED)
    for approval in uow.approvals.of_conversation(offer.conversation_id):
        decided = (approval.decided_by, approval.decided_at, approval.decided_fen)
        if approval.state in agreed and decided == (offer.granted_by, offer.created_at, offer.price_fen):
            yield approval


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), TIMEZONE)

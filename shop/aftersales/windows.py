"""Until which day something may be asked for. Days are the shop's; the day of receipt is day 0. AS-05."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from shop.model import Order, Product
from shop.policy import Policy
from shop.times import local


@dataclass(frozen=True)
class Window:
    """`rule` is what a buyer reads, with {days} or {span}; `days` names the field of Policy that sets the length.

    With `warranty` the product's own months count, where it has any.
    """

    rule: str
    days: str
    since: Literal["signed_at", "paid_at"] = "signed_at"
    warranty: bool = False

    def last_day(self, order: Order, product: Product | None, policy: Policy) -> date | None:
        """The last day on which it is open, to its very end; None where it has not begun."""
        begun: datetime | None = getattr(order, self.since)
        if begun is None:
            return None
        months = self._months(product)
        first, days = local(begun).date(), self._days(policy)
        # A length of 0 days means that the shop does not offer it at all.
        return add_months(first, months) if months else first + timedelta(days=days or -1)

    def is_open(self, order: Order, product: Product | None, policy: Policy, now: datetime) -> bool:
        last = self.last_day(order, product, policy)
        return last is None or local(now).date() <= last

    def words(self, product: Product | None, policy: Policy) -> str:
        """The rule with its figures."""
        months, days = self._months(product), self._days(policy)
        span = f"{months}个月" if months else f"{days}天"
        return self.rule.format(days=days, span=span)

    def _days(self, policy: Policy) -> int:
        return int(getattr(policy, self.days))

    def _months(self, product: Product | None) -> int:
        return product.warranty_months if self.warranty and product else 0


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

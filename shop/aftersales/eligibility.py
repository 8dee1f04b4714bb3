"""Whether a kind may be asked for, and which remedies are open. Reads the table, names no kind. AS-05, AS-07."""

from datetime import datetime

from shop.aftersales.kinds import EXCEPTION, KINDS, KindRule, Remedy
from shop.aftersales.windows import Window
from shop.errors import FieldWrong, NotEligible, WrongState
from shop.model import AfterSaleKind, Order, Product
from shop.policy import Policy


def check_eligible(
    order: Order, product: Product | None, kind: AfterSaleKind, policy: Policy, now: datetime, *, wish: str = ""
) -> None:
    """Raises WrongState(rule, …) for an order in another state, NotEligible(rule[, days, until]) where a rule refuses.

    `wish` is a remedy of the kind, checked by its own window; FieldWrong where the kind has none of that name.
    """
    rule = KINDS[kind]
    if order.status not in rule.statuses:
        raise WrongState(order_no=order.order_no, status=order.status.value, to=kind.value, rule=rule.when)
    if rule.return_exception and product and product.return_exception:
        raise NotEligible(rule=EXCEPTION.format(reason=product.return_exception), order_no=order.order_no)
    window = _find_remedy(rule, wish).window if wish else None
    _check_window(window or rule.window, order, product, policy, now)


def _find_remedy(rule: KindRule, wish: str) -> Remedy:
    remedy = next((remedy for remedy in rule.remedies if remedy.name == wish), None)
    if remedy is None:
        raise FieldWrong(field="wish", value=wish)
    return remedy


def _check_window(window: Window | None, order: Order, product: Product | None, policy: Policy, now: datetime) -> None:
    if window is None or window.is_open(order, product, policy, now):
        return
    last = window.last_day(order, product, policy)
    raise NotEligible(
        rule=window.words(product, policy),
        order_no=order.order_no,
        days=getattr(policy, window.days),
        until=last.isoformat() if last else None,
    )


def remedies(
    kind: AfterSaleKind, order: Order, policy: Policy, now: datetime, product: Product | None = None
) -> list[str]:
    """What the buyer may choose now, the usual one first; empty where nothing is."""
    rule = KINDS[kind]
    if order.status not in rule.statuses:
        return []
    return [r.name for r in rule.remedies if _is_open(r.window or rule.window, order, product, policy, now)]


def _is_open(window: Window | None, order: Order, product: Product | None, policy: Policy, now: datetime) -> bool:
    return window is None or window.is_open(order, product, policy, now)

"""Intents that one wish turns into as the order goes on: the same words mean one or the other by its state."""

ONE_WISH: tuple[frozenset[str], ...] = (
    frozenset({"cancel_order", "request_return", "request_refund"}),
    frozenset({"change_order", "request_exchange"}),
    frozenset({"urge_shipment", "urge_delivery", "track_order", "report_not_received"}),
)
"""退吧 / 换个码 / 还没到吗: before and after dispatch and receipt (which is which: `bot.actions.topics`)."""


def are_one_wish(first: str, second: str) -> bool:
    return any(first in wish and second in wish for wish in ONE_WISH)

"""Where an order of the demo shop can stand. Every figure is hours before now, as a range to draw from."""

from dataclasses import dataclass

from shop.model import DeliveryMethod, OrderStatus, Problem, ScanKind

Hours = tuple[float, float]
DAY = 24.0


@dataclass(frozen=True)
class Course:
    """One parcel: sent, last heard of, and what was heard last (None: nothing at all)."""

    sent: Hours
    heard: Hours = (0, 0)
    last: ScanKind | None = None
    problem: Problem | None = None


@dataclass(frozen=True)
class Situation:
    """`paid` None: not paid. `order` is written one to thirty minutes before payment. `goods`: lines at least."""

    status: OrderStatus
    ordered: Hours
    paid: bool = True
    courses: tuple[Course, ...] = ()
    goods: int = 1
    delivery: DeliveryMethod = DeliveryMethod.DELIVERY
    returnable: bool = False
    """Only goods without a return exception."""
    shift: Hours = (0, 0)
    """All of it this much longer ago."""


S, K = OrderStatus, ScanKind

SITUATIONS: dict[str, Situation] = {
    "unpaid": Situation(S.UNPAID, (0.5, 20), paid=False),
    "timed_out": Situation(S.CLOSED, (2 * DAY, 3 * DAY), paid=False, shift=(0, 55 * DAY)),
    "fresh": Situation(S.TO_SHIP, (1, 18)),
    "late": Situation(S.TO_SHIP, (32, 60)),
    "refunding": Situation(S.TO_SHIP, (12, 20)),
    "self_pickup": Situation(S.TO_SHIP, (3, 30), delivery=DeliveryMethod.PICKUP),
    "partly": Situation(S.PARTLY_SHIPPED, (40, 60), courses=(Course((22, 30), (3, 12), K.ARRIVED),), goods=2),
    "sent": Situation(S.SHIPPED, (20, 30), courses=(Course((2, 12)),)),
    "unscanned": Situation(S.SHIPPED, (60, 80), courses=(Course((34, 50)),)),
    "moving": Situation(S.SHIPPED, (50, 80), courses=(Course((26, 40), (2, 14), K.ARRIVED),)),
    "still": Situation(S.SHIPPED, (110, 130), courses=(Course((84, 96), (50, 50), K.DEPARTED),)),
    "out": Situation(S.SHIPPED, (80, 100), courses=(Course((60, 76), (1, 4), K.OUT_FOR_DELIVERY),)),
    "pickup_point": Situation(S.SHIPPED, (90, 110), courses=(Course((70, 84), (5, 22), K.AT_PICKUP_POINT),)),
    "wrong_address": Situation(
        S.SHIPPED, (100, 120), courses=(Course((80, 90), (6, 20), K.EXCEPTION, Problem.ADDRESS),)
    ),
    "unreachable": Situation(
        S.SHIPPED, (100, 120), courses=(Course((80, 90), (6, 20), K.EXCEPTION, Problem.UNREACHABLE),)
    ),
    "damaged": Situation(S.SHIPPED, (100, 120), courses=(Course((80, 90), (10, 30), K.EXCEPTION, Problem.DAMAGED),)),
    "lost": Situation(S.SHIPPED, (220, 230), courses=(Course((190, 210), (140, 150), K.ARRIVED, Problem.LOST),)),
    "returning": Situation(S.SHIPPED, (140, 160), courses=(Course((120, 130), (10, 30), K.RETURNING),)),
    "returned": Situation(S.CLOSED, (260, 300), courses=(Course((240, 250), (60, 90), K.RETURNED),)),
    "split": Situation(
        S.SHIPPED,
        (90, 110),
        courses=(Course((70, 84), (20, 28), K.SIGNED), Course((44, 60), (4, 12), K.ARRIVED)),
        goods=2,
    ),
    "signed": Situation(S.SIGNED, (9 * DAY, 10 * DAY), courses=(Course((7.5 * DAY, 8.5 * DAY), (20, 110), K.SIGNED),)),
    "signed_3_days": Situation(
        S.SIGNED, (7 * DAY, 8 * DAY), courses=(Course((6 * DAY, 6.5 * DAY), (70, 74), K.SIGNED),), returnable=True
    ),
    "exchanging": Situation(
        S.SIGNED, (8 * DAY, 9 * DAY), courses=(Course((7 * DAY, 7.5 * DAY), (90, 110), K.SIGNED),), returnable=True
    ),
    "disputed": Situation(
        S.SIGNED, (7 * DAY, 8 * DAY), courses=(Course((6 * DAY, 6.5 * DAY), (20, 44), K.SIGNED, Problem.NOT_RECEIVED),)
    ),
    "completed": Situation(
        S.COMPLETED,
        (20 * DAY, 25 * DAY),
        courses=(Course((18 * DAY, 19 * DAY), (14 * DAY, 16 * DAY), K.SIGNED),),
        shift=(0, 45 * DAY),
    ),
    "signed_40_days": Situation(
        S.COMPLETED, (45 * DAY, 46 * DAY), courses=(Course((44 * DAY, 44.5 * DAY), (40 * DAY, 40.2 * DAY), K.SIGNED),)
    ),
    "refunded": Situation(
        S.CLOSED,
        (26 * DAY, 30 * DAY),
        courses=(Course((24 * DAY, 25 * DAY), (20 * DAY, 21 * DAY), K.SIGNED),),
        returnable=True,
    ),
}

SHARES = {
    "completed": 24,
    "signed_40_days": 8,
    "signed": 13,
    "signed_3_days": 4,
    "moving": 13,
    "fresh": 8,
    "unpaid": 5,
    "timed_out": 6,
    "late": 3,
    "out": 4,
    "pickup_point": 3,
    "sent": 3,
    "unscanned": 1.5,
    "still": 2,
    "partly": 1.5,
    "split": 1.5,
    "self_pickup": 1,
    "wrong_address": 0.8,
    "unreachable": 0.8,
    "damaged": 0.8,
    "lost": 0.8,
    "returning": 0.8,
    "returned": 1,
    "disputed": 1.2,
    "refunded": 2,
    "refunding": 1.5,
    "exchanging": 1.2,
}
"""How the crowd's orders are spread."""

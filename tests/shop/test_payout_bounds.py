"""In whatever order people give, ask and decide: never more than was paid, no role beyond its limit. HE-06."""

import pytest
from at_work import employ
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.errors import AlreadyOpen, BeyondAuthority, Decided, MoreThanPaid, WrongState
from shop.model import (
    PAID_OUT,
    Payout,
    PayoutKind,
    PayoutState,
)
from shop.payout_answers import Verdict, answer_payout
from shop.payout_limits import LIMITS, payable_fen
from shop.payouts import ask_for_payout, give_payout
from shop.policy import Policy
from shop.ports import UnitOfWork
from shop.takeover import take
from shop.wiring import Services
from tests.conftest import SettableClock
from tests.shop.paying import MANAGER, ORDER, PAID, SUPERVISOR, moment, order_of, put_order, wish


class Till:
    """One order, many who give and decide: in every order of things the sums hold."""

    def __init__(self, uow: UnitOfWork, clock: SettableClock) -> None:
        self.uow, self.clock, self.talk = uow, clock, put_order(uow, clock, MANAGER)
        self.asked: list[str] = []

    def do(self, deed: str, kind: PayoutKind, amount: int, who: str) -> None:
        """What is refused changes nothing; the talk goes to who acts, as a leader may take it."""
        at = moment(self.uow, self.clock)
        staff = employ(self.uow, who)
        try:
            if deed == "decide":
                answer_payout(self.uow, self.asked[-1], staff, Verdict(PayoutState.CHANGED, amount), at)
                return
            take(self.uow, self.talk, staff, at)
            made: Payout = {"give": give_payout, "ask": ask_for_payout}[deed](
                self.uow, self.talk, staff, wish(amount, kind), at
            )
            self.asked.append(made.number)
        except (AlreadyOpen, BeyondAuthority, Decided, MoreThanPaid, WrongState, IndexError):
            pass


DEEDS = st.tuples(
    st.sampled_from(["give", "ask", "decide", "decide"]),
    st.sampled_from(list(PayoutKind)),
    st.integers(1, PAID + 50_00),
    st.sampled_from([SUPERVISOR, MANAGER]),
)


@pytest.mark.req("HE-06")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(deeds=st.lists(DEEDS, min_size=3, max_size=12))
def test_refunds_and_compensations_together_are_never_more_than_was_paid(
    services: Services, clock: SettableClock, deeds: list[tuple[str, PayoutKind, int, str]]
) -> None:
    """No example is committed: each begins with the empty shop."""
    with services.unit_of_work() as uow:
        till = Till(uow, clock)
        for deed in deeds:
            till.do(*deed)
            payouts = uow.payouts.of_order(ORDER)
            given_fen = sum(payout.amount_fen or 0 for payout in payouts if payout.state in PAID_OUT)
            assert given_fen <= PAID
            assert given_fen + payable_fen(uow, order_of(uow)) == PAID
            for kind in PayoutKind:
                own = sum(p.amount_fen or 0 for p in payouts if p.kind is kind and p.decided_by == SUPERVISOR)
                assert own <= LIMITS[kind](Policy()).supervisor

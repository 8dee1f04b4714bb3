"""No talk whatever leads to a price below the limit, to two open offers, or to two effects of one turn. BG-03."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from shop.bargain_moves import Move
from shop.bargaining import Ask, about_order, about_product, announce_decision, answer_bargain, decide_approval
from shop.errors import BeyondAuthority, FieldWrong
from shop.model import ApprovalState, BargainMove, Offer, OfferState, Role
from shop.offers import Subject, bot_price, lowest_fen, offers_to
from shop.policy import DiscountTier, Policy
from shop.price_changes import find_offer_for, price_change_state, use_offer
from shop.wiring import wire
from tests.conftest import SettableClock, settings_for
from tests.shop.making import find_talk, make_line, make_order, make_product, open_shop

FEN = st.integers(1, 300) | st.integers(1, 10**8)
PER_MILLE = st.integers(0, 900)
ASKS = st.one_of(
    st.just(Ask()),
    st.builds(Ask, price_fen=st.integers(-5, 10**8)),
    st.builds(Ask, off_fen=st.integers(-5, 10**8)),
    st.builds(Ask, discount=st.integers(0, 1500)),
)
TALKS = st.sampled_from(["c1", "c2"])
GOODS = st.sampled_from(["TEE", "CAP", "order"])
PRICED = frozenset({BargainMove.OFFER, BargainMove.STANDING, BargainMove.COUNTER})


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Any tiers that the manager may set."""
    starts = sorted({0, *draw(st.lists(st.integers(1, 10**7), max_size=3))})
    tiers = [DiscountTier(start, *sorted(draw(st.tuples(PER_MILLE, PER_MILLE, PER_MILLE)))) for start in starts]
    hours, rounds = draw(st.integers(1, 72)), draw(st.integers(1, 10))
    return Policy(discount_tiers=tuple(tiers), offer_hours=hours, bargain_rounds=rounds)


@pytest.mark.req("BG-03")
@given(list_fen=FEN, near=st.none() | st.integers(-20, 20), policy=policies())
def test_the_bots_price_lies_between_its_limit_and_the_shops_price(
    list_fen: int, near: int | None, policy: Policy
) -> None:
    limit = policy.tier_for(list_fen).bot
    asked = None if near is None else max(0, lowest_fen(list_fen, limit) + near)
    price = bot_price(list_fen, asked, policy)
    if price is None:
        assert lowest_fen(list_fen, limit) == list_fen
        return
    assert price < list_fen
    assert price * 1000 >= list_fen * (1000 - limit)
    assert asked is None or asked >= list_fen or price >= asked


class AnyTalk(RuleBasedStateMachine):
    """Two buyers, two products, an order each; asks, time, prices, policies and decisions in any order."""

    empty: Path

    @initialize(tee=FEN, cap=FEN, policy=policies())
    def open(self, tee: int, cap: int, policy: Policy) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.clock, self.policy = SettableClock(), policy
        self.services = wire(settings_for(Path(shutil.copy(self.empty, self.folder / "shop.db"))), self.clock)
        self.uow = self.services.unit_of_work()
        open_shop(self.uow, make_product("TEE", tee), make_product("CAP", cap))
        for number in (1, 2):
            lines = [make_line("TEE", tee, 2), make_line("CAP", cap)]
            self.uow.orders.add(make_order(f"XS{number}", lines=lines, buyer_id=f"b{number}"))
        self.turn = 0
        self.floors: dict[str, int] = {}
        self.last: tuple[str, Subject, Ask, str, Move] | None = None
        self.paid: dict[str, int] = {}

    def teardown(self) -> None:
        if hasattr(self, "services"):
            self.services.close()
            shutil.rmtree(self.folder)

    def subject(self, goods: str, talk: str) -> Subject:
        if goods != "order":
            return about_product(self.uow.products.get(goods))
        order = self.uow.orders.find(f"XS{talk[1]}")
        assert order is not None
        return about_order(order)

    def learn(self, by: int) -> None:
        """Every offer that is new was made under the policy of now, `by` per mille at most."""
        for number in (1, 2):
            for offer in self.uow.offers.of_buyer(f"b{number}"):
                self.floors.setdefault(offer.number, lowest_fen(offer.list_fen, by))

    def bot_limit(self, subject: Subject) -> int:
        return self.policy.tier_for(subject.list_fen).bot

    @rule(talk=TALKS, goods=GOODS, asks=st.lists(ASKS, min_size=1, max_size=4))
    def messages(self, talk: str, goods: str, asks: list[Ask]) -> None:
        for ask in asks:
            self.message(talk, self.subject(goods, talk), ask)

    @rule(talk=TALKS, goods=GOODS, near=st.integers(-2, 2))
    def a_message_close_to_the_limit(self, talk: str, goods: str, near: int) -> None:
        subject = self.subject(goods, talk)
        self.message(talk, subject, Ask(price_fen=lowest_fen(subject.list_fen, self.bot_limit(subject)) + near))

    def message(self, talk: str, subject: Subject, ask: Ask) -> None:
        self.turn += 1
        before = {o.number for o in offers_to(self.uow, find_talk(self.uow, talk))}
        move = self.answer(talk, subject, ask, f"t{self.turn}")
        self.learn(self.bot_limit(subject))
        self.last = (talk, subject, ask, f"t{self.turn}", move)
        assert (move.offer is not None) == (move.kind in PRICED)
        if move.offer and move.offer.number not in before:
            asked = ask.target_fen(subject.list_fen)
            assert asked is None or asked >= subject.list_fen or move.offer.price_fen >= asked

    def answer(self, talk: str, subject: Subject, ask: Ask, turn: str) -> Move:
        conversation, now = find_talk(self.uow, talk), self.clock.now()
        return answer_bargain(self.uow, conversation, subject, ask, policy=self.policy, now=now, turn_id=turn)

    @precondition(lambda self: self.last is not None)
    @rule()
    def the_turn_runs_again(self) -> None:
        assert self.last is not None
        talk, subject, ask, turn, move = self.last
        rounds = len(self.uow.bargains.of_conversation(talk))
        offers = len(offers_to(self.uow, find_talk(self.uow, talk)))
        assert self.answer(talk, subject, ask, turn) == move
        assert rounds == len(self.uow.bargains.of_conversation(talk))
        assert offers == len(offers_to(self.uow, find_talk(self.uow, talk)))

    @rule(hours=st.integers(0, 100))
    def time_passes(self, hours: int) -> None:
        self.clock.advance(hours=hours, seconds=1)

    @rule(policy=policies())
    def the_manager_sets_other_limits(self, policy: Policy) -> None:
        self.policy = policy

    @rule(goods=st.sampled_from(["TEE", "CAP"]), price=FEN)
    def the_price_changes(self, goods: str, price: int) -> None:
        self.uow.products.get(goods).variants[0].price_fen = price

    @precondition(lambda self: self.uow.approvals.waiting())
    @rule(
        verdict=st.sampled_from([ApprovalState.REJECTED, ApprovalState.GRANTED, ApprovalState.CHANGED]),
        role=st.sampled_from(Role),
        price=FEN,
        tell=st.booleans(),
    )
    def a_person_decides(self, verdict: ApprovalState, role: Role, price: int, tell: bool) -> None:
        approval = self.uow.approvals.waiting()[0]
        price = min(price, approval.list_fen)
        try:
            decide_approval(
                self.uow,
                approval.number,
                by="s1",
                role=role,
                verdict=verdict,
                price_fen=price,
                policy=self.policy,
                now=self.clock.now(),
            )
        except (BeyondAuthority, FieldWrong):
            assert approval.state is ApprovalState.WAITING
            return
        tier = self.policy.tier_for(approval.list_fen)
        self.learn({Role.MANAGER: 1000, Role.SUPERVISOR: tier.supervisor}.get(role, tier.agent))
        if tell:
            announce_decision(self.uow, approval.number, self.policy, self.clock.now())
            self.learn(tier.bot)

    @rule(talk=TALKS)
    def the_offer_is_used(self, talk: str) -> None:
        order = self.uow.orders.find(f"XS{talk[1]}")
        assert order is not None
        offer = find_offer_for(self.uow, find_talk(self.uow, talk), order, self.clock.now())
        if offer is None or order.order_no in self.paid:
            return
        before = order.total_fen
        total = use_offer(self.uow, offer, order, self.clock.now())
        assert total == order.total_fen < before
        assert price_change_state(order, offer).changed
        self.paid[order.order_no] = total

    @invariant()
    def no_offer_is_below_the_limit_that_held_when_it_was_made(self) -> None:
        for offer in self.offers():
            assert self.floors[offer.number] <= offer.price_fen < offer.list_fen

    @invariant()
    def there_are_never_two_open_offers_for_one_thing(self) -> None:
        now = self.clock.now() if hasattr(self, "clock") else None
        standing = [
            (o.buyer_id, o.product_code, o.sku, o.order_no)
            for o in self.offers()
            if o.state is OfferState.OPEN and now is not None and now < o.expires_at
        ]
        assert len(standing) == len(set(standing))

    @invariant()
    def nothing_is_asked_of_the_leader_twice_at_once(self) -> None:
        if hasattr(self, "uow"):
            waiting = [(a.conversation_id, a.product_code, a.order_no) for a in self.uow.approvals.waiting()]
            assert len(waiting) == len(set(waiting))

    @invariant()
    def an_order_is_made_cheaper_once_at_most(self) -> None:
        for order_no, total in getattr(self, "paid", {}).items():
            order = self.uow.orders.find(order_no)
            assert order is not None
            assert order.total_fen == order.goods_fen - order.discount_fen + order.freight_fen == total

    def offers(self) -> list[Offer]:
        if not hasattr(self, "uow"):
            return []
        return [o for number in (1, 2) for o in self.uow.offers.of_buyer(f"b{number}")]


@pytest.mark.req("BG-03", "BG-04", "BG-10")
def test_no_talk_leads_below_the_limit_or_to_two_offers(empty_shop: Path) -> None:
    machine = type("Machine", (AnyTalk,), {"empty": empty_shop})
    case = machine.TestCase
    case.settings = settings(
        max_examples=30, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
    )
    case().runTest()

"""Bargaining step by step; that no price ever falls below the limit is in test_bargaining_limits.py."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count

import pytest

from shop.bargain_moves import Move
from shop.bargaining import Ask, about_order, about_product, announce_decision, answer_bargain, decide_approval
from shop.errors import BeyondAuthority, FieldWrong, RequestUnknown, WrongState
from shop.model import ApprovalState, BargainMove, OfferState, OrderStatus, Role
from shop.offers import Subject, find_standing
from shop.policy import DiscountTier, Policy
from shop.ports import UnitOfWork
from shop.price_changes import use_offer
from shop.wiring import Services
from tests.conftest import SettableClock
from tests.shop.making import find_talk, make_order, make_product, open_shop

M = BargainMove
POLICY = Policy(discount_tiers=(DiscountTier(0, 30, 60, 120),), bargain_rounds=3, offer_hours=24)
NO_ROOM = replace(POLICY, discount_tiers=(DiscountTier(0, 0, 60, 120),))
LOWER = Ask()


@dataclass
class Haggle:
    """One open transaction in which a buyer and the people behind the bot talk."""

    uow: UnitOfWork
    clock: SettableClock
    subject: Subject
    policy: Policy = POLICY
    turns: Iterator[int] = field(default_factory=count)

    def say(self, ask: Ask = LOWER, *, turn: str = "", talk: str = "c1", subject: Subject | None = None) -> Move:
        self.clock.advance(seconds=30)
        return answer_bargain(
            self.uow,
            find_talk(self.uow, talk),
            subject or self.subject,
            ask,
            policy=self.policy,
            now=self.clock.now(),
            turn_id=turn or f"t{next(self.turns)}",
        )

    def kinds(self, *asks: Ask) -> list[BargainMove]:
        return [self.say(ask).kind for ask in asks]

    def decide(self, verdict: ApprovalState, price_fen: int | None = None, role: Role = Role.SUPERVISOR) -> str:
        self.clock.advance(seconds=30)
        number = self.uow.approvals.waiting()[0].number
        decide_approval(
            self.uow,
            number,
            by="s1",
            role=role,
            verdict=verdict,
            price_fen=price_fen,
            policy=self.policy,
            now=self.clock.now(),
        )
        return number

    def announce(self, number: str) -> Move:
        return announce_decision(self.uow, number, self.policy, self.clock.now())


@pytest.fixture
def haggle(services: Services, clock: SettableClock) -> Iterator[Haggle]:
    with services.unit_of_work() as uow:
        open_shop(uow, make_product(), make_product("CAP", 59_00))
        yield Haggle(uow, clock, about_product(uow.products.get("TEE")))


def price(yuan: int) -> Ask:
    return Ask(price_fen=yuan * 100)


@pytest.mark.req("BG-01")
def test_the_first_message_gets_the_shops_stand_even_with_a_price_within_the_limit(haggle: Haggle) -> None:
    move = haggle.say(price(99))
    assert (move.kind, move.offer_fen) == (M.STAND, None)
    assert haggle.uow.offers.of_buyer("b1") == []


@pytest.mark.req("BG-02")
def test_the_second_message_gets_the_value_and_still_no_price(haggle: Haggle) -> None:
    assert haggle.kinds(LOWER, price(99)) == [M.STAND, M.VALUE]
    assert haggle.uow.offers.of_buyer("b1") == []


@pytest.mark.req("BG-04")
def test_the_third_message_gets_one_offer_at_the_limit_that_expires(haggle: Haggle) -> None:
    move = [haggle.say() for _ in range(3)][-1]
    assert (move.kind, move.offer_fen, move.saved_fen, move.discount) == (M.OFFER, 97_00, 3_00, 970)
    assert move.expires_at == haggle.clock.now() + timedelta(hours=24)
    (stored,) = haggle.uow.offers.of_buyer("b1")
    assert (stored.price_fen, stored.list_fen, stored.product_code, stored.sku) == (97_00, 100_00, "TEE", "TEE-1")


@pytest.mark.req("BG-04")
@pytest.mark.parametrize(
    ("ask", "given"),
    [
        (Ask(price_fen=98_50), 98_50),
        (Ask(off_fen=2_00), 98_00),
        (Ask(discount=980), 98_00),
        (Ask(price_fen=97_00), 97_00),
        (Ask(price_fen=96_99), 97_00),
        (Ask(off_fen=50_00), 97_00),
        (Ask(discount=850), 97_00),
    ],
)
def test_the_offer_gives_what_was_asked_and_never_more_than_the_limit(haggle: Haggle, ask: Ask, given: int) -> None:
    assert [haggle.say(ask).offer_fen for _ in range(3)] == [None, None, given]


def test_who_names_a_price_above_the_shops_is_given_nothing(haggle: Haggle) -> None:
    assert haggle.kinds(LOWER, LOWER, price(120), LOWER) == [M.STAND, M.VALUE, M.VALUE, M.OFFER]


def test_a_limit_that_is_no_whole_jiao_is_rounded_up_to_one(haggle: Haggle) -> None:
    haggle.subject = Subject(99_90, "TEE", "TEE-1")
    assert [haggle.say().offer_fen for _ in range(3)][-1] == 97_00  # 96.903


@pytest.mark.req("BG-04")
def test_an_offer_that_stands_is_repeated_and_not_improved(haggle: Haggle) -> None:
    first = [haggle.say(price(98)) for _ in range(3)][-1]
    again = [haggle.say(price(98)), haggle.say(price(97)), haggle.say(price(99))]
    assert {m.kind for m in again} == {M.STANDING}
    assert {m.offer.number for m in again if m.offer} == {first.offer.number if first.offer else None}


@pytest.mark.req("BG-05")
def test_who_wants_more_than_the_limit_is_put_before_the_leader_once(haggle: Haggle) -> None:
    moves = [haggle.say(price(90)) for _ in range(5)]
    assert [m.kind for m in moves] == [M.STAND, M.VALUE, M.OFFER, M.ASK_LEADER, M.ASK_LEADER]
    assert [m.waiting for m in moves[3:]] == [False, True]
    (asked,) = haggle.uow.approvals.waiting()
    assert (asked.asked_fen, asked.list_fen, asked.buyer_id, asked.product_code) == (90_00, 100_00, "b1", "TEE")


@pytest.mark.req("BG-05")
def test_who_names_no_figure_after_the_limit_was_offered_is_put_before_the_leader_too(haggle: Haggle) -> None:
    assert haggle.kinds(LOWER, LOWER, LOWER, LOWER)[-1] is M.ASK_LEADER
    assert haggle.uow.approvals.waiting()[0].asked_fen is None


@pytest.mark.req("BG-05")
def test_a_bot_without_authority_asks_the_leader_where_it_would_have_offered(haggle: Haggle) -> None:
    haggle.policy = NO_ROOM
    assert haggle.kinds(LOWER, LOWER, price(99)) == [M.STAND, M.VALUE, M.ASK_LEADER]


@pytest.mark.req("BG-06")
def test_a_rejection_is_followed_by_one_counter_offer_and_one_second_request(haggle: Haggle) -> None:
    haggle.policy = replace(POLICY, bargain_rounds=10)
    for _ in range(4):
        haggle.say(price(90))
    haggle.decide(ApprovalState.REJECTED)
    counter = haggle.say(price(92))
    assert (counter.kind, counter.offer_fen) == (M.COUNTER, 97_00)
    assert haggle.say(price(92)).kind is M.ASK_LEADER
    assert [a.attempt for a in haggle.uow.approvals.of_conversation("c1")] == [2, 1]
    haggle.decide(ApprovalState.REJECTED)
    assert haggle.kinds(price(92), LOWER) == [M.TO_PERSON, M.TO_PERSON]


@pytest.mark.req("BG-06")
def test_a_counter_offer_may_go_on_to_the_limit_and_takes_the_earlier_offers_place(haggle: Haggle) -> None:
    for ask in (price(99), price(99), price(99), price(90)):
        haggle.say(ask)
    haggle.decide(ApprovalState.REJECTED)
    assert haggle.say().offer_fen == 97_00
    states = {o.price_fen: o.state for o in haggle.uow.offers.of_buyer("b1")}
    assert states == {99_00: OfferState.EXPIRED, 97_00: OfferState.OPEN}


@pytest.mark.req("BG-06")
def test_a_rejection_with_nothing_to_counter_goes_to_a_person(haggle: Haggle) -> None:
    haggle.policy = NO_ROOM
    haggle.kinds(LOWER, LOWER, LOWER)
    haggle.decide(ApprovalState.REJECTED)
    assert haggle.say().kind is M.TO_PERSON


@pytest.mark.req("BG-09")
def test_after_the_set_number_of_rounds_a_person_decides(haggle: Haggle) -> None:
    kinds = haggle.kinds(*[LOWER] * 7)
    assert kinds == [M.STAND, M.VALUE, M.OFFER, M.ASK_LEADER, M.ASK_LEADER, M.ASK_LEADER, M.TO_PERSON]


def test_who_accepts_is_told_that_the_offer_stands_however_long_the_talk_was(haggle: Haggle) -> None:
    haggle.kinds(*[LOWER] * 8)
    assert haggle.say(price(97)).kind is M.STANDING


@pytest.mark.req("BG-04")
def test_an_expired_offer_does_not_stand_and_the_next_one_keeps_the_limit(haggle: Haggle) -> None:
    for _ in range(3):
        haggle.say(price(99))
    haggle.clock.advance(hours=23)
    assert haggle.say(price(99)).kind is M.STANDING
    haggle.clock.advance(hours=2)
    again = haggle.say(price(80))
    assert (again.kind, again.offer_fen) == (M.OFFER, 97_00)
    assert [o.state for o in haggle.uow.offers.of_buyer("b1")] == [OfferState.OPEN, OfferState.EXPIRED]


def test_a_talk_that_rested_longer_than_an_offer_lasts_begins_anew(haggle: Haggle) -> None:
    haggle.kinds(*[LOWER] * 3)
    haggle.clock.advance(hours=25)
    assert haggle.kinds(LOWER, LOWER, LOWER) == [M.STAND, M.VALUE, M.OFFER]


def test_another_product_is_bargained_about_from_the_beginning(haggle: Haggle) -> None:
    haggle.kinds(*[LOWER] * 3)
    cap = about_product(haggle.uow.products.get("CAP"))
    assert haggle.say(subject=cap).kind is M.STAND
    assert haggle.say(price(97)).kind is M.STANDING


@pytest.mark.req("BG-10")
def test_another_buyer_gets_nothing_from_this_buyers_offer(haggle: Haggle) -> None:
    haggle.kinds(*[LOWER] * 3)
    assert haggle.say(price(97), talk="c2").kind is M.STAND
    assert find_standing(haggle.uow, find_talk(haggle.uow, "c2"), haggle.subject, haggle.clock.now()) is None


def test_the_same_turn_again_gets_the_same_move_and_changes_nothing(haggle: Haggle) -> None:
    first = [haggle.say(price(90), turn=f"x{n}") for n in range(4)]
    again = [haggle.say(price(90), turn=f"x{n}") for n in range(4)]
    assert again == first
    assert len(haggle.uow.bargains.of_conversation("c1")) == 4
    assert len(haggle.uow.offers.of_buyer("b1")) == len(haggle.uow.approvals.waiting()) == 1


def test_an_order_is_bargained_about_by_its_total_until_it_has_its_special_price(haggle: Haggle) -> None:
    order = make_order(freight_fen=10_00)
    haggle.uow.orders.add(order)
    haggle.subject = about_order(order)
    move = [haggle.say() for _ in range(3)][-1]
    assert (move.kind, move.list_fen, move.offer_fen) == (M.OFFER, 110_00, 106_70)
    assert move.offer is not None
    use_offer(haggle.uow, move.offer, order, haggle.clock.now())
    haggle.subject = about_order(order)
    assert haggle.kinds(*[price(90)] * 4) == [M.STANDING, M.STANDING, M.STANDING, M.TO_PERSON]
    assert haggle.uow.approvals.waiting() == []


def test_an_order_that_is_paid_is_not_bargained_about(haggle: Haggle) -> None:
    with pytest.raises(WrongState):
        about_order(make_order(status=OrderStatus.TO_SHIP))


@pytest.mark.req("BG-07")
def test_a_granted_request_becomes_the_buyers_offer_and_replaces_the_bots(haggle: Haggle) -> None:
    haggle.kinds(*[price(90)] * 4)
    number = haggle.decide(ApprovalState.GRANTED)
    told = haggle.announce(number)
    assert (told.kind, told.offer_fen) == (M.STANDING, 90_00)
    assert told.offer is not None and told.offer.granted_by == "s1"
    assert [o.price_fen for o in haggle.uow.offers.of_buyer("b1") if o.state is OfferState.OPEN] == [90_00]
    assert haggle.say(price(85)).kind is M.STANDING


@pytest.mark.req("BG-07")
def test_a_changed_price_is_offered_and_the_decision_is_recorded(haggle: Haggle) -> None:
    haggle.kinds(*[price(80)] * 4)
    number = haggle.decide(ApprovalState.CHANGED, 93_00)
    assert haggle.announce(number).offer_fen == 93_00
    approval = haggle.uow.approvals.find(number)
    assert approval is not None
    assert (approval.state, approval.decided_fen, approval.decided_by) == (ApprovalState.CHANGED, 93_00, "s1")


@pytest.mark.req("BG-06", "BG-07")
def test_a_rejection_can_be_told_unasked_and_is_told_once(haggle: Haggle) -> None:
    haggle.kinds(*[price(90)] * 4)
    number = haggle.decide(ApprovalState.REJECTED)
    first = haggle.announce(number)
    assert (first.kind, first.offer_fen) == (M.COUNTER, 97_00)
    assert haggle.announce(number) == first
    assert haggle.say(price(90)).kind is M.ASK_LEADER


def test_a_decision_is_not_told_before_it_is_made(haggle: Haggle) -> None:
    haggle.kinds(*[price(90)] * 4)
    with pytest.raises(WrongState):
        haggle.announce(haggle.uow.approvals.waiting()[0].number)


@pytest.mark.req("BG-03")
@pytest.mark.parametrize(
    ("role", "yuan"),
    [(Role.SUPERVISOR, 87), (Role.AGENT, 93), (Role.LEADER, 93), (Role.WAREHOUSE, 99), (Role.QUALITY, 99)],
)
def test_nobody_decides_beyond_the_authority_of_the_role(haggle: Haggle, role: Role, yuan: int) -> None:
    haggle.kinds(*[price(80)] * 4)
    with pytest.raises(BeyondAuthority):
        haggle.decide(ApprovalState.CHANGED, yuan * 100, role)
    assert haggle.uow.approvals.waiting()


@pytest.mark.req("BG-03")
@pytest.mark.parametrize(("role", "yuan"), [(Role.MANAGER, 50), (Role.SUPERVISOR, 88), (Role.AGENT, 94)])
def test_a_price_at_the_edge_of_the_authority_is_allowed(haggle: Haggle, role: Role, yuan: int) -> None:
    haggle.kinds(*[price(40)] * 4)
    haggle.decide(ApprovalState.CHANGED, yuan * 100, role)
    assert haggle.say(price(yuan)).offer_fen == yuan * 100


@pytest.mark.req("BG-03")
def test_who_has_no_say_in_prices_cannot_reject_either(haggle: Haggle) -> None:
    haggle.kinds(*[price(80)] * 4)
    with pytest.raises(BeyondAuthority):
        haggle.decide(ApprovalState.REJECTED, None, Role.WAREHOUSE)


@pytest.mark.parametrize("yuan", [0, 100, 101, -1])
def test_a_decided_price_lies_between_nothing_and_the_shops_price(haggle: Haggle, yuan: int) -> None:
    haggle.kinds(*[price(80)] * 4)
    with pytest.raises(FieldWrong):
        haggle.decide(ApprovalState.CHANGED, yuan * 100, Role.MANAGER)


def test_a_request_without_a_figure_cannot_be_granted_as_it_is(haggle: Haggle) -> None:
    haggle.kinds(*[LOWER] * 4)
    with pytest.raises(FieldWrong):
        haggle.decide(ApprovalState.GRANTED)


def test_a_request_is_decided_once(haggle: Haggle) -> None:
    haggle.kinds(*[price(90)] * 4)
    number = haggle.decide(ApprovalState.GRANTED)
    with pytest.raises(WrongState):
        decide_approval(
            haggle.uow,
            number,
            by="s2",
            role=Role.MANAGER,
            verdict=ApprovalState.REJECTED,
            price_fen=None,
            policy=POLICY,
            now=haggle.clock.now(),
        )


def test_a_request_that_does_not_exist_is_unknown(haggle: Haggle) -> None:
    with pytest.raises(RequestUnknown):
        haggle.announce("SP0000")


def test_a_better_price_that_was_promised_is_not_taken_back_by_a_decision(haggle: Haggle) -> None:
    haggle.kinds(*[price(90)] * 4)
    haggle.decide(ApprovalState.CHANGED, 98_00)
    assert haggle.say(price(97)).offer_fen == 97_00

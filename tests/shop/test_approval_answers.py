"""What a leader's decision does to the talk, and prices that agents give, without a desk around."""

from datetime import timedelta

import pytest
from at_work import employ
from hypothesis import given
from hypothesis import strategies as st

from shop.agent_prices import Wish, ask_for_price, give_price
from shop.approval_answers import Verdict, answer_request
from shop.approval_reminders import find_requests, report_requests
from shop.approvals import AUTHORITY, lowest_of
from shop.conversations import Line
from shop.errors import BeyondAuthority, Decided, FieldWrong, OrderUnknown, WrongState
from shop.model import AlertKind, ApprovalState, ChangeKind, Direction, Holder, Message, OrderStatus, Role
from shop.moment import Moment
from shop.policy import Policy
from shop.ports import UnitOfWork
from shop.reaching import call_person
from shop.takeover import take
from shop.wiring import Services
from tests.conftest import SettableClock
from tests.shop.asking import open_talk, put_request
from tests.shop.making import make_order

GRANT, REJECT = Verdict(ApprovalState.GRANTED), Verdict(ApprovalState.REJECTED)
AGENT, LEADER = "321", "200"


def moment(uow: UnitOfWork, clock: SettableClock) -> Moment:
    """What is said is the key with its facts."""
    return Moment(clock.now(), uow.policies.current(), lambda key, **facts: Line(f"{key} {facts}", key))


def said(uow: UnitOfWork, talk: str) -> list[Message]:
    return list(uow.messages.after(talk, 0))


def hold(uow: UnitOfWork, clock: SettableClock, staff_id: str = AGENT) -> str:
    """The talk of the buyer b1, in the agent's hands."""
    talk = open_talk(uow, now=clock.now())
    take(uow, talk, employ(uow, staff_id), moment(uow, clock))
    return talk


@pytest.mark.req("BG-07")
def test_who_waits_in_the_queue_is_told_by_a_notice(services: Services, clock: SettableClock) -> None:
    number = put_request(services)
    with services.unit_of_work() as uow:
        talk = uow.conversations.lock(uow.approvals.find(number).conversation_id)
        talk.holder = Holder.QUEUE
        answer_request(uow, number, employ(uow, LEADER), GRANT, moment(uow, clock))
        [told] = said(uow, talk.id)
    assert (told.direction, told.phrase_key) == (Direction.SYSTEM, "bargain_offer")
    assert "'offer_fen': 9200" in told.text


@pytest.mark.req("BG-06")
def test_a_refusal_is_never_the_last_word(services: Services, clock: SettableClock) -> None:
    number = put_request(services)
    with services.unit_of_work() as uow:
        approval = uow.approvals.lock(number)
        approval.attempt = 2
        answer_request(uow, number, employ(uow, LEADER), REJECT, moment(uow, clock))
        keys = [m.phrase_key for m in said(uow, approval.conversation_id)]
    assert keys[0] == "bargain_to_person" and len(keys) == 2, "and what becomes of it: a person, or a message taken"


def test_a_decision_cannot_be_taken_twice(services: Services, clock: SettableClock) -> None:
    number = put_request(services)
    with services.unit_of_work() as uow:
        leader = employ(uow, LEADER)
        answer_request(uow, number, leader, GRANT, moment(uow, clock))
        with pytest.raises(Decided) as refused:
            answer_request(uow, number, leader, REJECT, moment(uow, clock))
        assert len(uow.changes.of(ChangeKind.APPROVAL, number, 9)) == 1
    assert refused.value.facts["agent"] == "南星"


@pytest.mark.req("BG-08")
def test_a_request_is_told_once_then_when_it_is_late_then_every_day_until_it_is_decided(
    services: Services, clock: SettableClock
) -> None:
    number = put_request(services)

    def look() -> list[str]:
        with services.unit_of_work() as uow:
            at = moment(uow, clock)
            for talk in find_requests(uow, at):
                report_requests(uow, talk, at)
                assert not report_requests(uow, talk, at), "at once again: nothing more"
            uow.commit()
            return [a.note for a in uow.alerts.after(0) if a.kind is AlertKind.APPROVAL]

    assert len(look()) == 1
    clock.advance(minutes=Policy().approval_minutes - 1)
    assert len(look()) == 1
    clock.advance(minutes=1)
    assert len(look()) == len(look()) == 2
    clock.advance(hours=24)
    assert len(look()) == 3
    with services.unit_of_work() as uow:
        talk = uow.approvals.find(number).conversation_id
        assert [m.phrase_key for m in said(uow, talk)] == ["bargain_ask_leader"], "the buyer hears it once"
        answer_request(uow, number, employ(uow, LEADER), GRANT, moment(uow, clock))
        uow.commit()
    clock.advance(hours=24)
    assert len(look()) == 3


@pytest.mark.req("HE-06")
@given(role=st.sampled_from(sorted(AUTHORITY)), list_fen=st.integers(2, 3_000_00), share=st.floats(0.001, 0.999))
def test_no_role_gives_a_price_below_its_own_limit(role: Role, list_fen: int, share: float) -> None:
    lowest = lowest_of(role, list_fen, Policy())
    assert lowest is not None and 0 <= lowest <= list_fen
    tier = Policy().tier_for(list_fen)
    assert (list_fen - lowest) * 1000 <= list_fen * AUTHORITY[role](tier), "not a fen more than the share"


@pytest.mark.req("HE-06")
def test_an_agent_gives_down_to_the_own_limit_and_not_a_fen_more(services: Services, clock: SettableClock) -> None:
    with services.unit_of_work() as uow:
        talk, staff = hold(uow, clock), employ(uow, AGENT)
        at = moment(uow, clock)
        with pytest.raises(BeyondAuthority) as refused:
            give_price(uow, talk, staff, Wish(93_99, product_code="TEE"), at)
        assert refused.value.facts["lowest_fen"] == 94_00
        assert uow.offers.of_buyer("b1") == []
        offer = give_price(uow, talk, staff, Wish(94_00, product_code="TEE"), at)
        assert give_price(uow, talk, staff, Wish(95_00, product_code="TEE"), at).number == offer.number, "better stays"
        [change] = uow.changes.of(ChangeKind.APPROVAL, offer.number, 9)
    assert (change.by, change.action, change.before, change.after) == (
        AGENT,
        "客服给价",
        {"price_fen": 100_00},
        {"price_fen": 94_00, "product_code": "TEE"},
    )


@pytest.mark.req("HE-06")
def test_a_price_is_for_the_buyers_own_unpaid_order(services: Services, clock: SettableClock) -> None:
    with services.unit_of_work() as uow:
        talk, staff, at = hold(uow, clock), employ(uow, AGENT), moment(uow, clock)
        uow.orders.add(make_order("XS1", OrderStatus.UNPAID, buyer_id="b1"))
        uow.orders.add(make_order("XS2", OrderStatus.TO_SHIP, buyer_id="b1"))
        open_talk(uow, "b2", "小雨", clock.now())
        uow.orders.add(make_order("XS3", OrderStatus.UNPAID, buyer_id="b2"))
        total = uow.orders.find("XS1").total_fen
        approval = ask_for_price(uow, talk, staff, Wish(total // 2, order_no="XS1", reason="老客户"), at)
        assert (approval.order_no, approval.list_fen, approval.asked_fen) == ("XS1", total, total // 2)
        for order_no, error in (("XS2", WrongState), ("XS3", OrderUnknown), ("XS9", OrderUnknown)):
            with pytest.raises(error):
                ask_for_price(uow, talk, staff, Wish(1, order_no=order_no), at)
        for wish in (Wish(total, order_no="XS1"), Wish(0, order_no="XS1"), Wish(5), Wish(5, "TEE", "", "XS1")):
            with pytest.raises(FieldWrong):
                give_price(uow, talk, staff, wish, at)


def test_a_held_talk_stays_silent_whatever_is_decided(services: Services, clock: SettableClock) -> None:
    numbers = [put_request(services), put_request(services, asked_fen=90_00)]
    with services.unit_of_work() as uow:
        talk = hold(uow, clock)
        before = len(said(uow, talk))
        for number, verdict in zip(numbers, (REJECT, GRANT), strict=True):
            clock.advance(seconds=5)
            handed = answer_request(uow, number, employ(uow, LEADER), verdict, moment(uow, clock))
            assert handed is not None and handed.agent_id == AGENT
        assert len(said(uow, talk)) == before
        assert len(uow.notes.of_conversation(talk)) == 2


def test_the_night_is_no_reason_to_leave_the_buyer_alone(services: Services, clock: SettableClock) -> None:
    """Nobody is at work: after the second refusal a message is taken, and the buyer hears when."""
    number = put_request(services)
    clock.set(clock.now() + timedelta(hours=12))
    with services.unit_of_work() as uow:
        approval = uow.approvals.lock(number)
        approval.attempt = 2
        answer_request(uow, number, employ(uow, LEADER), REJECT, moment(uow, clock))
        keys = [m.phrase_key for m in said(uow, approval.conversation_id)]
        talk = uow.conversations.lock(approval.conversation_id)
        assert talk.holder is Holder.BOT
        assert keys == ["bargain_to_person", "message_taken"]
        call_person(uow, talk, "再问", moment(uow, clock))

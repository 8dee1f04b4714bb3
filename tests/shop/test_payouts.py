"""Refunds and compensations: within the rights of the role, never more than was paid, each paid once. HE-06, AS-12."""

import pytest
from at_work import employ

from shop.aftersales.pricing import left_fen
from shop.errors import AlreadyOpen, BeyondAuthority, Decided, FieldWrong, MoreThanPaid, NotYourTalk, WrongState
from shop.model import (
    AfterSaleState,
    AlertKind,
    ChangeKind,
    Holder,
    OrderStatus,
    PayoutForm,
    PayoutKind,
    PayoutState,
    Role,
)
from shop.payout_answers import Verdict, answer_payout
from shop.payout_choices import find_choices
from shop.payout_limits import find_left, payable_fen
from shop.payouts import ask_for_payout, give_payout
from shop.policy import Policy
from shop.takeover import hand_back, take
from shop.wiring import Services
from tests.conftest import NOW, SettableClock
from tests.shop.asking import open_talk
from tests.shop.making import make_line, make_order
from tests.shop.paying import (
    AGENT,
    GRANT,
    MANAGER,
    ORDER,
    PAID,
    REJECT,
    REQUEST,
    SUPERVISOR,
    moment,
    order_of,
    put_order,
    wish,
)


@pytest.mark.req("HE-06", "AS-12")
def test_within_the_own_rights_money_is_given_at_once_and_written_down(
    services: Services, clock: SettableClock
) -> None:
    with services.unit_of_work() as uow:
        talk = put_order(uow, clock)
        agent = employ(uow, AGENT)
        part = give_payout(uow, talk, agent, wish(60_00, PayoutKind.REFUND), moment(uow, clock))
        coupon = give_payout(uow, talk, agent, wish(20_00, form=PayoutForm.COUPON), moment(uow, clock))
        uow.commit()
    with services.unit_of_work() as uow:
        request = uow.aftersales.find(REQUEST)
        known = {payout.number: payout for payout in uow.payouts.of_order(ORDER)}
        [change] = uow.changes.of(ChangeKind.APPROVAL, part.number, 9)
        left = payable_fen(uow, order_of(uow))
    assert (request.state, request.amount_fen) == (AfterSaleState.DONE, 60_00)
    assert {payout.state for payout in known.values()} == {PayoutState.GIVEN}
    assert known[coupon.number].form is PayoutForm.COUPON
    assert (change.by, change.after["amount_fen"], change.after["order_no"]) == (AGENT, 60_00, ORDER)
    assert left == PAID - 80_00


@pytest.mark.req("HE-06")
def test_beyond_them_it_is_refused_with_what_is_left_and_nothing_is_given(
    services: Services, clock: SettableClock
) -> None:
    with services.unit_of_work() as uow:
        talk, agent = put_order(uow, clock), employ(uow, AGENT)
        give_payout(uow, talk, agent, wish(15_00), moment(uow, clock))
        with pytest.raises(BeyondAuthority) as refused:
            give_payout(uow, talk, agent, wish(5_01), moment(uow, clock))
        assert refused.value.facts["most_fen"] == 5_00, "in small parts it is no more"
        with pytest.raises(BeyondAuthority):
            give_payout(uow, talk, agent, wish(100_01, PayoutKind.REFUND), moment(uow, clock))
        assert payable_fen(uow, order_of(uow)) == PAID - 15_00
        assert uow.aftersales.find(REQUEST).state is AfterSaleState.OPEN


@pytest.mark.req("HE-06", "BG-07")
def test_a_leader_gives_less_than_was_asked_and_the_agent_gets_a_note_and_the_words(
    services: Services, clock: SettableClock
) -> None:
    with services.unit_of_work() as uow:
        talk, at = put_order(uow, clock), moment(uow, clock)
        payout = ask_for_payout(uow, talk, employ(uow, AGENT), wish(80_00), at)
        assert payout.state is PayoutState.WAITING and payable_fen(uow, order_of(uow)) == PAID
        verdict = Verdict(PayoutState.CHANGED, 50_00, "先补五十")
        told = answer_payout(uow, payout.number, employ(uow, SUPERVISOR), verdict, at)
        kinds = [(alert.kind, alert.to_staff) for alert in uow.alerts.added()]
        draft = uow.agent_drafts.find(talk, AGENT)
    assert "南星已改金额退补申请" in told.note.text and "50.00 元，先补五十" in told.note.text
    assert "'compensation_fen': 5000" in draft.text and told.draft == draft.text
    assert (AlertKind.PAYOUT, "") in kinds and (AlertKind.PAYOUT, AGENT) in kinds
    assert (payout.amount_fen, payout.decided_by) == (50_00, SUPERVISOR)


def test_a_refusal_is_told_to_the_agent_alone(services: Services, clock: SettableClock) -> None:
    with services.unit_of_work() as uow:
        talk, at = put_order(uow, clock), moment(uow, clock)
        payout = ask_for_payout(uow, talk, employ(uow, AGENT), wish(80_00), at)
        hand_back(uow, talk, employ(uow, AGENT), "", at)
        before = len(uow.messages.after(talk, 0))
        told = answer_payout(uow, payout.number, employ(uow, SUPERVISOR), REJECT, at)
        assert (len(uow.messages.after(talk, 0)), told.agent_id, told.draft) == (before, AGENT, None)
        assert payable_fen(uow, order_of(uow)) == PAID


@pytest.mark.parametrize("holder", [Holder.BOT, Holder.QUEUE])
def test_where_no_agent_holds_the_talk_the_desk_tells_the_buyer(
    services: Services, clock: SettableClock, holder: Holder
) -> None:
    with services.unit_of_work() as uow:
        talk, at = put_order(uow, clock), moment(uow, clock)
        payout = ask_for_payout(uow, talk, employ(uow, AGENT), wish(80_00), at)
        hand_back(uow, talk, employ(uow, AGENT), "", at)
        uow.conversations.lock(talk).holder = holder
        answer_payout(uow, payout.number, employ(uow, SUPERVISOR), GRANT, at)
        last = list(uow.messages.after(talk, 0))[-1]
    assert last.phrase_key == "money_given" and "'approved': True" in last.text


@pytest.mark.req("HE-06")
def test_a_leader_too_decides_only_up_to_the_own_limit(services: Services, clock: SettableClock) -> None:
    with services.unit_of_work() as uow:
        talk, at = put_order(uow, clock), moment(uow, clock)
        uow.policies.set(
            "compensation_limits", {"presale": 0, "agent": 0, "leader": 0, "supervisor": 10_00}, "100", NOW
        )
        at = moment(uow, clock)
        payout = ask_for_payout(uow, talk, employ(uow, AGENT), wish(10_01), at)
        with pytest.raises(BeyondAuthority):
            answer_payout(uow, payout.number, employ(uow, SUPERVISOR), GRANT, at)
        answer_payout(uow, payout.number, employ(uow, MANAGER), GRANT, at)
        assert payout.amount_fen == 10_01


def test_what_was_decided_is_not_decided_again(services: Services, clock: SettableClock) -> None:
    with services.unit_of_work() as uow:
        talk, at = put_order(uow, clock), moment(uow, clock)
        payout = ask_for_payout(uow, talk, employ(uow, AGENT), wish(80_00), at)
        answer_payout(uow, payout.number, employ(uow, SUPERVISOR), GRANT, at)
        with pytest.raises(Decided) as refused:
            answer_payout(uow, payout.number, employ(uow, MANAGER), REJECT, at)
    assert refused.value.facts["agent"] == "南星"


def test_the_same_wish_sent_again_gives_nothing_more(services: Services, clock: SettableClock) -> None:
    with services.unit_of_work() as uow:
        talk, at, agent = put_order(uow, clock), moment(uow, clock), employ(uow, AGENT)
        first = give_payout(uow, talk, agent, wish(10_00, client_id="one"), at)
        again = give_payout(uow, talk, agent, wish(10_00, client_id="one"), at)
        assert again.number == first.number and payable_fen(uow, order_of(uow)) == PAID - 10_00
        take(uow, talk, employ(uow, SUPERVISOR), at)
        with pytest.raises(FieldWrong):
            give_payout(uow, talk, employ(uow, SUPERVISOR), wish(10_00, client_id="one"), at)


def test_while_a_leader_has_it_before_him_nobody_gives_the_same_beside_it(
    services: Services, clock: SettableClock
) -> None:
    with services.unit_of_work() as uow:
        talk, at, agent = put_order(uow, clock), moment(uow, clock), employ(uow, AGENT)
        payout = ask_for_payout(uow, talk, agent, wish(80_00), at)
        for does in (give_payout, ask_for_payout):
            with pytest.raises(AlreadyOpen) as refused:
                does(uow, talk, agent, wish(10_00), at)
            assert refused.value.facts["number"] == payout.number


def test_a_request_that_the_buyer_withdrew_is_not_refunded(services: Services, clock: SettableClock) -> None:
    with services.unit_of_work() as uow:
        talk, at = put_order(uow, clock), moment(uow, clock)
        payout = ask_for_payout(uow, talk, employ(uow, AGENT), wish(180_00, PayoutKind.REFUND), at)
        uow.aftersales.find(REQUEST).state = AfterSaleState.WITHDRAWN
        with pytest.raises(WrongState):
            answer_payout(uow, payout.number, employ(uow, SUPERVISOR), GRANT, at)


@pytest.mark.parametrize("amount_fen", [0, -1])
def test_no_sum_below_a_fen(services: Services, clock: SettableClock, amount_fen: int) -> None:
    with services.unit_of_work() as uow:
        talk = put_order(uow, clock)
        with pytest.raises(FieldWrong):
            give_payout(uow, talk, employ(uow, AGENT), wish(amount_fen), moment(uow, clock))


def test_only_who_holds_the_talk_gives_and_a_request_says_why(services: Services, clock: SettableClock) -> None:
    with services.unit_of_work() as uow:
        talk, at = put_order(uow, clock), moment(uow, clock)
        with pytest.raises(NotYourTalk):
            give_payout(uow, talk, employ(uow, "341"), wish(1_00), at)
        with pytest.raises(FieldWrong) as refused:
            ask_for_payout(uow, talk, employ(uow, AGENT), wish(80_00, reason=" "), at)
        assert refused.value.facts["field"] == "reason"
        with pytest.raises(MoreThanPaid):
            ask_for_payout(uow, talk, employ(uow, AGENT), wish(PAID + 1), at)


@pytest.mark.req("HE-06", "HE-07")
def test_each_role_has_its_own_limits_and_who_talks_with_no_buyer_has_none(
    services: Services, clock: SettableClock
) -> None:
    with services.unit_of_work() as uow:
        talk = open_talk(uow, now=clock.now())
        order = make_order(ORDER, OrderStatus.SIGNED, [make_line(price_fen=5000_00)], signed_at=NOW)
        uow.orders.add(order)
        most = {
            role: tuple(find_left(uow, order, kind, role, Policy()).by_role for kind in PayoutKind) for role in Role
        }
        take(uow, talk, employ(uow, AGENT), moment(uow, clock))
        [choice] = find_choices(uow, talk, employ(uow, AGENT), Policy())
    assert most == {
        Role.MANAGER: (5000_00, 5000_00),
        Role.SUPERVISOR: (1000_00, 200_00),
        Role.LEADER: (300_00, 50_00),
        Role.PRESALE_AGENT: (0, 0),
        Role.AFTERSALE_AGENT: (100_00, 20_00),
        Role.AGENT: (100_00, 20_00),
        Role.QUALITY: (0, 0),
        Role.WAREHOUSE: (0, 0),
    }
    assert choice["most"] == {"退款": 100_00, "补偿": 20_00}


@pytest.mark.parametrize("status", [OrderStatus.UNPAID, OrderStatus.CLOSED])
def test_nothing_goes_back_where_nothing_is_held(services: Services, status: OrderStatus) -> None:
    with services.unit_of_work() as uow:
        assert payable_fen(uow, make_order(ORDER, status)) == 0


def test_what_was_given_is_taken_off_what_a_new_request_may_ask(services: Services, clock: SettableClock) -> None:
    with services.unit_of_work() as uow:
        talk, at, agent = put_order(uow, clock), moment(uow, clock), employ(uow, AGENT)
        give_payout(uow, talk, agent, wish(60_00, PayoutKind.REFUND), at)
        give_payout(uow, talk, agent, wish(20_00), at)
        assert left_fen(uow, order_of(uow)) == PAID - 80_00

"""What is put down for other programs: in the transaction of what it tells, for who wants it, with nothing personal."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from at_work import employ

from shop.aftersales.requests import advance, open_request, withdraw
from shop.agents import recall
from shop.approval_answers import Verdict, answer_request
from shop.conversations import Line, append_line, append_notice
from shop.handover import Passing, pass_on
from shop.model import (
    AfterSaleKind,
    AfterSaleStep,
    ApprovalState,
    Direction,
    EventArea,
    HandoverRecord,
    Message,
    OrderStatus,
    TaskKind,
    Webhook,
)
from shop.moment import Moment
from shop.ports import UnitOfWork
from shop.tasks import finish_task, put_task
from shop.webhooks.endpoints import change_secret, switch_webhook
from shop.wiring import Services
from tests.shop.asking import put_request
from tests.shop.heard import EVERYTHING, find, outbox, put_webhook
from tests.shop.making import find_talk, make_order, open_shop

Do = Callable[[UnitOfWork], Any]


@pytest.fixture
def shop(services: Services) -> Services:
    with services.unit_of_work() as uow:
        open_shop(uow)
        uow.commit()
    return services


def do(services: Services, *deeds: Do) -> None:
    for deed in deeds:
        with services.unit_of_work() as uow:
            deed(uow)
            uow.commit()


def say(text: str, talk: str = "c1", direction: Direction = Direction.BUYER, **more: Any) -> Do:
    def deed(uow: UnitOfWork) -> Message:
        conversation = uow.conversations.lock(talk)
        return append_line(uow, conversation, direction, Line(text), conversation.created_at, **more)

    return deed


def moment(services: Services, uow: UnitOfWork) -> Moment:
    return Moment(services.clock.now(), uow.policies.current(), lambda key, **facts: Line(key, key))


def kinds(services: Services, webhook: Webhook) -> list[str]:
    return [each.kind for each in outbox(services, webhook)]


def test_a_message_is_put_down_with_what_was_said(shop: Services) -> None:
    webhook = put_webhook(shop)
    do(shop, say("什么时候发货", client_msg_id="m1"))
    [told] = outbox(shop, webhook)
    assert (told.kind, told.stream) == ("message.sent", "c1")
    assert told.facts == {
        "talk": "c1", "seq": 1, "direction": "buyer", "kind": "text", "text": "什么时候发货", "author": "",
        "author_id": "", "key": None, "recalled": False, "at": "2026-11-20T06:03:00.000Z",
    }  # fmt: skip


def test_what_is_undone_is_not_told(shop: Services) -> None:
    webhook = put_webhook(shop)
    with shop.unit_of_work() as uow:
        say("没有发生")(uow)
    with shop.unit_of_work() as uow:
        say("也没有发生")(uow)
        uow.rollback()
        say("发生了", talk="c2")(uow)
        uow.commit()
    assert [each.facts["text"] for each in outbox(shop, webhook)] == ["发生了"]


def test_what_is_committed_in_two_steps_is_told_once(shop: Services) -> None:
    webhook = put_webhook(shop)
    with shop.unit_of_work() as uow:
        say("一")(uow)
        uow.commit()
        say("二")(uow)
        uow.commit()
    assert [each.facts["text"] for each in outbox(shop, webhook)] == ["一", "二"]


@pytest.mark.parametrize("area", list(EventArea))
def test_each_hears_what_it_wants_and_nothing_else(shop: Services, area: EventArea) -> None:
    webhook, other = put_webhook(shop, areas=[area.value]), put_webhook(shop, name="报表")
    happen(shop)
    everything = kinds(shop, other)
    assert {kind.partition(".")[0] for kind in everything} == set(EVERYTHING)
    assert kinds(shop, webhook) == [kind for kind in everything if kind.partition(".")[0] == area.value]


def happen(shop: Services) -> None:
    """One of each kind."""
    number = put_request(shop)
    order = make_order(status=OrderStatus.SIGNED, signed_at=shop.clock.now())

    def ask(uow: UnitOfWork) -> None:
        uow.orders.add(order)
        request = open_request(
            uow, find_talk(uow, "c1"), order, AfterSaleKind.RETURN, reason="不合适", description="打13800138000找我",
            policy=uow.policies.current(), now=shop.clock.now(),
        )  # fmt: skip
        request_no.append(request.number)

    def agree(uow: UnitOfWork) -> None:
        answer_request(uow, number, employ(uow, "100"), Verdict(ApprovalState.GRANTED), moment(shop, uow))

    def note(uow: UnitOfWork) -> None:
        put_task(uow, TaskKind.CALL_BACK, "回电 13800138000", now=shop.clock.now(), minutes=5, turn_id="t1")

    request_no: list[str] = []
    do(shop, say("在吗"), agree, ask, note)
    do(
        shop,
        lambda uow: advance(uow.aftersales.lock(request_no[0]), AfterSaleStep.RECEIVE, "321", "", shop.clock.now()),
        lambda uow: withdraw(uow.aftersales.lock(request_no[0]), shop.clock.now()),
        lambda uow: finish_task(uow, uow.tasks.undone()[0].number, employ(uow, "100"), shop.clock.now()),
        lambda uow: pass_on(
            uow, uow.conversations.lock("c1"), Passing("buyer", "转人工", queued=True), shop.clock.now()
        ),
    )


def test_requests_tasks_and_changes_of_hands_are_told_with_each_of_their_steps(shop: Services) -> None:
    webhook = put_webhook(shop, areas=["approval", "aftersale", "task", "handover"])
    happen(shop)
    told = outbox(shop, webhook)
    assert [each.kind for each in told] == [
        "approval.asked", "approval.decided", "aftersale.opened", "task.put", "aftersale.changed", "aftersale.changed",
        "task.done", "handover",
    ]  # fmt: skip
    facts = [each.facts for each in told]
    assert [facts[0]["state"], facts[1]["state"]] == ["待审批", "已同意"]
    assert facts[1]["decided_fen"] == facts[0]["asked_fen"]
    assert [facts[n]["step"] for n in (2, 4)] == ["前期沟通", "接收商品"]
    assert facts[5]["state"] == "已撤销"
    assert (facts[3]["done_at"], facts[6]["done_at"]) == (None, "2026-11-20T06:03:00.000Z")
    assert (facts[7]["from"], facts[7]["to"], facts[7]["reason"]) == ("bot", "queue", "转人工")


def test_nothing_personal_goes_out_in_words(shop: Services) -> None:
    webhook = put_webhook(shop)
    happen(shop)
    do(shop, say("电话13800138000，身份证11010519491231002X"))
    record = HandoverRecord("c1", 9, 1, shop.clock.now(), *[find_talk_holder(shop)] * 2, note="打13800138000")
    do(shop, lambda uow: uow.handovers.add(record))
    whole = json.dumps([each.facts for each in outbox(shop, webhook)], ensure_ascii=False)
    assert "13800138000" not in whole
    assert "11010519491231002X" not in whole
    assert whole.count("138****8000") == 7


def find_talk_holder(services: Services) -> Any:
    with services.unit_of_work() as uow:
        return find_talk(uow, "c1").holder


def test_what_else_changes_of_a_request_is_not_told(shop: Services) -> None:
    webhook = put_webhook(shop)
    happen(shop)
    before = len(outbox(shop, webhook))

    def touch(uow: UnitOfWork) -> None:
        uow.conversations.lock("c1").tags.append("老客户")
        uow.approvals.decided(1)[0].attempt += 1
        say_seen = uow.messages.find("c1", 1)
        assert say_seen is not None
        say_seen.author = "改名"

    do(shop, touch)
    assert len(outbox(shop, webhook)) == before


def written(services: Services, text: str) -> None:
    staff_id = "321"
    do(services, lambda uow: employ(uow, staff_id))
    do(services, say(text, direction=Direction.AGENT, author="小禾", author_id=staff_id))


def take_back(services: Services, seq: int) -> None:
    do(services, lambda uow: recall(uow, "c1", employ(uow, "321"), seq, moment(services, uow)))


def test_a_recalled_message_is_told_as_recalled(shop: Services) -> None:
    webhook = put_webhook(shop)
    written(shop, "说错了")
    with shop.unit_of_work() as uow:
        sent = uow.deliveries.last(webhook.id, 1)[0]
        sent.state, sent.done_at = type(sent.state).SENT, shop.clock.now()
        uow.commit()
    take_back(shop, 1)
    first, then = outbox(shop, webhook)
    assert first.facts["text"] == "说错了"
    assert then.kind == "message.recalled"
    assert (then.facts["seq"], then.facts["recalled_seq"]) == (2, 1)


def test_what_was_taken_back_before_it_was_pushed_goes_out_without_its_words(shop: Services) -> None:
    webhook = put_webhook(shop)
    written(shop, "这句留着")
    written(shop, "说错了")
    take_back(shop, 2)
    told = outbox(shop, webhook)
    assert [(each.kind, each.facts.get("text"), each.facts.get("recalled")) for each in told] == [
        ("message.sent", "这句留着", False),
        ("message.sent", "", True),
        ("message.recalled", None, None),
    ]


def test_who_is_switched_off_hears_nothing_and_who_was_paused_hears_it_later(shop: Services) -> None:
    off, paused, on = (put_webhook(shop, name=name) for name in ("停用的", "暂停的", "开着的"))
    do(
        shop,
        lambda uow: switch_webhook(uow, employ(uow, "100"), off.id, False, shop.clock.now()),
        lambda uow: setattr(uow.webhooks.lock(paused.id), "state", type(on.state).PAUSED),
        say("在吗"),
    )
    assert [len(outbox(shop, each)) for each in (off, paused, on)] == [0, 1, 1]


def test_news_of_one_talk_stand_in_the_order_in_which_they_happened(shop: Services) -> None:
    webhook = put_webhook(shop)
    with shop.unit_of_work() as uow:
        conversation = uow.conversations.lock("c1")
        now = shop.clock.now()
        append_line(uow, conversation, Direction.BUYER, Line("转人工"), now)
        pass_on(uow, conversation, Passing("buyer", "转人工", queued=True), now)
        append_notice(uow, conversation, Line("请稍等"), now)
        uow.commit()
    assert kinds(shop, webhook) == ["message.sent", "handover", "message.sent"]


def test_every_change_of_an_address_is_noted_and_no_secret_with_it(shop: Services) -> None:
    webhook = put_webhook(shop)
    manager: Sequence[Do] = (
        lambda uow: switch_webhook(uow, employ(uow, "100"), webhook.id, False, shop.clock.now()),
        lambda uow: change_secret(uow, employ(uow, "100"), webhook.id, shop.clock.now()),
    )
    do(shop, *manager)
    with shop.unit_of_work() as uow:
        log = uow.changes.search(kind=None, by="", words="进销存", since=None, until=None, below=None, limit=9)
    assert [change.action for change in log] == ["更换密钥", "停用", "新增"]
    assert find(shop, webhook).secret_no == 2

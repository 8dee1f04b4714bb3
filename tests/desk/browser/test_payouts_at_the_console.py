"""Money back for a buyer: the agent asks beyond the own rights, the leader gives less, the buyer reads it."""

from collections.abc import Awaitable, Callable

import pytest
from chat_page import NICK, ChatPage
from console_page import ConsolePage
from playwright.async_api import expect

from shop.model import AfterSale, AfterSaleKind, AfterSaleState, OrderStatus, PayoutState, Role
from shop.wiring import Services

ORDER, REQUEST = "XS261120000123", "SH2611200001"
"""59 yuan were paid for it."""
Sit = Callable[..., Awaitable[ConsolePage]]
Enter = Callable[..., Awaitable[ChatPage]]


@pytest.fixture
def asked_back(services: Services, token: str) -> str:
    """The buyer's order is signed, and a refund asked for; the buyer's token."""
    with services.unit_of_work() as uow:
        order = uow.orders.lock(ORDER)
        order.status, order.signed_at = OrderStatus.SIGNED, services.clock.now()
        request = AfterSale(REQUEST, ORDER, order.buyer_id, AfterSaleKind.REFUND, "少发了一件", services.clock.now())
        uow.aftersales.add(request)
        uow.commit()
    return token


@pytest.mark.req("HE-06", "BG-07")
async def test_beyond_the_own_rights_the_leader_gives_less_and_the_buyer_reads_it(
    sit: Sit, enter: Enter, asked_back: str, services: Services
) -> None:
    agent, leader = await sit(), await sit("902", "阿青", Role.SUPERVISOR)
    chat = await enter(token=asked_back)
    await chat.say("衣服压坏了，怎么办")
    await chat.said("衣服压坏了，怎么办")
    await agent.take(NICK, which="all")
    await agent.page.get_by_role("button", name="退款、补偿").click()
    dialog = agent.dialog
    await dialog.get_by_text("补偿", exact=True).click()
    await dialog.get_by_label("原因").select_option("商品损坏")
    await expect(dialog.get_by_label("金额（元）")).to_have_value("11.80")
    await dialog.get_by_label("金额（元）").fill("40")
    await dialog.get_by_role("button", name="确定给").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("您最多还可以给 20.00 元")
    await dialog.get_by_label("理由").fill("包装压坏了，买家愿意留下")
    await dialog.get_by_role("button", name="请示主管").click()
    await expect(agent.hint).to_contain_text("已经请示主管")
    await expect(leader.at("#open-approvals")).to_contain_text("1 条申请等您审批")
    await leader.at("#open-approvals").click()
    card = leader.at("#waiting-payouts .request")
    await expect(card).to_contain_text("小安：包装压坏了，买家愿意留下")
    await card.get_by_role("button", name="改金额").click()
    await leader.page.get_by_label("金额（元）").fill("30")
    await leader.page.get_by_role("button", name="就给这个金额").click()
    await expect(leader.at("#nothing")).to_be_visible()
    await expect(leader.at("#decided-payouts")).to_contain_text("已改金额 30.00 元")
    await expect(agent.field).to_have_value(
        f"替您向主管申请到了，订单{ORDER}补偿您30元，会按原来的付款方式退回，谢谢您的耐心😊"
    )
    await expect(agent.notes.filter(has_text="阿青已改金额退补申请")).to_be_visible()
    await agent.field.press("Enter")
    await expect(chat.page.locator("#talk").get_by_text("补偿您30元")).to_be_visible()
    with services.unit_of_work() as uow:
        [payout] = uow.payouts.of_order(ORDER)
    assert (payout.state, payout.amount_fen, payout.asked_fen) == (PayoutState.CHANGED, 30_00, 40_00)


@pytest.mark.req("HE-06", "AS-12")
async def test_a_refund_within_the_own_rights_settles_the_request_and_its_words_are_ready(
    sit: Sit, enter: Enter, asked_back: str, services: Services
) -> None:
    agent = await sit()
    chat = await enter(token=asked_back)
    await chat.say("少发了一件，退一部分吧")
    await chat.said("少发了一件，退一部分吧")
    await agent.take(NICK, which="all")
    await agent.page.get_by_role("button", name="退款、补偿").click()
    await expect(agent.dialog.get_by_label("金额（元）")).to_have_value("59.00")
    await agent.dialog.get_by_label("金额（元）").fill("25.5")
    await agent.dialog.get_by_role("button", name="确定给").click()
    await expect(agent.field).to_have_value(
        f"订单{ORDER}的退款25.50元已经为您办好，会按原来的付款方式退回，请您留意查收😊"
    )
    with services.unit_of_work() as uow:
        request = uow.aftersales.find(REQUEST)
    assert (request.state, request.amount_fen) == (AfterSaleState.DONE, 25_50)

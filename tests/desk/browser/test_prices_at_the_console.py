"""A price that an agent gives or asks the leader for, and how the leader's answer comes back."""

from collections.abc import Awaitable, Callable

import pytest
from chat_page import NICK
from console_page import ConsolePage
from playwright.async_api import expect
from wire import Client

from shop.model import Role
from shop.wiring import Services

Sit = Callable[..., Awaitable[ConsolePage]]


@pytest.fixture
def looking(services: Services, buyer: Client) -> str:
    """The buyer looks at the scarf; its price is 129 yuan."""
    with services.unit_of_work() as uow:
        talk = uow.conversations.lock(buyer.opened["conversation_id"])
        talk.product_code = "SCARF-01"
        uow.commit()
    return str(buyer.opened["conversation_id"])


async def wish(agent: ConsolePage, price: str, reason: str = "") -> None:
    await agent.page.get_by_role("button", name="给优惠价").click()
    await agent.dialog.get_by_label("优惠价（元）").fill(price)
    await agent.dialog.get_by_label("理由").fill(reason)


@pytest.mark.req("HE-06")
async def test_within_the_own_rights_the_price_stands_and_its_words_are_ready_to_send(
    sit: Sit, buyer: Client, looking: str, services: Services
) -> None:
    agent = await sit()
    await buyer.say("围巾能便宜点吗")
    await agent.take(NICK, which="all")
    await wish(agent, "100")
    await agent.dialog.get_by_role("button", name="给这个价").click()
    await expect(agent.dialog.get_by_role("alert")).to_contain_text("您最低可以给到 121.26 元")
    await agent.dialog.get_by_label("优惠价（元）").fill("125")
    await agent.dialog.get_by_role("button", name="给这个价").click()
    await expect(agent.field).to_have_value("我这边可以给您125元，仅限您的这一单，11月21日 14:03前有效😊")
    with services.unit_of_work() as uow:
        [offer] = uow.offers.of_conversation(looking)
    assert (offer.price_fen, offer.granted_by) == (125_00, "901")


@pytest.mark.req("HE-06", "BG-07")
async def test_beyond_them_the_leader_is_asked_and_the_answer_comes_back_as_a_draft(
    sit: Sit, buyer: Client, looking: str
) -> None:
    agent = await sit()
    leader = await sit("902", "阿青", Role.SUPERVISOR)
    await buyer.say("围巾能便宜点吗")
    await agent.take(NICK, which="all")
    await wish(agent, "115", "老客户，一次买三条")
    await agent.dialog.get_by_role("button", name="请示主管").click()
    await expect(agent.hint).to_contain_text("已经请示主管")
    way = leader.at("#open-approvals")
    await expect(way).to_contain_text("1 条申请等您审批")
    await expect(agent.at("#open-approvals")).to_be_hidden()
    await way.click()
    card = leader.at("#waiting .request")
    await expect(card).to_contain_text("小安：老客户，一次买三条")
    await card.get_by_role("button", name="同意 115.00 元").click()
    await expect(leader.at("#nothing")).to_be_visible()
    await expect(agent.field).to_have_value(
        "好消息，主管同意了，羊绒混纺围巾给您115元，仅限您的这一单，11月21日 14:03前有效😊"
    )
    await expect(agent.notes.filter(has_text="阿青已同意议价申请")).to_be_visible()


async def test_the_way_from_the_request_leads_into_the_talk(sit: Sit, buyer: Client, looking: str) -> None:
    agent = await sit()
    leader = await sit("902", "阿青", Role.SUPERVISOR)
    await buyer.say("围巾能便宜点吗")
    await agent.take(NICK, which="all")
    await wish(agent, "115")
    await agent.dialog.get_by_role("button", name="请示主管").click()
    await leader.at("#open-approvals").click()
    await leader.page.get_by_role("link", name="看会话").click()
    await expect(leader.at("#talk-nick")).to_have_text(NICK)

"""One conversation in the browser through all five families; what the bot says is held against the store."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from chromium import DESK_SIZE
from playwright.async_api import Browser
from running import RunningShop
from visits import Visit, visiting

from phrases.book import PhraseBook
from phrases.money import yuan
from shop.model import AfterSaleKind, AfterSaleState, Direction
from shop.offers import lowest_fen

NICK, PRODUCT = "爱囤货的阿梨", "TSHIRT-01"
RETURNED = "青瓷"
"""The line of the received order that goes back, as on its button."""


@pytest.fixture
async def visit(shop: RunningShop, browser: Browser) -> AsyncIterator[Visit]:
    async with visiting(shop, browser, NICK, PRODUCT) as visit:
        yield visit


@pytest.mark.req("CW-01", "PS-01", "PS-05", "BG-04", "TR-10", "AS-01")
async def test_product_price_payment_parcel_and_return_with_facts_from_the_store(
    visit: Visit, shop: RunningShop, pictures: Path
) -> None:
    with shop.services.unit_of_work() as uow:
        product, policy = uow.products.get(PRODUCT), uow.policies.current()
    stock = await visit.say("这个有货吗")
    assert stock[0].phrase_key == "stock" and product.title in stock[0].text and product.stock > 0
    price = await visit.say("多少钱")
    assert yuan(product.price_fen) in price[0].text
    material = await visit.say("什么材质的")
    assert product.attributes["material"][:8] in material[0].text
    await visit.page.screenshot(path=pictures / "presale-390.png")

    await _bargain(visit, shop, lowest_fen(product.price_fen, policy.tier_for(product.price_fen).bot))
    assert (await visit.say("有哪些付款方式"))[0].phrase_key == "pay_methods"
    await _track(visit, shop)
    await visit.page.screenshot(path=pictures / "parcel-390.png")
    await _return(visit, shop)
    await visit.page.screenshot(path=pictures / "return-390.png")
    await visit.page.set_viewport_size(DESK_SIZE)
    await visit.page.screenshot(path=pictures / "talk-1280.png")


async def _bargain(visit: Visit, shop: RunningShop, lowest: int) -> None:
    assert (await visit.say("能便宜点吗"))[0].phrase_key == "bargain_stand"
    assert (await visit.say("再便宜点吧"))[0].phrase_key == "bargain_value"
    offer = (await visit.say("最低多少"))[0]
    with shop.services.unit_of_work() as uow:
        stored = uow.offers.of_conversation(visit.conversation().id)[0]
    assert offer.phrase_key == "bargain_offer" and yuan(stored.price_fen) in offer.text
    assert stored.price_fen >= lowest


async def _track(visit: Visit, shop: RunningShop) -> None:
    asked = await visit.say("尾号4090的订单到哪了")
    assert asked[-1].phrase_key == "which_order"
    told = await visit.press("已发货")
    order_no = visit.conversation().order_no
    with shop.services.unit_of_work() as uow:
        parcel = uow.parcels.of_order(order_no or "")[0]
    assert told[0].phrase_key == "parcel" and parcel.waybill in told[0].text
    assert parcel.courier not in told[0].text.replace(parcel.waybill, "")


async def _return(visit: Visit, shop: RunningShop) -> None:
    asked = await visit.say("我想退货")
    if asked[-1].phrase_key == "which_order":
        asked = await visit.press("已签收")
    while asked[-1].phrase_key == "ask_detail":
        asked = await visit.press("不喜欢" if any("不喜欢" in b["title"] for b in asked[-1].buttons) else RETURNED)
    assert asked[-1].phrase_key == "confirm_request"
    told = (await visit.press("确认"))[0]
    with shop.services.unit_of_work() as uow:
        request = uow.aftersales.of_order(visit.conversation().order_no or "")[0]
    assert told.phrase_key == "request_opened" and request.number in told.text
    assert (request.kind, request.state) == (AfterSaleKind.RETURN, AfterSaleState.OPEN)


@pytest.mark.req("PC-03")
async def test_every_sentence_that_the_shop_said_so_far_has_its_key_in_the_library(shop: RunningShop) -> None:
    """Runs after the other tests of this folder have talked (see conftest): over everything in the log."""
    library = PhraseBook.load().auto
    with shop.services.unit_of_work() as uow:
        talks = [c for b in uow.buyers.listed(200) if (c := uow.conversations.find_by_buyer(b.id))]
        said = [m for c in talks for m in uow.messages.after(c.id, 0) if m.direction is not Direction.BUYER]
    assert said
    assert [m.text for m in said if m.phrase_key not in library] == []

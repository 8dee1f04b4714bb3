"""Bargaining in the talk: the order of moves, the limit, and a price change that is told only where it is true."""

import re

import pytest

from shop.model import OfferState
from shop.offers import lowest_fen

INSIST = ("便宜点", "再便宜点吧", "最低多少钱")


def unpaid_order(talk):
    with talk.shop.unit_of_work() as uow:
        conversation = uow.conversations.find(talk.id)
        return next(o for o in uow.orders.of_buyer(conversation.buyer_id) if o.status.value == "待付款")


@pytest.mark.req("BG-01", "BG-02")
async def test_stand_and_value_come_before_any_price(chat) -> None:
    talk = chat(product="JACKET-01")
    for text, key in zip(INSIST, ("bargain_stand", "bargain_value", "bargain_offer"), strict=True):
        await talk.say(text)
        assert talk.keys == [key]
        if key != "bargain_offer":
            assert "给您" not in talk.text
    with talk.shop.unit_of_work() as uow:
        [offer] = uow.offers.of_conversation(talk.id)
    assert offer.state is OfferState.OPEN


@pytest.mark.req("BG-03", "BG-04")
@pytest.mark.parametrize("wish", ["1块卖不卖", "5折行吗", "最低多少钱", "便宜300块"])
async def test_the_price_said_is_the_offer_stored_and_within_the_limit(chat, wish: str) -> None:
    talk = chat(product="JACKET-01")
    await talk.says("便宜点", "再便宜点吧", wish)
    with talk.shop.unit_of_work() as uow:
        [offer] = uow.offers.of_conversation(talk.id)
        limit = uow.policies.current().tier_for(offer.list_fen).bot
    assert offer.price_fen >= lowest_fen(offer.list_fen, limit)
    assert f"{offer.price_fen / 100:.2f}元" in talk.text


@pytest.mark.req("PY-01")
async def test_a_price_change_is_told_with_the_total_of_the_store(chat) -> None:
    talk = chat("还没付款的橙子")
    before = unpaid_order(talk).total_fen
    await talk.says(*INSIST, "按：就这个价")
    after = unpaid_order(talk).total_fen
    assert talk.keys == ["price_changed"]
    assert after < before
    assert re.search(r"一共([\d.]+)元", talk.text)[1] == f"{after / 100:.2f}"


@pytest.mark.req("PY-01")
async def test_without_a_changed_price_it_is_never_said_that_one_was(chat, clock) -> None:
    talk = chat("还没付款的橙子")
    before = unpaid_order(talk).total_fen
    await talk.say("帮我改一下价格")
    assert "price_changed" not in talk.keys
    await talk.says("再便宜点吧", "最低多少钱")
    clock.advance(hours=25)
    await talk.say("按：就这个价")
    assert "price_changed" not in talk.keys
    assert unpaid_order(talk).total_fen == before


async def test_an_offer_without_an_order_waits_for_it(chat) -> None:
    talk = chat(product="JACKET-01")
    await talk.says(*INSIST, "好的")
    assert talk.keys == ["bargain_offer"]
    assert "先别付款" in talk.text


async def test_a_yes_long_after_the_bargain_is_no_bargain(chat) -> None:
    talk = chat("新来的小羊")
    await talk.says("可以便宜点吗", "你好", "好的")
    assert talk.keys == ["agreed"]


async def test_too_dear_is_not_a_yes(chat) -> None:
    talk = chat("还没付款的橙子")
    await talk.says(*INSIST, "好贵啊还是")
    assert "price_changed" not in talk.keys

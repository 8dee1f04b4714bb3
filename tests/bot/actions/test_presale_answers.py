"""Before buying: what the bot says of goods and offers, against what the store holds."""

import re

import pytest

from shop.model import FreightRegion, Product, Promotion, TaskKind
from shop.presale import ASPECTS


def product_of(talk, code: str) -> Product:
    with talk.shop.unit_of_work() as uow:
        product = uow.products.find(code)
    assert product is not None
    return product


@pytest.mark.req("PS-01")
@pytest.mark.parametrize("variant", range(11))
async def test_in_stock_is_said_of_exactly_the_variants_that_are(chat, variant: int) -> None:
    talk = chat(product="TSHIRT-01")
    shirt = product_of(talk, "TSHIRT-01")
    asked = shirt.variants[variant]
    await talk.say(f"{asked.colour}{asked.size}有货吗")
    stock = talk.answer["messages"][0]
    assert stock["key"] == "stock"
    assert shirt.title in stock["text"]
    assert ("有货" in stock["text"]) == (asked.stock > 0)
    assert ("暂时缺货" in stock["text"]) == (asked.stock == 0)


@pytest.mark.req("PS-01")
async def test_what_the_store_sells_out_is_said_at_once(chat) -> None:
    talk = chat(product="TSHIRT-01")
    await talk.say("白色L有货吗")
    assert "有货" in talk.text
    with talk.shop.unit_of_work() as uow:
        for variant in uow.products.find("TSHIRT-01").variants:
            variant.stock = 0
        uow.commit()
    await talk.say("白色L有货吗")
    assert "有货" not in talk.text
    assert "缺货" in talk.text


@pytest.mark.req("PS-02")
@pytest.mark.parametrize(
    ("code", "tier"), [("JACKET-01", "满399元减50元"), ("SNEAKER-01", "满199元减20元"), ("TSHIRT-01", None)]
)
async def test_the_offer_named_is_the_tier_that_the_price_reaches(chat, code: str, tier: str | None) -> None:
    talk = chat(product=code)
    await talk.say("多少钱")
    reductions = re.findall(r"(?<!领券)满\d+元减\d+元", talk.text)
    assert reductions == ([tier] if tier else [])


@pytest.mark.req("PS-02")
async def test_the_main_product_is_recommended_once(chat) -> None:
    talk = chat(product="SNEAKER-01")
    await talk.say("云白40码有货吗")
    assert talk.keys.count("recommend") == 1
    await talk.say("云白41码有货吗")
    assert "stock" in talk.keys
    assert "recommend" not in talk.keys


@pytest.mark.req("PS-03")
@pytest.mark.parametrize("question", ["有什么优惠", "多少钱", "这件有货吗", "便宜点"])
async def test_an_offer_that_is_over_or_has_not_begun_is_never_named(chat, clock, question: str) -> None:
    talk = chat(product="JACKET-01")
    with talk.shop.unit_of_work() as uow:
        running = [p.title for p in uow.promotions.running(clock.now())]
    assert "上月回馈券满59减8" not in running
    await talk.say(question)
    assert not re.search("满59元|回馈|年货节|满599元减90元", talk.text)
    clock.advance(days=60)
    await chat(product="JACKET-01").say(question)
    later = chat(product="JACKET-01")
    await later.say(question)
    assert not re.search(r"满\d+元减|领券", later.text)


@pytest.mark.req("PS-04", "PS-05")
@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("什么材质的", "material"),
        ("怎么洗", "usage"),
        ("产地是哪里", "origin"),
        ("功效是什么", "function"),
        ("净重多少", "net_weight"),
        ("注意事项有哪些", "cautions"),
    ],
)
async def test_an_attribute_is_what_is_recorded_or_a_promise_to_find_out(chat, question: str, aspect: str) -> None:
    talk = chat(product="TSHIRT-01")
    recorded = product_of(talk, "TSHIRT-01").attributes.get(aspect)
    await talk.say(question)
    if recorded:
        assert talk.keys == ["product_fact"]
        assert recorded in talk.text
    else:
        assert talk.keys == ["look_up"]
        assert ASPECTS[aspect] in talk.text


@pytest.mark.req("PS-04", "PH-18")
async def test_what_is_not_recorded_becomes_a_task_due_at_the_time_that_was_said(chat, clock) -> None:
    talk = chat(product="TSHIRT-01")
    await talk.say("功效是什么")
    with talk.shop.unit_of_work() as uow:
        [task] = uow.tasks.of_conversation(talk.id)
    assert task.kind is TaskKind.LOOK_UP
    assert "功效" in task.title
    assert (task.due_at - clock.now()).total_seconds() == 30 * 60
    assert "14:33" in talk.text
    assert "转人工客服" in talk.offered


@pytest.mark.req("PS-17")
@pytest.mark.parametrize(("place", "covered"), [("香港", False), ("台湾", False), ("四川", True), ("新疆", True)])
async def test_coverage_is_that_of_the_freight_table(chat, place: str, covered: bool) -> None:
    talk = chat(product="TSHIRT-01")
    await talk.say(f"{place}能送到吗")
    assert talk.keys == ["coverage"]
    assert ("抱歉" in talk.text or "不好意思" in talk.text) is not covered


@pytest.mark.req("PS-20")
@pytest.mark.parametrize(("place", "fee"), [("新疆", "20元"), ("四川", "8元")])
async def test_postage_is_that_of_the_freight_table(chat, place: str, fee: str) -> None:
    talk = chat(product="SOCKS-01")
    await talk.say(f"寄到{place}运费多少")
    assert talk.keys == ["freight"]
    assert fee in talk.text


@pytest.mark.req("PS-17", "PS-20")
async def test_what_is_said_of_sending_follows_the_rule_from_the_next_message_on(chat) -> None:
    talk = chat(product="SOCKS-01")
    for regions, said in (
        ((FreightRegion(("四川",), first_fen=13_00),), ("freight", "13元")),
        ((FreightRegion(("四川",), covered=False),), ("coverage", "四川")),
        ((), ("look_up", "")),
    ):
        with talk.shop.unit_of_work() as uow:
            uow.policies.set("freight_regions", regions, "100", talk.shop.clock.now())
            uow.commit()
        await talk.say("寄到四川运费多少")
        assert talk.keys[0] == said[0]
        assert said[1] in talk.text


@pytest.mark.req("PS-06")
async def test_only_a_flagged_product_is_called_a_best_seller(chat) -> None:
    assert not product_of(chat(), "HOODIE-01").best_seller
    talk = chat(product="HOODIE-01")
    await talk.say("这件真好看")
    assert "热销" not in talk.text
    talk = chat(product="TSHIRT-01")
    await talk.say("今天天气真好")
    assert "眼光" not in talk.text


async def test_a_budget_narrows_the_recommendation_to_what_it_pays(chat) -> None:
    talk = chat("新来的小羊")
    await talk.says("有什么推荐", "60块以内的")
    with talk.shop.unit_of_work() as uow:
        prices = {p.title: p.price_fen for p in uow.products.on_sale()}
    assert talk.offered
    assert all(prices[title] <= 60_00 for title in talk.offered)


def test_the_demo_shop_has_an_offer_that_is_over_and_one_to_come(demo_services, clock) -> None:
    with demo_services.unit_of_work() as uow:
        running: list[Promotion] = list(uow.promotions.running(clock.now()))
    assert {p.code for p in running} == {"FULL-NOW", "COUPON-10", "GIFT-TOWEL", "COUPON-TEA"}


async def test_shoes_are_sized_by_the_chart_and_not_by_weight(chat) -> None:
    talk = chat(product="SNEAKER-01")
    await talk.say("脚长25厘米穿几码")
    assert talk.keys == ["product_fact"]
    for row in product_of(talk, "SNEAKER-01").size_chart:
        assert row.note in talk.text

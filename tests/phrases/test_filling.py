"""Quick phrases filled with what is known, and what is left for the agent."""

import pytest

from phrases import PhraseBook
from phrases.filling import fill, goods_facts
from phrases.variables import VARIABLES, find_blanks
from shop.model import Product, Promotion, PromotionKind, Tier
from shop.policy import Policy
from tests.conftest import NOW
from tests.shop.making import make_product

PARCEL = {"courier": "圆通", "waybill": "YT8812345678901"}


@pytest.mark.req("PH-14", "PH-19")
def test_what_is_known_stands_in_the_draft() -> None:
    assert fill("由{快递}运送，运单号{运单号}", PARCEL) == "由圆通运送，运单号YT8812345678901"


@pytest.mark.req("PH-14", "PC-03")
def test_without_a_fact_about_order_parcel_or_price_the_blank_stays() -> None:
    text = "订单{单号}共{应付金额}，{预计到达}送到，***前回复您"
    assert fill(text, {}) == text
    assert find_blanks(fill(text, {"order_no": "XS1"})) == ["{应付金额}", "{预计到达}", "***"]


def test_where_other_words_serve_as_well_they_stand_in() -> None:
    assert fill("{买家昵称}您好，{商品}有货", {}) == "亲您好，这款商品有货"
    assert fill("{买家昵称}您好，{商品}有货", {"nick": "晴天", "product": "棉T恤"}) == "晴天您好，棉T恤有货"


def test_what_stands_in_a_fact_is_no_blank_and_an_unknown_variable_stays_one() -> None:
    assert find_blanks(fill("{订单商品}", {"goods": "礼盒{单号}***装"})) == []
    assert fill("{不存在}", {}) == "{不存在}"


def test_no_stand_in_says_a_fact_or_is_a_blank() -> None:
    for variable in VARIABLES.values():
        assert not find_blanks(variable.fallback)
        assert not any(sign.isdigit() for sign in variable.fallback)


def test_facts_are_never_read_as_blanks_and_what_is_not_known_stays_one() -> None:
    draft = fill("{店铺名}满***元打**折，{截单时间}前付款", {"shop_name": "云朵{小}铺"})
    assert draft == "云朵｛小｝铺满***元打**折，{截单时间}前付款"
    assert find_blanks(draft) == ["***", "**", "{截单时间}"]


def test_every_shipped_phrase_can_be_drafted_without_a_fact() -> None:
    for phrase in PhraseBook.load().quick:
        assert fill(phrase.text, {})
        assert all(blank.strip("{}*") in ("", *VARIABLES) for blank in find_blanks(phrase.text))


@pytest.mark.req("PH-14")
def test_goods_are_told_by_what_is_recorded() -> None:
    running = Promotion("P1", "双十一", PromotionKind.FULL_REDUCTION, [Tier(200_00, 20_00)], NOW, NOW)
    facts = goods_facts(make_product(warranty_months=12), [running], Policy())
    assert fill("{优惠活动}，质保{质保}", facts) == "双十一：满200元减20元，质保12个月"
    bare: Product | None = None
    assert find_blanks(fill("{优惠活动}，质保{质保}", goods_facts(bare, [], Policy()))) == ["{优惠活动}", "{质保}"]
    assert "7天" in fill("{规则}", goods_facts(bare, [], Policy()))

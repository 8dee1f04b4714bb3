"""How many, which size and colour, and for what body."""

import pytest

from bot.nlu.body_patterns import kilograms
from bot.nlu.gazetteer import Gazetteer
from shop.lexicon import Lexicon
from tests.bot.nlu.finding import found

QUANTITIES = {
    "3件": 3, "两个": 2, "一百条": 100, "来5盒": 5, "我要十二双": 12, "买2送1吗 拍3": 3, "项链x2": 2, "要俩": 2,
    "少发了一包": 1, "数量:4": 4, "三张": 3,
    "买3送1": 3, "买二送一": 2, "来仨": 3, "99三件的": 3, "我这200个杯子": 200, "数量由50改为60": 60, "三根数据线": 3,
}  # fmt: skip
NO_QUANTITIES = (
    "一个月", "两个小时", "3个工作日", "两个人用", "第二件", "几个", "这个", "99包邮", "大一个码", "一个问题", "每件",
    "双十一", "两张券", "四件套",
    "另一个", "同一件", "上一瓶", "坏了七八个", "899对吧", "两个颜色", "一个包裹", "一条腿",
    "两个多月", "鞋拍41吗", "一箱装几瓶",
)  # fmt: skip

SIZES = {
    "XL还有吗": "XL", "有没有2xl": "XXL", "要XXL的": "XXL", "3XL": "3XL", "L码": "L", "换s的": "S", "均码": "均码",
    "42码": "42", "42的有吗": "42", "38码半": "38", "165/88a": "165/88A", "大一码": "大一码",
    "要大一号的": "大一号", "加大码": "加大码",
    "四十一码": "41", "欧码40": "40", "平时穿41": "41", "码拍错了 改成39": "39", "孩子穿120的": "120", "75B": "75B",
    "要512G": "512G", "24寸那个": "24寸", "超大号": "超大号", "加肥加大": "加肥加大", "鞋拍41吗": "41",
}  # fmt: skip
NO_SIZES = (
    "iPhone15s",
    "100ML",
    "XS12011934090",
    "42元",
    "6月42",
    "5L的桶",
    "38天",
    "型号",
    "L型支架",
    "能装42ml",
    "500ml水",
    "腰围30寸",
    "5G手机",
)

COLOURS = {
    "有黑色的吗": "黑色", "黑的有吗": "黑色", "要白款": "白色", "藏青还有货吗": "藏青", "米白色": "米白",
    "卡其": "卡其色", "樱桃红那条": "樱桃红", "浅蓝的": "浅蓝",
    "樱桃红色": "樱桃红", "暗红色的布鞋": "暗红", "灰蓝色": "灰蓝", "黑XL": "黑色", "2XL 黑": "黑色",
    "换成白吧": "白色",
}  # fmt: skip

BODIES = {
    "180 75kg": (180, 75.0),
    "165 110斤": (165, 55.0),
    "165,110": (165, 55.0),
    "180/75": (180, 75.0),
    "身高1米7 体重130斤": (170, 65.0),
    "一米六五 100斤": (165, 50.0),
    "1.75m 140斤穿多大": (175, 70.0),
    "身高175体重140": (175, 70.0),
    "我173,60公斤": (173, 60.0),
    "163cm 98斤选什么码": (163, 49.0),
    "我52kg 158选什么码": (158, 52.0),
    "推荐码数,167 120": (167, 60.0),
    "我160/45瑜伽裤要哪个码": (160, 45.0),
    "172cm68kg": (172, 68.0),
    "1m8 140斤": (180, 70.0),
    "1米65 110斤推荐下": (165, 55.0),
    "一米六八六十公斤": (168, 60.0),
    "给妈妈买 一米五八 一百二十斤": (158, 60.0),
    "身高一六五体重五十二公斤": (165, 52.0),
    "164的身高 112斤": (164, 56.0),
    "孩子身高110 38斤": (110, 19.0),
    "身高 171 体重 63 kg": (171, 63.0),
    "给老公买 175 150 穿啥": (175, 75.0),
    "我一米六二体重一百零八": (162, 54.0),
}


@pytest.mark.parametrize(("text", "number"), QUANTITIES.items())
def test_quantities(text: str, number: int) -> None:
    assert found(text)["quantity"][-1] == number


@pytest.mark.parametrize("text", NO_QUANTITIES)
def test_other_counts_are_no_quantity(text: str) -> None:
    assert "quantity" not in found(text)


@pytest.mark.parametrize(("text", "size"), SIZES.items())
def test_sizes_in_the_shops_own_spelling(text: str, size: str) -> None:
    assert found(text)["size"] == [size]


@pytest.mark.parametrize("text", NO_SIZES)
def test_what_is_no_size(text: str) -> None:
    assert "size" not in found(text)


@pytest.mark.parametrize(("text", "colour"), COLOURS.items())
def test_colours(text: str, colour: str) -> None:
    assert found(text)["colour"] == [colour]


def test_any_shops_sizes_and_colours_are_found_though_its_lexicon_is_empty() -> None:
    empty = Gazetteer(Lexicon())
    assert found("墨绿色XL和38码加大码", gazetteer=empty) == {"colour": ["墨绿"], "size": ["XL", "38", "加大码"]}


def test_the_shops_own_names_go_before_general_ones() -> None:
    shop = Gazetteer(Lexicon(colours=("墨绿", "绿色"), sizes=("2XL", "4盒"), version="1"))
    assert found("墨绿色XXL", gazetteer=shop) == {"colour": ["墨绿"], "size": ["2XL"]}
    assert found("4盒的多少钱", gazetteer=shop) == {"size": ["4盒"]}
    assert found("我买了4盒", gazetteer=shop) == {"quantity": [4]}


@pytest.mark.parametrize("text", ["奶粉的票不用开了", "点开是空白的", "我订的是大红袍"])
def test_words_that_hold_a_colours_characters_are_no_colour(text: str) -> None:
    assert found(text) == {}


def test_a_childs_height_counts_too() -> None:
    assert found("儿子120高") == found("身高120") == {"height_cm": [120]}


@pytest.mark.parametrize(("text", "body"), BODIES.items())
def test_body_height_and_weight(text: str, body: tuple[int, float]) -> None:
    values = found(text)
    assert (values["height_cm"], values["weight_kg"]) == ([body[0]], [body[1]])


@pytest.mark.parametrize(
    "text",
    [
        "5斤苹果",
        "180元",
        "20斤大米",
        "1.8米的床",
        "2kg装",
        "重了一单",
        "床笠要1米8的",
        "窗户宽一米五",
        "说1米5 我量才1米42",
        "二十斤的大米",
        "床单150/200的",
        "桌子120cm长",
        "我家猫10斤",
    ],
)
def test_goods_have_no_body(text: str) -> None:
    assert not {"height_cm", "weight_kg"} & set(found(text))


@pytest.mark.parametrize(
    ("figure", "tall", "unit", "kilos"),
    [
        (130, None, "斤", 65),
        (75, None, "kg", 75),
        (120, None, "", 60),
        (60, None, "", 60),
        (90, 150, "", 45),
        (90, 185, "", 90),
    ],
)
def test_a_weight_without_unit_is_taken_as_the_likelier(
    figure: float, tall: int | None, unit: str, kilos: float
) -> None:
    assert kilograms(figure, tall, unit) == kilos

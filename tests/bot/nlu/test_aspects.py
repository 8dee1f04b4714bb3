"""What of a product a question is about."""

import pytest

from bot.nlu.aspects import ASPECTS
from tests.bot.nlu.finding import aspects, found

QUESTIONS = {
    "ingredients": ("成分是什么", "配料表有吗", "含酒精吗"),
    "material": ("什么材质的", "面料舒服吗", "这是什么做的"),
    "function": ("有什么功效", "主要作用是啥", "这个功能多吗"),
    "suitable_for": ("适合什么肤质", "孕妇能用吗", "敏感肌可以用吗", "小孩可以吃吗"),
    "usage": ("怎么用", "使用方法发我", "这个怎么安装"),
    "cautions": ("有什么注意事项", "有禁忌吗", "可以机洗吗"),
    "origin": ("产地是哪", "哪里生产的"),
    "shelf_life": ("保质期多久", "生产日期是什么时候", "快过期了吗"),
    "net_weight": ("净重多少", "一袋多少克"),
    "dimensions": ("尺寸多大", "长宽高是多少"),
    "contents": ("一盒几包", "里面有什么", "包装清单有吗"),
    "packing": ("有礼盒吗", "包装好看吗"),
    "authenticity": ("是正品吗", "怎么辨别真假"),
    "compatibility": ("支持快充吗", "能配苹果15吗", "兼容安卓吗"),
    "customising": ("能定制吗", "可以刻字吗"),
    "warranty": ("质保多久", "保修几年"),
    "shipping": ("用什么快递", "发哪家快递"),
    "arrival": ("几天到", "什么时候能到", "多久能收到"),
}


@pytest.mark.req("NL-16")
@pytest.mark.parametrize(("aspect", "text"), [(aspect, text) for aspect, texts in QUESTIONS.items() for text in texts])
def test_questions_name_their_aspect(aspect: str, text: str) -> None:
    assert aspect in aspects(text)


def test_every_aspect_has_an_example() -> None:
    assert QUESTIONS.keys() == ASPECTS.keys()


NO_PRODUCT = (
    "支持七天无理由吗", "在吗", "便宜点", "怎么用优惠券", "快递怎么还没到", "能用花呗吗", "退款什么时候到账",
    "拉链坏了能修吗",
    "孩子不喝能退么", "书包装得下吗", "穿多大码",
)  # fmt: skip


@pytest.mark.parametrize("text", NO_PRODUCT)
def test_questions_about_no_product(text: str) -> None:
    assert aspects(text) == []


def test_two_questions_in_one_message() -> None:
    assert aspects("成分是什么,孕妇能用吗") == ["ingredients", "suitable_for"]


def test_an_aspect_lies_beside_the_values() -> None:
    assert found("项链发顺丰几天到") == {"product": ["ZZ-001"], "courier": ["sf"]}
    assert aspects("项链发顺丰几天到") == ["arrival"]

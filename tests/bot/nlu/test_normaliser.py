"""One spelling for what buyers type in many."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.normaliser import normalise

SPELLINGS = {
    "full width becomes half width": ("３件ＸＬ，多少钱？", "3件XL,多少钱?"),
    "the full-width yuan sign too": ("￥９９", "¥99"),
    "Chinese stops without a twin stay": ("《说明书》、盒子。", "《说明书》、盒子。"),
    "repeated signs are shortened": ("在吗！！！！人呢？？？。。。", "在吗!人呢?。"),
    "dots become an ellipsis": ("嗯......那个…………", "嗯…那个…"),
    "laughter is shortened": ("哈哈哈哈哈哈哈", "哈哈哈"),
    "three of a kind stay": ("哈哈哈", "哈哈哈"),
    "digits are never shortened": ("1000000元", "1000000元"),
    "Chinese digits neither": ("八八八八八", "八八八八八"),
    "white space is trimmed": ("  你好 \n\t 在吗\u3000", "你好 在吗"),
    "zero-width characters go": ("发\u200b货\ufeff了\u2060吗", "发货了吗"),
    "half a surrogate pair goes": ("好\ud83d的", "好的"),
    "emoji stay": ("谢谢😊❤️", "谢谢😊❤️"),
    "a family emoji stays whole": ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    "a joiner between letters goes": ("你\u200d好", "你好"),
    "a price with a comma stays": ("1,299元", "1,299元"),
}

NUMBERS = {
    "a mobile number in three groups": ("138 1234 5678", "13812345678"),
    "a mobile number with dashes": ("电话138-1234-5678", "电话13812345678"),
    "an order number after its letters": ("XS 12011934090", "XS12011934090"),
    "an order number between date and serial": ("xs-120119-34090", "xs120119" + "34090"),
    "a waybill in groups of four": ("SF 1234 5678 9012 3", "SF1234567890123"),
    "a platform order in groups": ("3871 0293 8471 0293 84", "387102938471029384"),
}

TWO_NUMBERS = (
    "180 75",
    "165 110 160 120",
    "13812345678 4090",
    "XS12011934090 2件",
    "2024-11-30",
    "100-200元",
    "4090 5081",
    "0755-22345678",
)


@pytest.mark.parametrize(("text", "expected"), SPELLINGS.values(), ids=SPELLINGS)
def test_spellings(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.req("NL-27")
@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("訂單退貨", "订单退货"),
        ("什麼時候發貨", "什么时候发货"),
        ("運費險怎麼賠", "运费险怎么赔"),
        ("著急用", "着急用"),
    ],
)
def test_traditional_characters_become_simplified(traditional: str, simplified: str) -> None:
    assert normalise(traditional) == simplified == normalise(simplified)


@pytest.mark.parametrize(("text", "expected"), NUMBERS.values(), ids=NUMBERS)
def test_one_long_number_is_joined(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize("text", TWO_NUMBERS)
def test_two_numbers_stay_two(text: str) -> None:
    assert normalise(text) == text


# Any code point, lone surrogates too, and among them many of what the rules look for.
ANYTHING = st.text(
    st.characters() | st.characters(categories=["Cs"]) | st.sampled_from("0123 -.…!！。哈幹乾著\u200d😂❤\ufe0fXS")
)


@settings(max_examples=400, deadline=None)
@given(ANYTHING)
def test_any_text_is_normalised_once_and_for_all(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    once.encode()  # nothing left that cannot be sent on


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("0123456789")))
def test_digits_are_kept(digits: str) -> None:
    assert normalise(digits) == digits

"""Numbers as Chinese buyers write them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.numerals import number_of

DIGITS = "零一二三四五六七八九"


def written(number: int) -> str:
    """The formal Chinese numeral, made digit by digit: nothing in common with the reader under test."""
    if number == 0:
        return "零"
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10**4)
        groups.append(group)
    text = ""
    for position in reversed(range(len(groups))):
        group = groups[position]
        if group == 0:
            continue
        text += ("零" if text and group < 1000 else "") + _four_digits(group) + ("", "万", "亿")[position]
    return text


def _four_digits(group: int) -> str:
    text, gap = "", False
    for power, unit in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = group // 10**power % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + unit
        gap = digit == 0
    return text


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**10))
def test_every_number_is_read_back(number: int) -> None:
    assert number_of(written(number)) == number


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**7), st.integers(min_value=0, max_value=99))
def test_arabic_digits_with_commas_and_cents(whole: int, cents: int) -> None:
    assert number_of(f"{whole:,}.{cents:02}") == Decimal(whole) + Decimal(cents) / 100


@settings(deadline=None)
@given(st.text(st.sampled_from(DIGITS + "两〇十百千万亿点.0123,k")))
def test_any_row_of_numeral_characters_is_a_number_or_none(text: str) -> None:
    number = number_of(text)
    assert number is None or number >= 0


@pytest.mark.req("NL-14")
@pytest.mark.parametrize(
    ("text", "number"),
    {
        "十五": 15, "五十": 50, "一百五": 150, "二百五": 250, "两百": 200, "一百零五": 105, "一百一十": 110,
        "两千三": 2300, "一千零八": 1008, "一万二": 12000, "两万五千": 25000, "三百二十一": 321, "八五": 85,
        "二〇二五": 2025, "八点五": "8.5", "199": 199, "1,299": 1299, "19.9": "19.9", "1.2万": 12000, "3k": 3000,
    }.items(),
)  # fmt: skip
def test_spoken_numbers(text: str, number: int | str) -> None:
    assert number_of(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "百", "千万", "万一", "几十", "abc", "一十百", "两两百", "1.2.3"])
def test_what_is_no_number(text: str) -> None:
    assert number_of(text) is None

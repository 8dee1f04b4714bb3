"""Order numbers, their last four digits, waybills and telephones are told apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bot.nlu.finding import found

ORDERS = {
    "XS12011934090": "XS12011934090",
    "订单号XS120119340901,麻烦查一下": "XS120119340901",
    "xs 120119 34090到哪了": "XS12011934090",
    "ＸＳ１２０１１９３４０９０": "XS12011934090",
    "我的单XS2611221到了没": "XS2611221",
    "3871029384710293846发货了吗": "3871029384710293846",
    "123456789012345": "123456789012345",
}

TAILS = {
    "4090": "4090",
    "4090。": "4090",
    "尾号4090": "4090",
    "尾号是 2025 的那单": "2025",
    "后四位4090": "4090",
    "末四位:0012": "0012",
    "最后四位是4090": "4090",
    "订单4090到哪了": "4090",
    "是4090": "4090",
    "我的订单4090谢谢": "4090",
    "4090那单退了吧": "4090",
    "0068那个订单我没收到": "0068",
    "单号末尾7190的": "7190",
    "尾号 4 0 9 0": "4090",
    "尾号四零九幺": "4091",
    "后四位三零八八": "3088",
    "四零九零": "4090",
}

NO_TAILS = (
    "2025",
    "4090元",
    "价格4090",
    "4090天",
    "12345",
    "409",
    "2024年买的",
    "一共4090,能便宜吗",
    "XS4090",
    "4090块",
)

WAYBILLS = {
    "SF1234567890123": "SF1234567890123",
    "sf1234567890123到哪了": "SF1234567890123",
    "快递单号YT7712345678901": "YT7712345678901",
    "JT3012345678901": "JT3012345678901",
    "JDVA01234567890": "JDVA01234567890",
    "JDV012345678901": "JDV012345678901",
    "EA123456789CN": "EA123456789CN",
    "775012345678": "775012345678",
    "773018846620915查到签收了": "773018846620915",
    "单号78012345678901呢": "78012345678901",
    "韵达431234567890123": "431234567890123",
    "物流号433008877665544": "433008877665544",
    "单号 3123 0012 3456 789": "312300123456789",
    "SF 1402 3345 67890": "SF1402334567890",
}

PHONES = {
    "13812345678": "13812345678",
    "电话138 1234 5678": "13812345678",
    "+86 138-1234-5678": "13812345678",
    "8613812345678": "13812345678",
    "打我19912345678谢谢": "19912345678",
    "0755-22345678": "075522345678",
    "(010)62345678": "01062345678",
    "02162345678": "02162345678",
    "1 3 8 1 2 3 4 5 6 7 8": "13812345678",
    "138 00138 000": "13800138000",
    "幺三九幺二三四五六七八": "13912345678",
    "一三八零零一三八零零零": "13800138000",
    "幺三八幺幺幺幺幺幺幺幺": "13811111111",
}


@pytest.mark.req("NL-12")
@pytest.mark.parametrize(("text", "number"), ORDERS.items())
def test_order_numbers(text: str, number: str) -> None:
    assert found(text) == {"order_no": [number]}


@pytest.mark.req("NL-12")
@pytest.mark.parametrize(("text", "digits"), TAILS.items())
def test_last_four_digits_of_an_order(text: str, digits: str) -> None:
    assert found(text)["order_tail"] == [digits]


@pytest.mark.parametrize("text", NO_TAILS)
def test_other_numbers_are_no_last_four_digits(text: str) -> None:
    assert "order_tail" not in found(text)


@pytest.mark.req("NL-13")
@pytest.mark.parametrize(("text", "number"), WAYBILLS.items())
def test_waybills(text: str, number: str) -> None:
    assert found(text) == {"waybill": [number]}


@pytest.mark.req("NL-13")
@pytest.mark.parametrize(("text", "digits"), PHONES.items())
def test_telephones(text: str, digits: str) -> None:
    assert found(text) == {"phone": [digits]}


@pytest.mark.req("NL-13")
def test_three_kinds_in_one_message_are_kept_apart() -> None:
    assert found("订单XS12011934090,运单SF1234567890123,电话13812345678") == {
        "order_no": ["XS12011934090"],
        "waybill": ["SF1234567890123"],
        "phone": ["13812345678"],
    }


@settings(deadline=None)
@given(
    st.dates().map(lambda day: day.strftime("%y%m%d") if day.year >= 1000 else "260101"),
    st.from_regex(r"\A[0-9]{1,8}\Z"),
    st.sampled_from(["", "订单", "麻烦查下 "]),
    st.sampled_from(["", "到哪了", ",谢谢", " 什么时候发"]),
)
def test_an_order_number_of_any_serial_is_nothing_else(day: str, serial: str, before: str, after: str) -> None:
    assert found(f"{before}XS{day}{serial}{after}") == {"order_no": [f"XS{day}{serial}"]}

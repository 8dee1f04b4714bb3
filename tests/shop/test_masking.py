"""Personal data of buyers as staff see it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from shop.masking import (
    EVERYTHING,
    NEEDS,
    NOTHING,
    Personal,
    Sight,
    full_address,
    mask_address,
    mask_identity,
    mask_mobile,
    mask_name,
    mask_phone,
    plain_to,
    sight_of,
)
from shop.model import Conversation, Holder, Receiver, Role, Staff
from tests.conftest import NOW
from tests.shop.making import RECEIVER

HOLDING = {Role.AFTERSALE_AGENT, Role.AGENT}
IDENTITY = "11010519491231002X"
"""The specimen number of GB 11643."""


def staff(role: Role, *, active: bool = True) -> Staff:
    return Staff("s1", "小禾", role, active=active)


def talk(holder: Holder = Holder.AGENT, agent_id: str | None = "s1") -> Conversation:
    return Conversation("c1", NOW, "b1", "小鱼", holder, agent_id=agent_id)


def test_every_role_has_its_line_in_the_table() -> None:
    assert NEEDS.keys() == set(Role)


@pytest.mark.req("PC-04")
@pytest.mark.parametrize("role", Role)
def test_who_needs_what_in_full(role: Role) -> None:
    always = {Role.MANAGER: EVERYTHING, Role.SUPERVISOR: EVERYTHING, Role.WAREHOUSE: {Personal.ADDRESS}}
    own = EVERYTHING if role in HOLDING else always.get(role, NOTHING)
    assert plain_to(staff(role), talk()) == own
    for other in (talk(agent_id="s2"), talk(Holder.QUEUE, None), talk(Holder.BOT, None)):
        assert plain_to(staff(role), other) == always.get(role, NOTHING)


@pytest.mark.req("PC-04")
def test_who_held_a_talk_before_sees_no_more_than_others() -> None:
    given_back = talk(Holder.QUEUE, "s1")
    assert plain_to(staff(Role.AGENT), given_back) == NOTHING


@pytest.mark.parametrize("role", Role)
def test_who_has_left_the_shop_sees_nothing(role: Role) -> None:
    assert plain_to(staff(role, active=False), talk()) == NOTHING


@pytest.mark.req("PC-04")
@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13800138000", "138****8000"),
        ("138 0013 8000", "138****8000"),
        ("138-0013-8000", "138****8000"),
        ("+8613800138000", "138****8000"),
        ("86-13800138000", "138****8000"),
        ("13800138000-2217", "138****8000"),
        ("0571-88886666", "****66"),
        ("88886666", "****66"),
        ("12345", "****"),
        ("12", "****"),
        ("", ""),
    ],
)
def test_a_phone_number_keeps_its_ends(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


@given(st.text(st.sampled_from("0123456789-+ 转")))
def test_no_phone_number_can_be_read_off(phone: str) -> None:
    shown, digits = mask_phone(phone), re.sub(r"\D", "", phone)
    assert len(re.sub(r"\D", "", shown)) <= 7
    assert not digits or digits not in shown
    assert bool(shown) == bool(phone.strip())


@pytest.mark.parametrize(
    ("name", "shown"), [("李雷", "李**"), ("李", "李**"), ("欧阳晓明", "欧**"), (" ", ""), ("", "")]
)
def test_of_a_name_the_first_sign_stays_and_not_its_length(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("receiver", "shown", "full"),
    [
        (RECEIVER, "浙江杭州市西湖区****", "浙江杭州市西湖区文三路1号"),
        (
            Receiver("李雷", "1", "上海", "上海市", "闵行区", "丰禾路8号"),
            "上海市闵行区****",
            "上海市闵行区丰禾路8号",
        ),
        (Receiver("", "", "", "", "", ""), "", ""),
    ],
)
def test_an_address_ends_at_the_district(receiver: Receiver, shown: str, full: str) -> None:
    assert (mask_address(receiver), full_address(receiver)) == (shown, full)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("打13800138000找我,或者 139-0000-1234", "打138****8000找我,或者 139****1234"),
        ("订单XS26112014090 运单 YT8123456789012", "订单XS26112014090 运单 YT8123456789012"),
        ("订单号202611201380013800", "订单号202611201380013800"),
        ("单号13800138000123", "单号13800138000123"),
        ("JT13800138000", "JT13800138000"),
    ],
)
def test_inside_words_mobile_numbers_are_hidden_and_others_are_not(text: str, shown: str) -> None:
    assert mask_mobile(text) == shown


@pytest.mark.req("PC-04")
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"身份证{IDENTITY}。", "身份证****002X。"),
        (f"身份证{IDENTITY.lower()}", "身份证****002x"),
        ("身份证110105194912310021", "身份证110105194912310021"),
    ],
)
def test_identity_numbers_are_known_by_their_check_sign(text: str, shown: str) -> None:
    assert mask_identity(text) == shown


@pytest.mark.parametrize("plain", [EVERYTHING, NOTHING])
def test_nobody_is_shown_a_whole_identity_number(plain: frozenset[Personal]) -> None:
    assert Sight(plain).text(f"我的{IDENTITY}") == "我的****002X"


def test_what_a_courier_writes_hides_the_receiver_and_keeps_the_couriers_own_number() -> None:
    text = "【杭州】小鱼(13800001234)的快件正在派送,派件员电话13900005678"
    assert Sight(NOTHING).scan(text, RECEIVER) == "【杭州】小**(138****1234)的快件正在派送,派件员电话13900005678"
    assert Sight(EVERYTHING).scan(text, RECEIVER) == text


@pytest.mark.req("PC-04")
def test_each_look_at_full_data_is_logged_without_the_data() -> None:
    with capture_logs() as logs, sight_of(staff(Role.AGENT), talk()) as sight:
        assert sight.phone(RECEIVER.phone) == RECEIVER.phone
        assert sight.phone("13900005678") == "13900005678"
        assert sight.address(RECEIVER) == full_address(RECEIVER)
    assert logs == [
        {
            "event": "personal_data.seen",
            "log_level": "info",
            "staff": "s1",
            "role": "综合客服",
            "conversation_id": "c1",
            "kinds": ["地址", "电话"],
        }
    ]


@pytest.mark.req("PC-04")
def test_a_look_at_masked_or_no_data_is_not_logged() -> None:
    with capture_logs() as logs:
        with sight_of(staff(Role.PRESALE_AGENT), talk()) as sight:
            sight.name("李雷"), sight.phone("13800138000"), sight.address(RECEIVER), sight.text("打13800138000")
        with sight_of(staff(Role.MANAGER), talk()) as sight:
            sight.name(""), sight.phone(""), sight.text("没有号码"), sight.scan("快件已揽收", RECEIVER)
    assert logs == []


@pytest.mark.req("PC-04")
def test_words_with_a_number_in_them_count_as_a_look() -> None:
    with capture_logs() as logs, sight_of(staff(Role.SUPERVISOR), talk()) as sight:
        assert sight.text("打13800138000") == "打13800138000"
    assert [entry["kinds"] for entry in logs] == [["电话"]]

import pytest

from shop.places import PLACES, province_of


def test_all_34_are_there() -> None:
    assert len(PLACES) == 34
    assert all(names[0] == short for short, names in PLACES.items())


@pytest.mark.parametrize(
    ("place", "province"),
    [
        ("浙江", "浙江"), ("浙江省", "浙江"),
        ("杭州", "浙江"), ("杭州市", "浙江"), ("浙江省杭州市西湖区丰禾路", "浙江"),
        ("内蒙古", "内蒙古"), ("内蒙", "内蒙古"), ("广西壮族自治区", "广西"), ("乌鲁木齐", "新疆"), ("香港", "香港"),
        ("四川 成都", "四川"), ("吉林市", "吉林"), ("上海市上海路", "上海"), ("火星", None), ("", None),
    ],
)  # fmt: skip
def test_a_place_is_in_its_province(place: str, province: str | None) -> None:
    assert province_of(place) == province

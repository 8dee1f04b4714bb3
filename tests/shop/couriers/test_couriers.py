import re

import pytest

from shop.couriers import COURIERS
from shop.couriers.base import WaybillCourier
from shop.lexicon import Lexicon
from shop.ports import Courier
from shop.wiring import Services, courier_of_waybill, couriers, find_courier, find_lexicon


@pytest.fixture(params=COURIERS, ids=lambda courier: courier.code)
def courier(request: pytest.FixtureRequest) -> WaybillCourier:
    found: WaybillCourier = request.param
    return found


def test_it_has_all_that_the_shop_asks_of_a_courier(courier: WaybillCourier) -> None:
    port: Courier = courier
    assert re.fullmatch(r"[a-z]+", port.code)
    assert re.fullmatch(r"(95\d{3,4}|11183)", port.phone)
    assert port.name
    assert port.aliases


def test_its_own_example_is_known_to_it_alone(courier: WaybillCourier) -> None:
    assert [other.code for other in COURIERS if other.knows(courier.example)] == [courier.code]
    assert courier_of_waybill(courier.example) is courier


def test_letters_in_small_and_blanks_are_no_matter(courier: WaybillCourier) -> None:
    assert courier.knows(f" {courier.example[:6].lower()} {courier.example[6:]}")


@pytest.mark.parametrize("waybill", ["", "1234", "XS26112014090", "13800001234", "SF123", "1" * 40])
def test_what_is_no_waybill_belongs_to_nobody(waybill: str) -> None:
    assert courier_of_waybill(waybill) is None


def test_codes_names_and_hotlines_are_each_one_company_s() -> None:
    for names in (
        [c.code for c in COURIERS],
        [c.phone for c in COURIERS],
        [n for c in COURIERS for n in (c.name, *c.aliases)],
    ):
        assert len(names) == len(set(names))


def test_they_are_found_by_code_and_stand_in_the_lexicon(services: Services) -> None:
    assert find_courier("sf").name == "顺丰速运"  # type: ignore[union-attr]
    assert find_courier("pigeon") is None
    assert len(couriers()) == 9
    lexicon: Lexicon = find_lexicon(services)
    assert lexicon.couriers["zto"][:2] == ("中通快递", "中通")

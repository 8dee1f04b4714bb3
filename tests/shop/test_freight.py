"""What the example and the buyer are told of sending follows from the freight rule. PS-17, PS-20."""

from dataclasses import replace
from typing import Any

import pytest

from shop.freight import find_region, freight_fen
from shop.model import Conversation, FreightRegion, Role, Staff
from shop.policy import Policy
from shop.policy_values import encode
from shop.ports import UnitOfWork
from shop.rules.changing import RuleEdit, change_rules
from shop.rules.effects import freight_effect
from shop.rules.listing import list_rules
from shop.talk_facts import gather_facts
from shop.wiring import Services, find_courier
from tests.conftest import NOW

NEAR = FreightRegion(("浙江", "上海"), True, 6_00, 1000, 2_00, True, 59_00, 1, 2)
FAR = FreightRegion(("新疆",), True, 20_00, 1000, 15_00)
NOWHERE = FreightRegion(("香港",), covered=False)
REST = FreightRegion((), True, 8_00, 1000, 4_00)
MANAGER = Staff("100", "云舒", Role.MANAGER)


def test_the_example_names_every_region_and_what_is_left_out() -> None:
    said = freight_effect(Policy(freight_regions=(NEAR, FAR, NOWHERE, REST)), NOW)
    assert said == "59.00 元、2 千克的商品，寄到浙江包邮，新疆 35.00 元，香港不配送，其他地区 12.00 元。"
    assert freight_effect(Policy(freight_regions=(FAR,)), NOW).endswith("新疆 35.00 元，其余省份不配送。")
    assert "人工核实" in freight_effect(Policy(), NOW)


def test_free_from_nothing_on_is_always_free_and_without_the_mark_never() -> None:
    assert freight_fen(FreightRegion((), free=True, free_from_fen=0), 0, 50) == 0
    assert freight_fen(FreightRegion((), first_fen=5_00, free=False, free_from_fen=0), 999_00) == 5_00


@pytest.mark.req("PS-20", "HE-07")
def test_what_the_manager_sets_is_what_a_phrase_says_next(demo_services: Services) -> None:
    talk = Conversation("c-freight", NOW)
    with demo_services.unit_of_work() as uow:
        buyer = uow.buyers.find_by_nick("只买一单的小鱼")
        assert buyer
        talk.buyer_id, talk.nick = buyer.id, buyer.nick
        before = uow.policies.current().freight_regions
        province = said(uow, talk)["province"]
        changed = FreightRegion((province,), free=True, free_from_fen=12_00, days_from=7, days_to=8)
        edit = RuleEdit("freight_regions", encode(before), encode([changed]))
        change_rules(uow, MANAGER, [edit], now=NOW)
        facts = said(uow, talk)
        assert (facts["free_from_fen"], facts["days"]) == (12_00, [7, 8])
        for nowhere in (replace(changed, covered=False), NOWHERE):
            edit = RuleEdit("freight_regions", encode(uow.policies.current().freight_regions), encode([nowhere]))
            change_rules(uow, MANAGER, [edit], now=NOW)
            assert not {"free_from_fen", "days"} & set(said(uow, talk))


def said(uow: UnitOfWork, talk: Conversation) -> dict[str, Any]:
    return gather_facts(uow, talk, None, shop_name="", now=NOW, policy=uow.policies.current(), courier_of=find_courier)


def test_the_demo_shop_sends_to_the_mainland_and_says_who_wrote_it(demo_services: Services) -> None:
    with demo_services.unit_of_work() as uow:
        regions = uow.policies.current().freight_regions
        rule = next(r for t in list_rules(uow, NOW) for r in t["rules"] if r["name"] == "freight_regions")
    assert rule["set_by"] == "系统"
    covered = {place: bool((r := find_region(regions, place)) and r.covered) for place in ("四川", "新疆", "香港")}
    assert covered == {"四川": True, "新疆": True, "香港": False}

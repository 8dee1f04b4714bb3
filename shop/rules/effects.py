"""What a rule does, on an example: by the same code that the bot and the desk go by."""

from collections.abc import Callable, Mapping
from datetime import datetime

from shop.compensation import propose
from shop.freight import freight_fen
from shop.hours import opening
from shop.model import FreightRegion
from shop.offers import bot_price, lowest_fen
from shop.policy import Policy, ReceptionMode
from shop.policy_parts import WEEK
from shop.reception import mode_at
from shop.times import local

EXAMPLE_FEN = 59_00
EXAMPLE_KG = 2
OTHERS = "其他地区"


def discount_effect(policy: Policy, now: datetime) -> str:
    tier = policy.tier_for(EXAMPLE_FEN)
    least = {"机器人": tier.bot, "客服": tier.agent, "主管": tier.supervisor}
    said = "，".join(f"{who} {lowest_fen(EXAMPLE_FEN, off) / 100:.2f} 元" for who, off in least.items())
    offered = bot_price(EXAMPLE_FEN, None, policy)
    bot = f"机器人给出 {offered / 100:.2f} 元" if offered else "机器人不让价"
    return f"{EXAMPLE_FEN / 100:.2f} 元的商品，最低可到：{said}。买家只说“便宜点”时，{bot}。"


def compensation_effect(policy: Policy, now: datetime) -> str:
    offers = {row.cause: propose(policy, row.cause, EXAMPLE_FEN) for row in policy.compensations}
    said = [f"{cause.value}{o.form.value} {o.amount_fen / 100:.2f} 元" for cause, o in offers.items() if o]
    rest = "其他原因转人工。" if said else "所有原因都转人工。"
    return f"实付 {EXAMPLE_FEN / 100:.2f} 元的订单：{'，'.join([*said, rest])}"


def freight_effect(policy: Policy, now: datetime) -> str:
    regions = policy.freight_regions
    if not regions:
        return "还没有写运费：买家问运费、问能不能送到时，机器人请人工核实。"
    said = "，".join(_sending(region) for region in regions)
    others = "" if any(not region.provinces for region in regions) else "，其余省份不配送"
    return f"{EXAMPLE_FEN / 100:.2f} 元、{EXAMPLE_KG} 千克的商品，寄到{said}{others}。"


def _sending(region: FreightRegion) -> str:
    place = region.provinces[0] if region.provinces else OTHERS
    if not region.covered:
        return f"{place}不配送"
    fee = freight_fen(region, EXAMPLE_FEN, EXAMPLE_KG)
    return f"{place} {fee / 100:.2f} 元" if fee else f"{place}包邮"


def hours_effect(policy: Policy, now: datetime) -> str:
    found = opening(policy, now)
    if found.open:
        return "现在是人工服务时间。"
    if found.opens_at is None:
        return "现在没有人工，之后 60 天内也没有上班时间。"
    at = local(found.opens_at)
    return f"现在没有人工，下次上班：{at.month}月{at.day}日（{WEEK[at.weekday()]}）{at:%H:%M}。"


def reception_effect(policy: Policy, now: datetime) -> str:
    span = mode_at(policy, now)
    share = f"，{span.share}% 的买家先由人工接待" if span.mode is ReceptionMode.SHARED else ""
    return f"现在（{local(now):%H:%M}）的接待方式：{span.mode.value}{share}。"


EFFECTS: Mapping[str, Callable[[Policy, datetime], str]] = {
    "discount_tiers": discount_effect,
    "compensations": compensation_effect,
    "freight_regions": freight_effect,
    "working_hours": hours_effect,
    "special_days": hours_effect,
    "reception": reception_effect,
}

"""What the values of the rules are made of, for people: the name, unit and range of every part."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from shop.model import FreightRegion
from shop.places import PLACES
from shop.policy import (
    Compensation,
    CompensationWay,
    DiscountTier,
    Policy,
    ReceptionMode,
    ReceptionSpan,
    RoleLimits,
    Shift,
    SpecialDay,
    WorkingHours,
)

WEEK = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
MOST_ROWS = 60
MOST_WORDS = 500
MOST_LETTERS = 30
MOST_FEN = 100_000_00
MOST_FREIGHT_FEN = 1000_00


class Part(NamedTuple):
    """`scale`: how many of the store's make one of what people see (100 fen are one yuan). `only_with`: another part
    and the value of it with which this one means anything. `choices`: the only words that a list may hold, `nothing`
    what none of them means.
    """

    label: str
    unit: str = ""
    scale: int = 1
    low: int | None = None
    high: int | None = None
    only_with: tuple[str, Any] | None = None
    choices: tuple[str, ...] = ()
    nothing: str = ""


_SENT = ("covered", True)
_FROM, _TO = Part("开始"), Part("结束")
PARTS: Mapping[type, Mapping[str, Part]] = MappingProxyType(
    {
        DiscountTier: {
            "from_fen": Part("起价", "元", 100, 0, 1_000_000_00),
            "bot": Part("机器人", "%", 10, 0, 900),
            "agent": Part("客服", "%", 10, 0, 900),
            "supervisor": Part("主管", "%", 10, 0, 900),
        },
        RoleLimits: {
            "presale": Part("售前", "元", 100, 0, MOST_FEN),
            "agent": Part("客服", "元", 100, 0, MOST_FEN),
            "leader": Part("组长", "元", 100, 0, MOST_FEN),
            "supervisor": Part("主管", "元", 100, 0, MOST_FEN),
        },
        Compensation: {
            "cause": Part("原因"),
            "form": Part("补偿"),
            "way": Part("怎么算"),
            "amount_fen": Part("金额", "元", 100, 1, MOST_FEN, ("way", CompensationWay.FIXED.value)),
            "share": Part("比例", "%", 10, 1, 1000, ("way", CompensationWay.SHARE.value)),
            "cap_fen": Part("最多", "元", 100, 1, MOST_FEN, ("way", CompensationWay.SHARE.value)),
        },
        FreightRegion: {
            "provinces": Part("寄到", choices=tuple(PLACES), nothing="其他地区"),
            "covered": Part("配送"),
            "first_fen": Part("首重运费", "元", 100, 0, MOST_FREIGHT_FEN, _SENT),
            "first_grams": Part("首重", "千克", 1000, 1, 100_000, _SENT),
            "more_fen_per_kg": Part("续重每千克", "元", 100, 0, MOST_FREIGHT_FEN, _SENT),
            "free": Part("满额包邮", only_with=_SENT),
            "free_from_fen": Part("商品满", "元", 100, 0, MOST_FEN, ("free", True)),
            "days_from": Part("最快", "天", 1, 0, 60, _SENT),
            "days_to": Part("最慢", "天", 1, 0, 60, _SENT),
        },
        WorkingHours: {"days": Part("星期", low=0, high=6), "starts": _FROM, "ends": _TO},
        Shift: {"starts": _FROM, "ends": _TO},
        SpecialDay: {"day": Part("日期"), "shifts": Part("上班时段"), "name": Part("名称")},
        ReceptionSpan: {
            "starts": _FROM,
            "ends": _TO,
            "mode": Part("方式"),
            "share": Part("转人工", "%", 1, 0, 100, ("mode", ReceptionMode.SHARED.value)),
        },
    }
)
_LABEL = re.compile(r"(?P<label>[^()]+)(?:\((?P<unit>[^()]+)\))?")
_FEN = "分"


def part_of_rule(name: str) -> Part:
    """The rule itself: its label says its unit, and people read yuan where the store has fen."""
    facts: Mapping[str, Any] = Policy.__dataclass_fields__[name].metadata
    found = _LABEL.fullmatch(facts["label"])
    label, unit = (found["label"], found["unit"] or "") if found else (facts["label"], "")
    low, high = facts["low"], facts["high"]
    return Part(label, "元", 100, low, high) if unit == _FEN else Part(label, unit, 1, low, high)


def say_number(value: int, part: Part) -> str:
    """As people read it: 2000 fen are `20 元`, 25 per mille `2.5%`."""
    whole, rest = divmod(abs(value), part.scale)
    digits = f"{rest:0{len(str(part.scale)) - 1}d}".rstrip("0") if rest else ""
    number = f"{'-' if value < 0 else ''}{whole}{'.' + digits if digits else ''}"
    return f"{number}%" if part.unit == "%" else f"{number} {part.unit}".rstrip()

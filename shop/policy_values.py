"""A rule's value as plain JSON and back; what does not fit its type is refused with the place where it is wrong."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from datetime import date, time
from enum import Enum
from typing import Any

from shop.errors import FieldWrong
from shop.policy import Policy, refusal
from shop.policy_parts import MOST_LETTERS, MOST_ROWS, MOST_WORDS, PARTS, Part, part_of_rule, say_number

_RULES = {item.name: item for item in fields(Policy)}
_TIME = re.compile(r"\d\d:\d\d", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class _Misfit(ValueError):
    pass


def encode(value: Any) -> Any:
    """Times become "09:00", days "2026-10-01", choices their value, dataclasses objects, tuples lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return encode(asdict(value))
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: encode(item) for key, item in value.items()}
    return [encode(item) for item in value] if isinstance(value, (list, tuple)) else value


def decode(name: str, value: Any) -> Any:
    """The value of rule `name` in the type that Policy wants; how parts fit together is Policy's own business.

    Raises FieldWrong for a name that is no rule's, RuleRefused with the place and the range.
    """
    if name not in _RULES:
        raise FieldWrong(field=name, label=name, value=value, low=None, high=None)
    try:
        return _like(_RULES[name].metadata["sample"], value, part_of_rule(name))
    except _Misfit as misfit:
        raise refusal(name, value, str(misfit)) from misfit


def _like(sample: Any, value: Any, part: Part, place: str = "") -> Any:
    """`value` made into the same type as `sample`. Raises _Misfit where it cannot be."""
    if is_dataclass(sample) and not isinstance(sample, type):
        return _record(sample, value, place)
    if isinstance(sample, tuple):
        return _row_by_row(sample, value, part, place)
    if isinstance(sample, Enum):
        return _choice(sample, value, place)
    if isinstance(sample, (date, time)):
        return _moment(sample, value, place)
    if type(value) is not type(sample):
        raise _Misfit(f"{place}要填{_wanted(part) if isinstance(sample, int) else '文字'}")
    if isinstance(sample, str):
        return _word(value, part, place)
    if not ((part.low is None or part.low <= value) and (part.high is None or value <= part.high)):
        raise _Misfit(f"{place}要在 {_range_of(part)} 之间")
    return value


def _wanted(part: Part) -> str:
    return "整数" if part.scale == 1 else f"数字，最多 {len(str(part.scale)) - 1} 位小数"


def _range_of(part: Part) -> str:
    return f"{say_number(part.low or 0, part)} 到 {say_number(part.high or 0, part)}"


def _record(sample: Any, value: Any, place: str) -> Any:
    kind, own = type(sample), isinstance(value, type(sample))
    if not own and not isinstance(value, Mapping):
        raise _Misfit(f"{place}没有填完整")
    given: dict[str, Any] = {}
    for item in fields(sample):
        part = PARTS[kind][item.name]
        if not own and item.name not in value:
            raise _Misfit(f"{place}「{part.label}」没有填")
        inner = getattr(value, item.name) if own else value[item.name]
        given[item.name] = _like(getattr(sample, item.name), inner, part, f"{place}「{part.label}」")
    return kind(**given)


def _row_by_row(sample: tuple[Any, ...], value: Any, part: Part, place: str) -> tuple[Any, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise _Misfit(f"{place}要填一列内容")
    most = len(part.choices) or (MOST_WORDS if isinstance(sample[0], str) else MOST_ROWS)
    if len(value) > most:
        raise _Misfit(f"{place}最多 {most} 行")
    if "" in value:
        raise _Misfit(f"{place}第 {value.index('') + 1} 行是空的")
    each = part._replace(label="")
    return tuple(_like(sample[0], item, each, f"{place}第 {number} 行") for number, item in enumerate(value, 1))


def _choice(sample: Enum, value: Any, place: str) -> Enum:
    kind = type(sample)
    known = {each.value: each for each in kind}
    chosen = value.value if isinstance(value, kind) else value
    if not isinstance(chosen, str) or chosen not in known:
        raise _Misfit(f"{place}请从{'、'.join(known)}里选")
    return known[chosen]


def _moment(sample: date | time, value: Any, place: str) -> date | time:
    """To the minute, of the shop's own clock: nothing is lost on the way to JSON and back."""
    if type(value) is type(sample):
        return value
    form, like = (_TIME, "09:00 这样的时间") if isinstance(sample, time) else (_DAY, "2026-10-01 这样的日期")
    if not isinstance(value, str) or not form.fullmatch(value):
        raise _Misfit(f"{place}要填 {like}")
    try:
        return type(sample).fromisoformat(value)
    except ValueError as error:
        raise _Misfit(f"{place}要填 {like}") from error


def _word(value: str, part: Part, place: str) -> str:
    if len(value) > MOST_LETTERS or value != value.strip() or (value and not value.isprintable()):
        raise _Misfit(f"{place}最多 {MOST_LETTERS} 个字，首尾不留空格、不换行")
    if part.choices and value not in part.choices:
        raise _Misfit(f"{place}没有「{value}」可选")
    return value

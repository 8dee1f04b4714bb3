"""What a rule's value is made of, as plain data that a page makes its fields from; and a value in words.

{"kind": "number", "unit", "scale", "low", "high", "start"}   whole, as stored; shown as stored / scale
{"kind": "yes", "start"}   {"kind": "time"} "09:00"   {"kind": "day"} "2026-10-01"   {"kind": "text", "most"}
{"kind": "choice", "choices": [{"value", "label"}]}   one of them
{"kind": "marks", "choices", "nothing"}   a list of some of them; `nothing`, if any, is what none of them means
{"kind": "words", "most", "letters"}   a list of own words
{"kind": "rows", "most", "item": {"kind": "record", "parts": [{"name", "label", "only_with", "shape"}]}}
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, time
from enum import Enum
from typing import Any

from shop.policy import Policy
from shop.policy_parts import (
    MOST_LETTERS,
    MOST_ROWS,
    MOST_WORDS,
    PARTS,
    WEEK,
    Part,
    part_of_rule,
    say_number,
)

Json = dict[str, Any]
NOTHING = "无"


def shape_of_rule(name: str) -> Json:
    facts: Mapping[str, Any] = Policy.__dataclass_fields__[name].metadata
    if facts["choices"]:
        return {"kind": "marks", "choices": _choices(facts["choices"].items())}
    return _shape(facts["sample"], part_of_rule(name))


def _shape(sample: Any, part: Part) -> Json:
    if isinstance(sample, bool):
        return {"kind": "yes", "start": sample}
    if isinstance(sample, int):
        return {
            "kind": "number",
            "unit": part.unit,
            "scale": part.scale,
            "low": part.low,
            "high": part.high,
            "start": sample,
        }
    if isinstance(sample, Enum):
        return {"kind": "choice", "choices": _choices((each.value, each.value) for each in type(sample))}
    if isinstance(sample, str):
        return {"kind": "text", "most": MOST_LETTERS}
    if isinstance(sample, (date, time)):
        return {"kind": "time" if isinstance(sample, time) else "day"}
    return _list_shape(sample[0], part) if isinstance(sample, tuple) else _record_shape(sample)


def _list_shape(item: Any, part: Part) -> Json:
    if isinstance(item, int):
        return {"kind": "marks", "choices": _choices(enumerate(WEEK))}
    if part.choices:
        return {"kind": "marks", "choices": _choices((each, each) for each in part.choices), "nothing": part.nothing}
    if isinstance(item, str):
        return {"kind": "words", "most": MOST_WORDS, "letters": MOST_LETTERS}
    return {"kind": "rows", "most": MOST_ROWS, "item": _record_shape(item)}


def _record_shape(sample: Any) -> Json:
    known = PARTS[type(sample)]
    parts = [
        {
            "name": item.name,
            "label": known[item.name].label,
            "only_with": known[item.name].only_with,
            "shape": _shape(getattr(sample, item.name), known[item.name]),
        }
        for item in fields(sample)
    ]
    return {"kind": "record", "parts": parts}


def _choices(pairs: Iterable[tuple[Any, str]]) -> list[Json]:
    return [{"value": value, "label": label} for value, label in pairs]


def say_rule(name: str, value: Any) -> str:
    """`value` as plain JSON, in words: `30 分钟`, `周一、周二 09:00–18:00；周三 10:00–12:00`."""
    return say(shape_of_rule(name), value)


def say(shape: Json, value: Any) -> str:
    return _SAY[shape["kind"]](shape, value)


def _say_number(shape: Json, value: int) -> str:
    return say_number(value, Part("", shape["unit"], shape["scale"]))


def _say_marks(shape: Json, value: Sequence[Any]) -> str:
    chosen = [choice["label"] for choice in shape["choices"] if choice["value"] in value]
    return "每天" if chosen == [*WEEK] else "、".join(chosen) or shape.get("nothing") or NOTHING


def _say_rows(shape: Json, value: Sequence[Any]) -> str:
    return "；".join(say(shape["item"], row) for row in value) or NOTHING


def _say_record(shape: Json, value: Json) -> str:
    said: list[str] = []
    silent: set[str] = set()
    for part in shape["parts"]:
        only, own = part["only_with"], value[part["name"]]
        if only and (only[0] in silent or value[only[0]] != only[1]):
            silent.add(part["name"])
            continue
        if own == "" or part["name"] == "ends":
            continue
        words = say(part["shape"], own)
        if part["shape"]["kind"] == "number":
            words = f"{part['label']} {words}"
        if part["shape"]["kind"] == "yes":
            words = part["label"] if own else f"不{part['label']}"
        said.append(f"{words}–{value['ends']}" if part["name"] == "starts" else words)
    numbers = all(part["shape"]["kind"] == "number" for part in shape["parts"])
    return ("，" if numbers else " ").join(said)


_SAY: Mapping[str, Callable[[Json, Any], str]] = {
    "number": _say_number,
    "yes": lambda shape, value: "是" if value else "否",
    "time": lambda shape, value: str(value),
    "day": lambda shape, value: str(value),
    "text": lambda shape, value: str(value),
    "choice": lambda shape, value: str(value),
    "marks": _say_marks,
    "words": lambda shape, value: "、".join(value) or NOTHING,
    "rows": _say_rows,
    "record": _say_record,
}

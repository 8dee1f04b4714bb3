"""A rule's value as plain JSON and back; what does not fit its type raises FieldWrong."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from datetime import date, time
from enum import Enum
from typing import Any

from shop.errors import FieldWrong
from shop.policy import Policy

_RULES = {item.name: item for item in fields(Policy)}


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
    """The value of rule `name` in the type that Policy wants; ranges are Policy's own business."""
    if name not in _RULES:
        raise FieldWrong(field=name, label=name, value=value, low=None, high=None)
    metadata = _RULES[name].metadata
    try:
        return _like(metadata["sample"], value)
    except (TypeError, ValueError, KeyError) as error:
        facts = {"label": metadata["label"], "low": metadata["low"], "high": metadata["high"]}
        raise FieldWrong(field=name, value=value, **facts) from error


def _like(sample: Any, value: Any) -> Any:
    """`value` made into the same type as `sample`. Raises TypeError, ValueError or KeyError where it cannot be."""
    if is_dataclass(sample) and not isinstance(sample, type):
        parts = value if isinstance(value, Mapping) else {f.name: getattr(value, f.name, None) for f in fields(sample)}
        kind = type(sample)
        return kind(**{f.name: _like(getattr(sample, f.name), parts[f.name]) for f in fields(sample)})
    if isinstance(sample, tuple):
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise TypeError(value)
        return tuple(_like(sample[0], item) for item in value)
    if isinstance(sample, (date, time)) and isinstance(value, str):
        return type(sample).fromisoformat(value)
    if isinstance(sample, Enum):
        return type(sample)(value)
    if type(value) is not type(sample):
        raise TypeError(value)
    return value

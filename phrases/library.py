"""The shipped library, read from YAML."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from phrases.errors import LibraryError
from phrases.timing import ALWAYS, Timing
from phrases.variables import VARIABLES, Facts, Variable, fill_known, find_names

FOLDER = Path(__file__).parent
TOPICS = ("general", "presale", "bargain", "payment", "tracking", "aftersale", "handover")
GROUPS = {
    "welcome": "欢迎语",
    "talk": "对话用语",
    "goods": "商品咨询",
    "bargain": "议价用语",
    "payment": "支付款对话",
    "urge": "催单",
    "logistics": "物流",
    "aftersale": "售后",
    "soothe": "安抚",
    "phone": "电话话术",
    "closing": "结束语",
}
"""File name → 分组, in the order of the agent's panel."""


@dataclass(frozen=True)
class Wording:
    """One way to say it. It serves facts that equal all of `when` and give all its variables, while `timing` holds."""

    text: str
    when: Mapping[str, Any] = field(default_factory=dict)
    timing: Timing = ALWAYS

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        return tuple(VARIABLES[name] for name in find_names(self.text))

    @cached_property
    def rank(self) -> tuple[bool, int, int]:
        """How closely it speaks of the moment and the facts."""
        return bool(self.timing), len(self.when), sum(bool(variable.needs) for variable in self.variables)

    def fits(self, facts: Facts, now: datetime | None = None) -> bool:
        """Without a time no timed wording fits."""
        if self.timing and not (now and self.timing.holds(now)):
            return False
        return all(name in facts and facts[name] == value for name, value in self.when.items())

    def find_missing(self, facts: Facts) -> tuple[str, ...]:
        lacking = (v.needs for v in self.variables if v.find_text(facts) is None)
        return tuple(need for needs in lacking for need in needs)

    def render(self, facts: Facts) -> str:
        return fill_known(self.text, facts)


@dataclass(frozen=True)
class AutoReply:
    """`spare` is what was shipped: it is said where none of the shop's own `wordings` fits.

    `to_person`: where it is said, a person takes over. One with `keywords` is the shop's own.
    """

    key: str
    topic: str
    scene: str
    wordings: tuple[Wording, ...]
    enabled: bool = True
    to_person: bool = False
    keywords: tuple[str, ...] = ()
    priority: int = 0
    spare: tuple[Wording, ...] = ()


@dataclass(frozen=True)
class QuickPhrase:
    """Agents insert it into their draft; `code` is the 快捷编码, `***` a blank to fill by hand."""

    code: str
    group: str
    text: str


class _Loader(yaml.SafeLoader):
    """YAML keeps the last of two equal keys without a word; a phrase would get lost."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        names = [key.value for key, _ in node.value]
        for name in names:
            if names.count(name) > 1:
                raise LibraryError(f"line {node.start_mark.line + 1}", f"{name!r} stands there twice")
        return super().construct_mapping(node, deep)


def _read_yaml(path: Path, shape: type) -> Any:
    where = f"{path.parent.name}/{path.name}"
    try:
        content = yaml.load(path.read_text("utf-8"), _Loader)  # noqa: S506 (a SafeLoader)
    except (OSError, yaml.YAMLError, LibraryError) as error:
        raise LibraryError(where, str(error)) from error
    if not isinstance(content, shape):
        raise LibraryError(where, f"should be a {shape.__name__}")
    return content


def _build(where: str, kind: type, entry: Any, **more: Any) -> Any:
    try:
        return kind(**more, **entry)
    except TypeError as error:
        raise LibraryError(where, str(error)) from error


def read_auto(folder: Path) -> Iterator[tuple[str, AutoReply]]:
    """Pairs of place and auto-reply; places name file and key."""
    for topic in TOPICS:
        path = folder / "auto" / f"{topic}.yml"
        for key, entry in _read_yaml(path, dict).items():
            where = f"auto/{path.name}: {key}"
            reply = _build(where, AutoReply, entry, key=key, topic=topic)
            wordings = reply.wordings if isinstance(reply.wordings, list) else [None]
            built = tuple(_build(where, Wording, wording) for wording in wordings)
            yield where, replace(reply, wordings=built)


def read_quick(folder: Path) -> Iterator[tuple[str, QuickPhrase]]:
    """Pairs of place and quick phrase, in the order of the panel."""
    for name, group in GROUPS.items():
        for line, entry in enumerate(_read_yaml(folder / "quick" / f"{name}.yml", list), 1):
            where = f"quick/{name}.yml: {line}"
            yield where, _build(where, QuickPhrase, entry, group=group)

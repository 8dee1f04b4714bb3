"""How well entities are found: `tests/nlu/mentions.yml` against `bot.nlu.entity_patterns`, without a trained model.

    today: "2026-11-20"
    messages:
    - text: 云朵棉T恤要两件
      entities:
      - {entity: quantity, mention: 两件, value: 2}

A find is right when kind and value agree and its characters overlap the mention. Only the kinds that the file
names are judged, so that a kind nobody has marked up is no mistake.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from benchmarks.blind_set import ROOT
from benchmarks.nlu_figures import Quality, quality
from bot.nlu.entity_patterns import find_entities
from bot.nlu.gazetteer import Gazetteer
from bot.nlu.normaliser import normalise
from bot.nlu.spans import Span
from shop.lexicon import Lexicon

MENTIONS = ROOT / "tests/nlu/mentions.yml"
MOST_SLIPS = 4
"""Of each kind."""
OVERALL = "overall"


class MentionsWrong(Exception):
    """A mention does not stand in its message."""


@dataclass(frozen=True)
class Mention:
    """An entity that a person marked; `places` are all (start, end) of its words in the normalised text."""

    entity: str
    words: str
    value: str | int | float
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Marked:
    """A normalised message and what stands in it."""

    text: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class Slip:
    """`kind` is "missed" or "extra"; `words` as marked or as found."""

    kind: str
    text: str
    entity: str
    words: str
    value: str


@dataclass(frozen=True)
class Entities:
    messages: int
    overall: Quality
    kinds: tuple[Quality, ...]
    slips: tuple[Slip, ...]


def find_entity_figures(file: Path = MENTIONS) -> Entities | None:
    """None where nobody has written the file."""
    if not file.is_file():
        return None
    today, messages = read_mentions(file)
    gazetteer = Gazetteer(demo_lexicon())
    return judge(messages, [find_entities(marked.text, today, gazetteer) for marked in messages])


def read_mentions(file: Path) -> tuple[date, list[Marked]]:
    """The day that the messages were said on, and the messages. Raises MentionsWrong."""
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    return date.fromisoformat(str(content["today"])), [_marked(message) for message in content["messages"]]


def _marked(message: dict[str, Any]) -> Marked:
    text = normalise(message["text"])
    return Marked(text, tuple(_mention(text, entry) for entry in message.get("entities") or []))


def _mention(text: str, entry: dict[str, Any]) -> Mention:
    words = normalise(str(entry["mention"]))
    starts = [start for start in range(len(text)) if words and text.startswith(words, start)]
    if not starts:
        raise MentionsWrong(f"{entry['mention']!r} does not stand in {text!r}")
    value = entry["value"]
    places = tuple((start, start + len(words)) for start in starts)
    return Mention(entry["entity"], words, value.isoformat() if isinstance(value, date) else value, places)


def demo_lexicon() -> Lexicon:
    """The names of the demo shop, from a store that is made for it and thrown away."""
    from shop.demo import seed
    from shop.settings import Settings
    from shop.wiring import find_lexicon, migrate, wire

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database_url=f"sqlite:///{folder}/shop.db", var=Path(folder))
        migrate(settings)
        services = wire(settings)
        with services.unit_of_work() as uow:
            seed(uow, services.clock.now())
            uow.commit()
        lexicon = find_lexicon(services)
        services.close()
    return lexicon


def judge(messages: Sequence[Marked], finds: Sequence[Sequence[Span]]) -> Entities:
    """`finds[i]` are those of `messages[i]`. No find answers for two mentions."""
    judged = {mention.entity for marked in messages for mention in marked.mentions}
    meant, found, right, slips = Counter[str](), Counter[str](), Counter[str](), list[Slip]()
    for marked, spans in zip(messages, finds, strict=True):
        left = [span for span in spans if span.entity in judged]
        meant.update(mention.entity for mention in marked.mentions)
        found.update(span.entity for span in left)
        for mention in marked.mentions:
            span = next((span for span in left if _agree(mention, span)), None)
            if span is None:
                slips.append(Slip("missed", marked.text, mention.entity, mention.words, str(mention.value)))
            else:
                left.remove(span)
                right[span.entity] += 1
        slips += [_extra(marked.text, span) for span in left]
    kinds = tuple(_quality(kind, meant[kind], found[kind], right[kind]) for kind in sorted(judged))
    overall = _quality(OVERALL, meant.total(), found.total(), right.total())
    return Entities(len(messages), overall, kinds, tuple(_first_of_each(slips)))


def _first_of_each(slips: Sequence[Slip]) -> Iterator[Slip]:
    """In the order of kinds, lest the first kind of the file crowd out the others."""
    told = Counter[str]()
    for slip in sorted(slips, key=lambda slip: slip.entity):
        told[slip.entity] += 1
        if told[slip.entity] <= MOST_SLIPS:
            yield slip


def _agree(mention: Mention, span: Span) -> bool:
    """Values agree as numbers or as written: yaml reads 42 where the pattern says "42"; 墨绿 is 墨绿色."""
    same = mention.value == span.value or str(mention.value).removesuffix("色") == str(span.value).removesuffix("色")
    overlap = any(start < span.end and span.start < end for start, end in mention.places)
    return mention.entity == span.entity and same and overlap


def _extra(text: str, span: Span) -> Slip:
    return Slip("extra", text, span.entity, text[span.start : span.end], str(span.value))


def _quality(name: str, meant: int, found: int, right: int) -> Quality:
    return quality(name, meant, found, right / found if found else None, right / meant if meant else None)

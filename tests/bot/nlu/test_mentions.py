"""The set that a hand has marked who had not seen the code: `tests/nlu/mentions.yml`.

Measured as `benchmarks/nlu_mentions.py` does. A colour is right with and without its 色: 墨绿 is 墨绿色.
"""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.nlu_mentions import MENTIONS, Entities, Marked, demo_lexicon, judge, read_mentions
from bot.nlu.entity_patterns import find_entities
from bot.nlu.gazetteer import Gazetteer
from bot.nlu.spans import Span, Value
from tests.bot.nlu.finding import GAZETTEER, SUNDAY

LEAST_F1 = 0.95
_TELLING = "0123456789 .,-/一二两三十百千万亿点零幺米斤元块毛折号月天年周前后满减尾码要买送XLmk"
EXACT = ("money", "discount", "date")


@cache
def _found() -> tuple[list[Marked], list[list[Span]]]:
    today, messages = read_mentions(MENTIONS)
    gazetteer = Gazetteer(demo_lexicon())
    return messages, [find_entities(marked.text, today, gazetteer) for marked in messages]


@cache
def _figures() -> Entities:
    messages, finds = _found()
    return judge(
        [_plain_mentions(marked) for marked in messages], [[_plain(span) for span in spans] for spans in finds]
    )


def _plain_mentions(marked: Marked) -> Marked:
    plain = (replace(mention, value=_without_se(mention.entity, mention.value)) for mention in marked.mentions)
    return replace(marked, mentions=tuple(plain))


def _plain(span: Span) -> Span:
    return replace(span, value=_without_se(span.entity, span.value))


def _without_se(entity: str, value: Value) -> Value:
    return str(value).removesuffix("色") if entity == "colour" else value


def test_entities_are_found_in_words_that_nobody_wrote_patterns_for() -> None:
    figures = _figures()
    assert (figures.overall.f1 or 0) >= LEAST_F1, figures.slips


@pytest.mark.req("NL-14")
@pytest.mark.parametrize("entity", EXACT)
def test_what_is_found_of_an_amount_discount_or_day_has_the_exact_value(entity: str) -> None:
    wrong = [
        (marked.text, span.value, values)
        for marked, spans in zip(*_found(), strict=True)
        for span in spans
        if span.entity == entity and (values := _marked_values(marked, span)) and span.value not in values
    ]
    assert wrong == []


def _marked_values(marked: Marked, span: Span) -> list[Value]:
    """What the hand marked on the characters of the find; 30 stands in 300 too, so there may be several."""
    return [
        mention.value
        for mention in marked.mentions
        if mention.entity == span.entity and any(start < span.end and span.start < end for start, end in mention.places)
    ]


@settings(deadline=None)
@given(st.one_of(st.text(max_size=60), st.text(_TELLING, max_size=40)))
def test_no_text_is_too_strange_and_spans_lie_inside_it(text: str) -> None:
    for span in find_entities(text, SUNDAY, GAZETTEER):
        assert 0 <= span.start < span.end <= len(text)
        assert span.entity


@pytest.mark.parametrize("piece", ["1", "一", "1 ", "9.", "身高", "一百", "165 ", "1米6", "满20-"])
def test_a_thousand_repetitions_are_no_trouble(piece: str) -> None:
    assert isinstance(find_entities(piece * 1000, SUNDAY, GAZETTEER), list)

"""Names out of the shop's store."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.gazetteer import CurrentGazetteer, Gazetteer
from bot.nlu.spans import Span, without_overlaps
from shop.lexicon import Lexicon
from tests.bot.nlu.finding import GAZETTEER, LEXICON, found


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("项链多长", "product", "ZZ-001"),
        ("那条淡水珍珠项链还有吗", "product", "ZZ-001"),
        ("IPHONE 15手机壳", "product", "SJ-15"),
        ("發順豐嗎", "courier", "sf"),
        ("中通快递到哪了", "courier", "zto"),
        ("乌鲁木齐包邮吗", "place", "新疆"),
        ("寄到深圳几天", "place", "广东"),
    ],
)
def test_names_and_aliases_mean_their_code(text: str, entity: str, value: str) -> None:
    assert found(text)[entity] == [value]


def test_the_longest_name_stands() -> None:
    assert found("黑色礼盒有吗") == {"product": ["XR-2"]}


def test_a_latin_name_is_a_whole_word() -> None:
    lexicon = Lexicon(products={"X1": ("X1",)}, version="1")
    assert found("X1有货吗", gazetteer=Gazetteer(lexicon)) == {"product": ["X1"]}
    assert "product" not in found("X10有货吗,AX1呢", gazetteer=Gazetteer(lexicon))


def test_an_empty_shop_still_knows_colours() -> None:
    assert found("黑色的", gazetteer=Gazetteer(Lexicon())) == {"colour": ["黑色"]}


class Shelf:
    """A shop whose lexicon can change while the bot runs, and a clock beside it."""

    def __init__(self) -> None:
        self.lexicon, self.now, self.asked = LEXICON, 100.0, 0

    def find_lexicon(self) -> Lexicon:
        self.asked += 1
        return self.lexicon


def test_a_new_product_is_known_within_five_seconds_and_the_store_is_not_asked_more_often() -> None:
    shelf = Shelf()
    current = CurrentGazetteer(shelf.find_lexicon, lambda: shelf.now)
    first = current.get()
    shelf.lexicon = replace(LEXICON, products={**LEXICON.products, "BX-9": ("保温杯",)}, version="2")
    shelf.now += 4.9
    assert current.get() is first and shelf.asked == 1
    shelf.now += 0.1
    assert found("保温杯有吗", gazetteer=current.get()) == {"product": ["BX-9"]}


def test_the_same_version_is_not_built_again() -> None:
    shelf = Shelf()
    current = CurrentGazetteer(shelf.find_lexicon, lambda: shelf.now)
    first = current.get()
    shelf.now += 60
    assert current.get() is first and shelf.asked == 2


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_searched(text: str) -> None:
    for span in GAZETTEER.find(text):
        assert 0 <= span.start < span.end <= len(text)


SPANS = st.builds(lambda start, length: Span("any", start, start + length, ""), st.integers(0, 30), st.integers(1, 8))


@settings(deadline=None)
@given(st.lists(SPANS, max_size=12))
def test_no_two_spans_that_stand_share_a_character_and_none_is_dropped_without_reason(spans: list[Span]) -> None:
    kept = without_overlaps(spans)
    assert all(earlier.end <= later.start for earlier, later in pairwise(kept))
    for dropped in set(spans) - set(kept):
        assert any(
            other.start < dropped.end
            and dropped.start < other.end
            and other.end - other.start >= dropped.end - dropped.start
            for other in kept
        )

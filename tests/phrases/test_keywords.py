"""Keywords proposed for an auto-reply: shared by the group, foreign to everything else."""

from hypothesis import given
from hypothesis import strategies as st

from phrases.keywords import LONGEST, MOST, SHORTEST, propose_keywords

ENGRAVING = ["能刻字吗", "杯子上可以刻名字不", "支持刻字定制吗", "刻字要加钱吗", "可以刻名字吗"]
OTHERS = ["可以开收据吗", "支持以旧换新吗", "杯子多少钱", "什么时候发货"]


def test_words_that_the_group_shares_are_proposed() -> None:
    assert propose_keywords(ENGRAVING, OTHERS) == ["刻字", "刻名字"]


def test_words_that_others_use_are_not() -> None:
    assert "杯子" not in propose_keywords(["杯子能刻字吗", "杯子刻字"], OTHERS)
    assert propose_keywords(["多少钱"], ["杯子多少钱"]) == []


def test_no_group_no_keyword() -> None:
    assert propose_keywords([], OTHERS) == []


texts = st.lists(st.text("刻字名收据杯子发货吗ab12 ，", max_size=12), max_size=8)


@given(texts, texts)
def test_each_is_short_stands_in_a_member_and_holds_no_other(members: list[str], others: list[str]) -> None:
    found = propose_keywords(members, others)
    assert len(found) <= MOST
    for word in found:
        assert len(word) >= SHORTEST and (len(word) <= LONGEST or word.isascii())
        assert any(word in text.lower() for text in members)
        assert not any(word in text for text in others)
        assert not any(word in other for other in found if other != word)

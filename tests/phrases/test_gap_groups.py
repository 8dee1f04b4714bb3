"""Messages put together: equal words to an example, one meaning to a group, by what became of them."""

from datetime import datetime, timedelta
from itertools import count

import numpy as np
import pytest

from phrases.gap_groups import GapGroup, make_groups, shares, texts_of
from shop.model import GapKind, GapState, Missed
from tests.conftest import NOW

VECTORS = {"能刻字吗": (1, 0), "可以刻字不": (0.96, 0.28), "刻字多少钱": (0.8, 0.6), "有收据吗": (-1, 0)}
_numbers = count(1)


def make_missed(
    text: str = "能刻字吗",
    talk: str = "c1",
    hours: float = 0,
    *,
    state: GapState = GapState.OPEN,
    settled_hours: float | None = None,
    kind: GapKind = GapKind.CLARIFIED,
) -> Missed:
    """`hours` after NOW, 14:03 in the shop."""
    number = next(_numbers)
    settled = None if settled_hours is None else NOW + timedelta(hours=settled_hours)
    at = NOW + timedelta(hours=hours)
    return Missed(number, talk, None, number, at, kind, "", state, "", settled, text)


def make_taught() -> Missed:
    """An hour after NOW."""
    return make_missed(state=GapState.TAUGHT, settled_hours=1)


def group(missed: list[Missed], live_since: datetime | None = None) -> list[GapGroup]:
    vectors = np.array([VECTORS[text] for text in texts_of(missed)], np.float32)
    return make_groups(missed, vectors, live_since)


def counts(groups: list[GapGroup]) -> list[tuple[GapState, dict[str, int]]]:
    return [(each.state, {example.text: example.count for example in each.examples}) for each in groups]


def test_one_meaning_is_one_group_the_largest_first() -> None:
    missed = [make_missed("有收据吗", "c9"), make_missed(), make_missed("可以刻字不", "c2"), make_missed(talk="c3")]
    assert counts(group(missed)) == [
        (GapState.OPEN, {"能刻字吗": 2, "可以刻字不": 1}),
        (GapState.OPEN, {"有收据吗": 1}),
    ]


def test_a_buyer_who_says_it_again_on_the_same_day_counts_once() -> None:
    same_day, next_day = make_missed(hours=9), make_missed(hours=10)
    [found] = group([make_missed(), same_day, next_day, make_missed(talk="c2")])
    assert found.count == 3
    assert shares([found])[GapKind.CLARIFIED] == 3


def test_without_vectors_every_wording_is_alone() -> None:
    missed = [make_missed(), make_missed("可以刻字不"), make_missed("可以刻字不", "c2")]
    assert [each.count for each in make_groups(missed, None, None)] == [2, 1]


class TestTaught:
    def test_what_was_left_out_when_it_was_taught_stays_open(self) -> None:
        missed = [make_taught(), make_missed("可以刻字不", "c2", hours=0.5)]
        assert {state for state, _ in counts(group(missed))} == {GapState.TAUGHT, GapState.OPEN}

    def test_what_comes_before_a_model_learned_it_does_not_come_back(self) -> None:
        missed = [make_taught(), make_missed("可以刻字不", "c2", hours=2)]
        [found] = group(missed)
        assert (found.state, found.waiting) == (GapState.TAUGHT, 1)

    @pytest.mark.parametrize(("live", "asked", "back"), [(3, 4, True), (3, 2, False), (0.5, 2, False)])
    def test_what_a_new_model_gets_wrong_again_does(self, live: float, asked: float, back: bool) -> None:
        """A model that went live before the lesson knows nothing of it."""
        missed = [make_taught(), make_missed("可以刻字不", "c2", hours=asked)]
        states = {each.state for each in group(missed, NOW + timedelta(hours=live))}
        assert (GapState.OPEN in states) is back


def test_what_was_put_aside_stays_aside_with_all_of_its_meaning() -> None:
    aside = make_missed(state=GapState.DISMISSED, settled_hours=1)
    later, other = make_missed("可以刻字不", "c2", hours=2), make_missed("有收据吗", "c2", hours=2)
    assert counts(group([aside, later, other])) == [
        (GapState.DISMISSED, {"能刻字吗": 1, "可以刻字不": 1}),
        (GapState.OPEN, {"有收据吗": 1}),
    ]


def test_what_an_auto_reply_did_not_catch_comes_back() -> None:
    replied = make_missed(state=GapState.REPLIED, settled_hours=1)
    assert {each.state for each in group([replied, make_missed("可以刻字不", "c2", hours=2)])} == {
        GapState.REPLIED,
        GapState.OPEN,
    }

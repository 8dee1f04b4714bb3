"""Sentences of one meaning go together: each in one group, whatever the order, and not with strangers."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from phrases.grouping import group_alike

Points = list[tuple[int, int, int]]
points = st.lists(st.tuples(*[st.integers(-3, 3)] * 3).filter(any), max_size=40, unique=True)


def unit(places: Points) -> NDArray[np.float32]:
    made = np.array(places, np.float32).reshape(-1, 3)
    return made / np.linalg.norm(made, axis=1, keepdims=True) if len(made) else made


def names_of(places: Points) -> list[str]:
    return [str(place) for place in places]


@given(points, st.floats(-0.5, 1.0))
def test_every_sentence_is_in_exactly_one_group(places: Points, least: float) -> None:
    groups = group_alike(unit(places), names_of(places), least)
    assert sorted(place for group in groups for place in group) == list(range(len(places)))
    assert all(groups)
    assert [len(group) for group in groups] == sorted(map(len, groups), reverse=True)


@given(points, st.floats(0.1, 0.99), st.randoms())
def test_the_order_in_which_they_come_changes_nothing(places: Points, least: float, chance: random.Random) -> None:
    mixed = chance.sample(places, len(places))

    def named(some: Points) -> set[frozenset[str]]:
        return {frozenset(names_of(some)[i] for i in group) for group in group_alike(unit(some), names_of(some), least)}

    assert named(places) == named(mixed)


@given(points, st.floats(0.1, 0.99))
def test_everybody_is_like_the_leader_of_the_group(places: Points, least: float) -> None:
    vectors = unit(places)
    for group in group_alike(vectors, names_of(places), least):
        likeness = np.round(vectors[group] @ vectors[group].T, 4)
        assert (likeness >= least - 1e-4).all(axis=1).any() or len(group) == 1


def test_two_bundles_and_a_stranger() -> None:
    vectors = unit([(10, 1, 0), (10, 0, 1), (10, 0, 0), (0, 10, 1), (0, 10, 0), (0, 0, -5)])
    assert group_alike(vectors, list("abcdef"), 0.8) == [[0, 1, 2], [3, 4], [5]]


def test_nothing_makes_no_group() -> None:
    assert group_alike(np.zeros((0, 3), np.float32), []) == []


@pytest.mark.parametrize("least", [0.55])
def test_questions_of_one_kind_go_together_and_others_stay_apart(least: float) -> None:
    """With the encoder of the bot."""
    from bot.nlu.encoder import encode_all

    engraving = ["能刻字吗", "可以刻名字吗", "刻字要加钱吗", "能不能帮忙刻几个字上去"]
    receipts = ["可以开收据吗", "有没有收据"]
    texts = [*engraving, *receipts, "帮我写首诗"]
    groups = [{texts[i] for i in group} for group in group_alike(encode_all(texts), texts, least)]
    assert groups == [set(engraving), set(receipts), {"帮我写首诗"}]

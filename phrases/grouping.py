"""Sentences that mean about the same, put together by their vectors. Plain and deterministic; touches nothing else.

How alike two of a group must be was measured on 2 000 sentences of tests/nlu (wordings as different as people could
make them) and 2 000 of data/nlu, by their intents. Of what stands in groups of three and more, so much has the intent
of most of its group; in brackets the share of all sentences that stands in such groups:

    least   tests/nlu      data/nlu
    0.50    57 % (66 %)    51 % (61 %)
    0.55    62 % (44 %)    58 % (43 %)
    0.60    69 % (29 %)    63 % (27 %)
    0.65    75 % (14 %)    68 % (15 %)
    0.70    75 %  (6 %)    77 %  (7 %)

Two intents may ask for nearly the same thing in nearly the same words, so these are lower bounds; a person looks at
each group before anything is done with it. 0.55 keeps 能刻字吗, 可以刻名字吗, 刻字要加钱吗 together, and apart from
可以开收据吗.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

LIKE = 0.55


def group_alike(vectors: NDArray[np.float32], names: Sequence[str], least: float = LIKE) -> list[list[int]]:
    """Places of the sentences, each in exactly one group, the largest group first.

    `vectors` have length one, shape (sentences, figures); `names` settle what is even, so that with different names
    the order in which sentences come does not matter. Who has the most neighbours leads a group of them, then the
    next of those that are left; at last everybody goes to the leader that is most alike. Quadratic in time and memory:
    2 000 sentences take a fifth of a second.
    """
    if not len(vectors):
        return []
    order = sorted(range(len(names)), key=names.__getitem__)
    ranked = vectors[order]
    likeness = np.round(ranked @ ranked.T, 4)
    leaders = _find_leaders(likeness >= least)
    joined = likeness[:, leaders].argmax(axis=1)
    joined[leaders] = np.arange(len(leaders))
    groups = [[order[place] for place in np.flatnonzero(joined == leader)] for leader in range(len(leaders))]
    return sorted(groups, key=lambda group: (-len(group), names[group[0]]))


def _find_leaders(near: NDArray[np.bool_]) -> NDArray[np.intp]:
    """In the order in which they were found; of those with as many neighbours the first."""
    near = near | near.T | np.eye(len(near), dtype=bool)
    free = np.ones(len(near), bool)
    neighbours = near.sum(axis=1)
    leaders = []
    while free.any():
        leader = int(np.where(free, neighbours, -1).argmax())
        taken = near[leader] & free
        neighbours = neighbours - near[taken].sum(axis=0)
        free &= ~taken
        leaders.append(leader)
    return np.array(leaders)

"""Keywords for an auto-reply: words that most of some sentences share and that others do not have."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

SHORTEST, LONGEST = 2, 6
MOST = 3
ENOUGH = 0.3
"""Of the sentences that no keyword holds yet, a further one must hold so many."""
STRAY = 0.02
"""At most so many of the other sentences may hold it: the auto-reply would be said to them, too."""
_RUN = re.compile(r"[一-鿿]+|[a-z0-9]{2,}")
_FRAME = frozenset(
    "的了吗呢吧啊呀么嘛哦是我你您他她它们这那哪有没不能可以想要会在和跟给把被就都也还很太再到去来个几些什怎请问帮啥对咋"
)
"""Neither begins nor ends with one of these: they frame words."""


def propose_keywords(members: Sequence[str], others: Sequence[str]) -> list[str]:
    """The best first, MOST at most; none where nothing sets the members apart. No keyword holds another."""
    left, found = [_parts(text) for text in members], list[str]()
    strangers = [text.lower() for text in others]
    least = 2 if len(members) > 1 else 1
    while left and len(found) < MOST:
        counts = Counter(part for parts in left for part in parts)
        likely = [part for part, n in counts.items() if n >= max(least, ENOUGH * len(left))]
        apart = [part for part in likely if _is_apart(part, strangers) and not _touches(part, found)]
        if not apart:
            break
        best = min(apart, key=lambda part: (-counts[part], -len(part), part))
        found.append(best)
        left = [parts for parts in left if best not in parts]
    return found


def _parts(text: str) -> frozenset[str]:
    return frozenset(part for run in _RUN.findall(text.lower()) for part in _cut(run))


def _cut(run: str) -> Iterable[str]:
    if run[0] < "一":
        yield run
        return
    for size in range(SHORTEST, LONGEST + 1):
        for start in range(len(run) - size + 1):
            part = run[start : start + size]
            if part[0] not in _FRAME and part[-1] not in _FRAME:
                yield part


def _is_apart(part: str, strangers: Sequence[str]) -> bool:
    return sum(part in text for text in strangers) <= STRAY * len(strangers)


def _touches(part: str, found: Iterable[str]) -> bool:
    return any(part in other or other in part for other in found)

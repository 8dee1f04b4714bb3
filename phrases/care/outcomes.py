"""Phrases that do not help, and those that nobody says."""

from collections.abc import Iterator, Sequence
from datetime import date

from phrases.care.ailments import Ailment, Cared, Trouble, ail
from shop.model import Outcome
from shop.phrase_uses import Figures

ENOUGH = 10
"""Times said (for ratings: services) below which a share says nothing."""
HANDED, AGAIN, EDITED, LOW_RATED = 0.4, 0.3, 0.8, 3.5
CAME_UP = 10
TOPICS = {
    "presale": "售前",
    "bargain": "议价",
    "payment": "付款",
    "tracking": "物流",
    "aftersale": "售后",
}
_MEANT_TO_HAND = "handover"
"""Topic of the auto-replies after which a person is meant to take over."""


def find_unhelpful(library: Sequence[Cared], figures: Figures, first: date, last: date) -> Iterator[Ailment]:
    """By what came of them from `first` to `last`. What was written in that time may still find its use."""
    days = (last - first).days + 1
    used = sum(outcome.said for name, outcome in figures.phrases.items() if name.startswith("quick:"))
    for cared in library:
        outcome = figures.phrases.get(cared.name, Outcome())
        if outcome.said:
            yield from _find_poor(cared, outcome)
        elif cared.changed_on is None or cared.changed_on < first:
            yield from _find_unused(cared, figures, used, days)


def _find_poor(cared: Cared, outcome: Outcome) -> Iterator[Ailment]:
    handing = cared.reply is not None and (cared.reply.to_person or cared.reply.topic == _MEANT_TO_HAND)
    shares = (
        (0 if handing else outcome.handed, HANDED, "说完以后，买家还是常常要转给别人处理"),
        (outcome.again, AGAIN, "说完以后，买家常常把同样的问题再问一遍"),
        (outcome.said - outcome.plain, EDITED, "发出去之前几乎都要改，可以把改后的写法存回来"),
    )
    for count, limit, reason in shares:
        if outcome.said >= ENOUGH and count / outcome.said >= limit:
            yield ail(cared, Trouble.UNHELPFUL, reason, f"{outcome.said} 次里有 {count} 次", count)
    if outcome.rated >= ENOUGH and outcome.stars / outcome.rated < LOW_RATED:
        figure = f"{outcome.rated} 次评价平均 {outcome.stars / outcome.rated:.1f} 星"
        yield ail(cared, Trouble.UNHELPFUL, "用到它的会话评价偏低", figure, outcome.rated)


def _find_unused(cared: Cared, figures: Figures, used: int, days: int) -> Iterator[Ailment]:
    """Shipped auto-replies wait for their scene and cost nothing; whatever takes a place of the shop's own does."""
    if cared.kind == "auto" and not (cared.written and cared.reply is not None and cared.reply.enabled):
        return
    if cared.reply is not None and cared.reply.keywords:
        said, came_up = "买家没有说到过它的关键词", sum(figures.topics.values())
        figure = f"{came_up} 条消息里没有出现"
    elif cared.topic in TOPICS:
        said, came_up = f"{TOPICS[cared.topic]}的话题来了，这条一次也没有用上", figures.topics.get(cared.topic, 0)
        figure = f"{TOPICS[cared.topic]}话题 {came_up} 次"
    elif cared.kind == "quick":
        said, came_up = "客服用了别的快捷短语，这条一次也没有用", used
        figure = f"快捷短语共用 {used} 次"
    else:
        return
    if came_up >= CAME_UP:
        yield ail(cared, Trouble.UNUSED, f"近 {days} 天{said}", figure, came_up)

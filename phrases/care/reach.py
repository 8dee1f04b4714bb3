"""Words of the shop that no buyer can hear."""

from collections.abc import Collection, Iterator, Sequence

from phrases.care.ailments import Ailment, Cared, Trouble, ail
from phrases.library import AutoReply, Wording
from phrases.reply_checks import can_be_told
from phrases.scenes import describe_when
from shop.replies import fold


def find_unreachable(library: Sequence[Cared], on_sale: Collection[str]) -> Iterator[Ailment]:
    """`on_sale`: titles of products. Only what the shop wrote: the shipped words are tested."""
    replies = [c.reply for c in library if c.reply is not None and c.reply.keywords and c.reply.enabled]
    for cared in library:
        if cared.reply is None or not cared.written:
            continue
        if cared.problem:
            yield ail(cared, Trouble.UNREACHABLE, cared.problem, weight=3)
        elif not cared.reply.enabled:
            yield ail(cared, Trouble.UNREACHABLE, "场景已停用，您写的内容没有在用")
        else:
            yield from _find_covered(cared, cared.reply, replies)
            yield from _find_untold(cared, on_sale)


def _find_covered(cared: Cared, reply: AutoReply, others: Sequence[AutoReply]) -> Iterator[Ailment]:
    """By a keyword that stands in one of this reply's and comes before it."""
    covers = {keyword: _cover_of(keyword, reply, others) for keyword in reply.keywords}
    covered = {keyword: cover for keyword, cover in covers.items() if cover}
    if covered:
        keyword, (other, scene) = next(iter(covered.items()))
        what = "它的关键词" if len(covered) == len(reply.keywords) else f"关键词“{keyword}”"
        reason = f"{what}总是先被“{scene}”的“{other}”回复掉，买家听不到这条"
        yield ail(cared, Trouble.UNREACHABLE, reason, f"{len(covered)}/{len(reply.keywords)} 个关键词", weight=2)


def _cover_of(keyword: str, reply: AutoReply, others: Sequence[AutoReply]) -> tuple[str, str] | None:
    """(the keyword that is found first, the scene of its reply)."""
    for other in others:
        first = (-other.priority, other.key) < (-reply.priority, reply.key)
        for word in other.keywords if first else ():
            if fold(word) in fold(keyword):
                return word, other.scene
    return None


def _find_untold(cared: Cared, on_sale: Collection[str]) -> Iterator[Ailment]:
    for number, wording in enumerate(cared.wordings, 1):
        where, product = cared.where(number), wording.when.get("product")
        if not can_be_told(wording.when, cared.shipped):
            reason = f"{where}要求“{describe_when(wording.when)}”，这个场景里不会出现"
            yield ail(cared, Trouble.UNREACHABLE, reason, weight=2)
        elif product is not None and product not in on_sale:
            yield ail(cared, Trouble.UNREACHABLE, f"{where}只用于“{product}”，这件商品已经不在售", weight=2)
        elif (by := _find_shadow(wording, cared.wordings)) is not None:
            reason = f"{where or '这条话术'}轮不到：同样的情况总是先用第{by + 1}条话术"
            yield ail(cared, Trouble.UNREACHABLE, reason, weight=1)


def _find_shadow(wording: Wording, wordings: Sequence[Wording]) -> int | None:
    """The place of one that can be said whenever this can, and is nearer to the facts."""
    known = {*wording.when, *_needs(wording)}
    for place, other in enumerate(wordings):
        same_moment = other.timing == wording.timing and other.when == wording.when
        if same_moment and other.rank > wording.rank and _needs(other) <= known:
            return place
    return None


def _needs(wording: Wording) -> set[str]:
    return {need for variable in wording.variables for need in variable.needs}

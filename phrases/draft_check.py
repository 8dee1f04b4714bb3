"""What is wrong with an agent's draft before a buyer sees it (requirements section 6, PC-02 … PC-24, PH-14)."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from phrases.draft_prices import find_low
from phrases.private_data import Known, Spot, find_private, find_ways_out
from phrases.speech import check, sentence_at
from phrases.speech_kinds import SpeechKind
from phrases.variables import BLANK

__all__ = ["Found", "Known", "check_draft"]

ALWAYS_BLOCKED = frozenset({SpeechKind.BLANK.value, SpeechKind.WORD.value})
LONG_DRAFT = 32
"""Signs from which a draft without any polite form gets a hint (PC-17)."""


@dataclass(frozen=True)
class Found:
    """`text[start:end] == word`. `instead`: may be put in place as it stands; None where the sentence has to change."""

    start: int
    end: int
    word: str
    kind: str
    advice: str
    blocked: bool
    instead: str | None = None


_MASKED = re.compile(
    r"\d\*{2,}\d|\*{4}\d{2,4}[\dXx]?|(?<=[区县市省旗州])\*{4}|(?:收[件货]人|姓名|名字)[：:是为]{0,2}\s?[一-鿿]\*\*"
)
"""As the console shows hidden data (shop.masking): no blank."""
_POLITE = re.compile("[您请亲谢哦呢呀啦哈～~😊🙏]|麻烦|抱歉|对不起|不好意思|辛苦|劳烦|欢迎|不客气|放心|理解|体谅|稍等")
_CLAIM = re.compile(
    "(?<![不没非])(?:防[水晒摔火霉蛀滑]|抗[菌皱过敏]|[抑除杀]菌|防螨|防静电|阻燃|美白|祛[斑痘皱]|淡斑|生发|助眠|消炎|止痛|抗衰"
    "|纯棉|真丝|羊绒|真皮|头层牛皮|食品级|无添加|纯天然|有机|孕妇(?:可|能)|敏感肌(?:可|能)|不起球|不[掉褪]色|不缩水|不变形)(?![垫霜乳喷靴衣服膜套布鞋剂液帽伞罩带袋贴])"
)
_NO_CLAIM = re.compile("[吗？?]|是否|没有|资料|核实|不具备|不支持|不是|怕|要是|如果")
_CLAIM_ADVICE = "商品资料里没有写，请核实后再说"
_CLAUSE = re.compile(r"[^，。！？；,.!?;\s]+")
_BY_RECORD = frozenset({SpeechKind.EXAGGERATE, SpeechKind.PROMISE})
_WORD_ADVICE = "店铺设置里不允许发送这个词，请换一种说法"


def check_draft(
    text: str, *, policy_blocked: Collection[str], shop_words: Collection[str], known: Known
) -> list[Found]:
    """From left to right, none over another: what may not be sent goes before a hint, a longer find before a shorter.

    `policy_blocked`: kinds that the manager stops (`policy.speech_blocked`). Blanks and `shop_words` always are.
    """
    stopped = ALWAYS_BLOCKED.union(policy_blocked)
    kept, free = _set_apart(_find_all(text, shop_words, known), stopped, text)
    stiff = _find_stiff(text, free)
    return [_show(spot, text, stopped) for spot in sorted([*kept, *stiff])]


def _show(spot: Spot, text: str, stopped: Collection[str]) -> Found:
    word, kind = text[spot.start : spot.end], spot.kind.value
    return Found(spot.start, spot.end, word, kind, spot.advice, kind in stopped, spot.instead)


def _find_all(text: str, shop_words: Collection[str], known: Known) -> Iterator[Spot]:
    yield from _find_blanks(text)
    yield from _find_words(text, shop_words)
    yield from _find_speech(text, known)
    yield from _find_claims(text, known)
    yield from find_private(text, known)
    yield from find_ways_out(text, known)
    yield from find_low(text, known)


def _find_blanks(text: str) -> Iterator[Spot]:
    blanks = list(BLANK.finditer(text))
    hidden = [hit.span() for hit in _MASKED.finditer(text)] if blanks else []
    for hit in blanks:
        if not any(start <= hit.start() and hit.end() <= end for start, end in hidden):
            yield Spot(*hit.span(), SpeechKind.BLANK, "还没有填，填好再发")


def _find_words(text: str, shop_words: Collection[str]) -> Iterator[Spot]:
    pattern = _any_of(frozenset(filter(None, map(str.strip, shop_words))))
    for hit in pattern.finditer(text) if pattern else ():
        yield Spot(*hit.span(), SpeechKind.WORD, _WORD_ADVICE)


@lru_cache(maxsize=8)
def _any_of(words: frozenset[str]) -> re.Pattern[str] | None:
    """Longer words first, so that the whole of them is found."""
    parts = map(re.escape, sorted(words, key=len, reverse=True))
    return re.compile("|".join(parts), re.IGNORECASE) if words else None


def _find_speech(text: str, known: Known) -> Iterator[Spot]:
    """PC-13: what the record of the goods says is no exaggeration."""
    for found in check(text):
        recorded = found.kind in _BY_RECORD and any(found.word in line for line in known.goods)
        if not recorded:
            yield Spot(found.start, found.end, found.kind, found.advice, found.instead)


def _find_claims(text: str, known: Known) -> Iterator[Spot]:
    """PC-14: properties that the record does not give, said as a fact."""
    for hit in _CLAIM.finditer(text) if known.goods else ():
        if not any(hit[0] in line for line in known.goods) and not _NO_CLAIM.search(sentence_at(text, *hit.span())):
            yield Spot(*hit.span(), SpeechKind.EXAGGERATE, _CLAIM_ADVICE)


def _find_stiff(text: str, free: Callable[[int, int], bool]) -> Iterator[Spot]:
    """One hint, at the first clause in which nothing else was found."""
    if len(text.strip()) < LONG_DRAFT or _POLITE.search(text):
        return
    clause = next((hit for hit in _CLAUSE.finditer(text) if free(*hit.span())), None)
    if clause:
        yield Spot(*clause.span(), SpeechKind.TONE, "听起来有些生硬，加上“您”“请”“抱歉”这样的话")


def _set_apart(
    spots: Iterable[Spot], stopped: Collection[str], text: str
) -> tuple[list[Spot], Callable[[int, int], bool]]:
    """What stays, and whether a stretch is free of it."""
    taken = bytearray(len(text))
    kept = []
    for spot in sorted(spots, key=lambda spot: (spot.kind.value not in stopped, spot.start - spot.end, spot.start)):
        if not any(taken[spot.start : spot.end]):
            taken[spot.start : spot.end] = b"x" * (spot.end - spot.start)
            kept.append(spot)
    return kept, lambda start, end: not any(taken[start:end])

"""What a manager may not save as an auto-reply, said in Chinese to who wrote it. PH-01, PH-05, PH-14, PH-32."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from phrases.checks import MOST_CHARACTERS
from phrases.library import AutoReply, Wording
from phrases.saved import read_wording, write_wordings
from phrases.saving import check_savable
from phrases.scenes import NEEDED, conditions_of, describe_off, sayer_of
from phrases.speech import check
from phrases.variables import VARIABLES, find_blanks, find_names
from shop.errors import PhraseRefused
from shop.replies import LONGEST_KEYWORD, MOST_KEYWORDS, SHORTEST_KEYWORD, ReplyDraft, fold

MOST_WORDINGS = 60
OWN_CONDITIONS = "status"
"""Of what the stores know of a talk, what an own reply may ask for beside the product."""


@dataclass(frozen=True)
class TextReport:
    """Of a text that is being written. `problem`: why it cannot be saved; None where it can."""

    length: int
    limit: int
    problem: str | None
    unknown: tuple[str, ...]
    findings: tuple[dict[str, Any], ...]


def report(text: str) -> TextReport:
    """The word check while typing: each hit with its place, what is wrong with it and what may be said instead."""
    findings = [
        {"start": f.start, "end": f.end, "word": f.word, "kind": f.kind.value, "advice": f.advice, "instead": f.instead}
        for f in check(text)
    ]
    unknown = tuple(name for name in find_names(text) if name not in VARIABLES)
    return TextReport(len(text), MOST_CHARACTERS, find_refusal(text), unknown, tuple(findings))


def find_refusal(text: str) -> str | None:
    if not text.strip():
        return "还没有写内容"
    if len(text) > MOST_CHARACTERS:
        return f"有{len(text)}个字，最多{MOST_CHARACTERS}个字"
    if any("*" in blank for blank in find_blanks(text)):
        return "*** 只能用在快捷短语里，自动回复请插入变量"
    try:
        check_savable(text)
    except PhraseRefused as error:
        return str(error.facts["why"])
    return None


def check_reply(draft: ReplyDraft, shipped: AutoReply | None) -> ReplyDraft:
    """The draft as it is to be kept: without wordings where they are those that were shipped. Raises PhraseRefused."""
    wordings = tuple(_check_wording(n, plain, shipped) for n, plain in enumerate(draft.wordings, 1))
    if len(wordings) > MOST_WORDINGS:
        raise PhraseRefused(why=f"话术有{len(wordings)}条，一个场景最多{MOST_WORDINGS}条")
    if not wordings and shipped is None:
        raise PhraseRefused(why="还没有写内容")
    if shipped is None:
        _check_keywords(draft.keywords)
        return replace(draft, wordings=write_wordings(wordings))
    if not draft.enabled:
        check_may_be_off(shipped)
    kept = () if wordings == shipped.wordings else wordings
    by_desk = sayer_of(shipped) == "desk"
    return replace(draft, scene=shipped.scene, wordings=write_wordings(kept), to_person=draft.to_person and not by_desk)


def _check_keywords(keywords: Sequence[str]) -> None:
    if not keywords:
        raise PhraseRefused(why="还没有写关键词")
    if len(keywords) > MOST_KEYWORDS:
        raise PhraseRefused(why=f"关键词有{len(keywords)}个，最多{MOST_KEYWORDS}个")
    wrong = next((k for k in keywords if not len(fold(k)) >= SHORTEST_KEYWORD or len(k) > LONGEST_KEYWORD), None)
    if wrong is not None:
        raise PhraseRefused(why=f"关键词“{wrong}”要有{SHORTEST_KEYWORD}到{LONGEST_KEYWORD}个字")


def check_may_be_off(shipped: AutoReply) -> None:
    """Raises PhraseRefused."""
    if shipped.key in NEEDED:
        raise PhraseRefused(why=describe_off(shipped))


def _check_wording(number: int, plain: Mapping[str, Any], shipped: AutoReply | None) -> Wording:
    where = f"第{number}条话术"
    try:
        wording = read_wording({**plain, "text": str(plain.get("text") or "").replace("\x00", "").strip()})
    except ValueError as error:
        raise PhraseRefused(why=f"{where}的{error}") from error
    if shipped is not None and wording in shipped.wordings:
        return wording
    why = find_refusal(wording.text)
    if why is not None:
        raise PhraseRefused(why=f"{where}{why}")
    if not can_be_told(wording.when, shipped):
        raise PhraseRefused(why=f"{where}的适用条件在这个场景里用不了")
    return wording


def can_be_told(when: Mapping[str, Any], shipped: AutoReply | None) -> bool:
    """Whether who says it knows these facts: what the scene tells apart, and the product where it speaks of one."""
    left = {name: value for name, value in when.items() if name != "product"}
    if "product" in when and not speaks_of_product(shipped):
        return False
    if shipped is None:
        return set(left) <= {OWN_CONDITIONS}
    return not left or left in conditions_of(shipped)


def speaks_of_product(shipped: AutoReply | None) -> bool:
    """An own reply knows the product of the talk, a shipped one where its words name it."""
    return shipped is None or any("product" in v.needs for w in shipped.wordings for v in w.variables)

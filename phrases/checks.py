"""What a phrase must keep to before it is served (requirements PH-01, PH-09, PH-14, PC-02, PC-08, PC-13)."""

import re
from collections.abc import Callable

from phrases.errors import LibraryError
from phrases.library import AutoReply, QuickPhrase, Wording
from phrases.speech import check
from phrases.variables import NAME, VARIABLES, find_names

MOST_OF_A_KIND = 100
MOST_CHARACTERS = 500

_KEY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_CODE = re.compile(r"[a-z]{1,8}[0-9]{0,3}")


def find_text_problem(text: object) -> str | None:
    """What is wrong with a text of either kind, for the person who wrote it."""
    if not isinstance(text, str) or not text.strip():
        return "the text is empty"
    if len(text) > MOST_CHARACTERS:
        return f"{len(text)} characters, at most {MOST_CHARACTERS}"
    unknown = [name for name in find_names(text) if name not in VARIABLES]
    if unknown:
        return f"unknown variable {{{unknown[0]}}}"
    if re.search(r"[{}]", NAME.sub("", text)):
        return "a brace without its partner"
    findings = check(text)
    return f"{findings[0].word!r} is not said to a buyer: {findings[0].advice}" if findings else None


def _find_wording_problem(wording: Wording) -> str | None:
    if "**" in str(wording.text):
        return "*** is for quick phrases; an auto-reply takes a {variable}"
    if not isinstance(wording.when, dict) or not all(isinstance(name, str) for name in wording.when):
        return "`when` should map fact names to values"
    return find_text_problem(wording.text)


def find_auto_problem(reply: AutoReply) -> str | None:
    if not isinstance(reply.key, str) or not _KEY.fullmatch(reply.key):
        return "a key is English snake_case"
    if not isinstance(reply.scene, str) or not reply.scene.strip():
        return "the scene is empty"
    if not reply.wordings:
        return "there is no wording"
    return next(filter(None, map(_find_wording_problem, reply.wordings)), None)


def find_quick_problem(phrase: QuickPhrase) -> str | None:
    if not isinstance(phrase.code, str) or not _CODE.fullmatch(phrase.code):
        return "a code is short pinyin and a number"
    return find_text_problem(phrase.text)


def check_count(where: str, count: int) -> None:
    if count > MOST_OF_A_KIND:
        raise LibraryError(where, f"{count} phrases, at most {MOST_OF_A_KIND}")


def check_with(find_problem: Callable[..., str | None], where: str, item: object) -> None:
    problem = find_problem(item)
    if problem:
        raise LibraryError(where, problem)

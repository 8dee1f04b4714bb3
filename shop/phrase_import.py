"""Quick phrases from a file into the team's: a verdict for every row, then the chosen ones as a whole or not at all.

Codes. Qianniu takes anything as 快捷短语编码: numbers, Chinese, nothing. Here a code is short pinyin and a number
(`[a-z]{1,8}[0-9]{0,3}`), typed after a slash. A row whose code does not fit is not refused, since its text is what the
shop wants: who says the same already is that phrase (so that a file taken twice adds nothing); else the row gets the
code that the reader wishes for it (`12` → qn12, `欢迎` → hy), with a number where that one is taken, and the verdict
says so. A row whose code fits is the phrase of that code.
"""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from uuid import uuid4

from shop.errors import BadInput, Conflict, FieldWrong, FileRefused, TooLong, TooMany
from shop.model import Staff
from shop.own_phrases import check_may_write
from shop.phrase_groups import MOST_GROUPS, Library, add_group, codes_in, list_groups, order_phrases
from shop.phrase_history import IMPORTED
from shop.phrase_rows import (
    MOST,
    TEAM,
    Deed,
    Words,
    all_words,
    clean_code,
    fits_code,
    free_code,
    put_words,
    tidy_group,
    tidy_text,
)
from shop.ports import UnitOfWork

DEFAULT_GROUP = "对话用语"


class Verdict(str, Enum):
    NEW = "新增"
    CHANGED = "更改"
    SAME = "相同"
    DOUBLE = "重复"
    OVER = "超出"
    WRONG = "有误"


TAKEN = {Verdict.NEW, Verdict.CHANGED, Verdict.SAME, Verdict.OVER}
"""May be chosen; whether there is room for those over the limit is seen when all chosen ones are known."""


@dataclass(frozen=True)
class FileRow:
    """A row as it stands in the file. `wish`: letters of a code for it, and maybe a number. `place`: within its group,
    from 1. `problem`: what could not even be read. `picture`: name of one, empty: none shall be; None: the file tells
    nothing of pictures.
    """

    line: int
    code: str
    text: str
    group: str = ""
    place: int | None = None
    wish: str = "td"
    problem: str = ""
    picture: str | None = None


@dataclass(frozen=True)
class Judged:
    """`code`, `group`, `text` and `picture` are those that the phrase will have; `reason` is in Chinese."""

    line: int
    code: str
    group: str
    text: str
    verdict: Verdict
    reason: str = ""
    place: int | None = None
    picture: str = ""


@dataclass
class Checked:
    """`state`: of the team's phrases when they were looked at; who takes the rows gives it back."""

    rows: list[Judged]
    state: str
    count: int


@dataclass(frozen=True)
class Taken:
    batch: str
    added: int
    changed: int


@dataclass
class _Desk:
    """What a row is judged against; grows row by row."""

    words: dict[str, Words]
    places: dict[str, int]
    groups: list[str]
    problem_of: Callable[[str], str]
    default_group: str
    has_picture: Callable[[str], bool]
    seen_codes: dict[str, int] = field(default_factory=dict)
    seen_texts: dict[str, int] = field(default_factory=dict)


def has_none(picture: str) -> bool:
    return False


def check_rows(
    uow: UnitOfWork,
    rows: Sequence[FileRow],
    *,
    library: Library,
    problem_of: Callable[[str], str],
    has_picture: Callable[[str], bool] = has_none,
    default_group: str = DEFAULT_GROUP,
) -> Checked:
    """Changes nothing. `problem_of` says what is against a text, empty: nothing; `has_picture`, whether the shop has
    the picture of that name.
    """
    words = all_words(uow, TEAM, library.phrases)
    groups = list_groups(uow, library)
    places = {code: place for group in groups for place, code in enumerate(codes_in(uow, group, library), 1)}
    desk = _Desk(dict(words), places, groups, problem_of, tidy_group(default_group), has_picture)
    judged, count = list[Judged](), len(words)
    codes = {row.line: _code_of(desk, row) for row in rows if fits_code(clean_code(row.code))}
    desk.seen_codes = dict.fromkeys(codes.values(), 0)
    for row in rows:
        found = _judge(desk, row)
        count += found.verdict is Verdict.NEW
        if found.verdict is Verdict.NEW and count > MOST:
            found = replace(found, verdict=Verdict.OVER, reason=f"超过 {MOST} 条，放不下了")
        judged.append(found)
    return Checked(judged, _state_of(words, groups, places), len(words))


def take_rows(
    uow: UnitOfWork,
    staff: Staff,
    rows: Sequence[FileRow],
    *,
    chosen: Collection[int],
    state: str,
    library: Library,
    problem_of: Callable[[str], str],
    now: datetime,
    has_picture: Callable[[str], bool] = has_none,
    default_group: str = DEFAULT_GROUP,
) -> Taken:
    """The rows with the `chosen` lines, all of them or none; `state` as `check_rows` gave it.

    Raises BeyondAuthority; Conflict where the team's phrases changed since; FileRefused(problems, why) where a
    chosen row cannot be taken; TooMany(limit).
    """
    check_may_write(staff, own=False)
    uow.saved_phrases.hold()
    checked = check_rows(
        uow, rows, library=library, problem_of=problem_of, has_picture=has_picture, default_group=default_group
    )
    if checked.state != state:
        raise Conflict()
    picked = [row for row in checked.rows if row.line in chosen]
    if wrong := [(row.line, "整行", row.reason) for row in picked if row.verdict not in TAKEN]:
        raise FileRefused(problems=wrong, why=f"第 {wrong[0][0]} 行：{wrong[0][2]}")
    added = sum(row.verdict in (Verdict.NEW, Verdict.OVER) for row in picked)
    if added and checked.count + added > MOST:
        raise TooMany(limit=MOST)
    changed = [row for row in picked if row.verdict is not Verdict.SAME]
    batch = uuid4().hex
    for group in dict.fromkeys(row.group for row in changed):
        if group not in list_groups(uow, library):
            add_group(uow, staff, group, library=library, now=now, batch=batch)
    for row in changed:
        deed = Deed(staff, now, IMPORTED, batch)
        put_words(uow, TEAM, row.code, Words(row.group, row.text, row.picture), library.phrases, deed)
    _put_in_order(uow, staff, changed, library, now, batch)
    return Taken(batch, added, len(changed) - added)


def _put_in_order(  # noqa: PLR0917  # who, what, over what, when
    uow: UnitOfWork, staff: Staff, rows: Sequence[Judged], library: Library, now: datetime, batch: str
) -> None:
    wished = {row.code: row.place for row in rows if row.place is not None}
    for group in dict.fromkeys(row.group for row in rows if row.place is not None):
        codes = codes_in(uow, group, library)
        stand = {code: (wished.get(code, number), code not in wished) for number, code in enumerate(codes, 1)}
        ordered = sorted(codes, key=lambda code: stand[code])
        order_phrases(uow, staff, group, ordered, library=library, now=now, batch=batch)


def _judge(desk: _Desk, row: FileRow) -> Judged:
    code, reason = _code_of(desk, row), ""
    if row.problem:
        return Judged(row.line, code, row.group, row.text, Verdict.WRONG, row.problem)
    try:
        words = Words(tidy_group(row.group or desk.default_group), tidy_text(row.text))
    except BadInput as error:
        return Judged(row.line, code, row.group, row.text, Verdict.WRONG, _say(error))
    if not code:
        if first := desk.seen_texts.get(words.text):
            return Judged(row.line, "", words.group, words.text, Verdict.DOUBLE, f"与第 {first} 行内容相同", row.place)
        code = _code_of_text(desk, words.text) or _given_code(desk, row.wish)
        reason = f"编码“{row.code[:20]}”不合格式，改用 {code}" if row.code.strip() else f"没有编码，改用 {code}"
    return _compare(desk, row, code, words, reason)


def _compare(desk: _Desk, row: FileRow, code: str, words: Words, reason: str) -> Judged:
    def say(verdict: Verdict, why: str) -> Judged:
        return Judged(row.line, code, words.group, words.text, verdict, why, row.place, words.picture)

    known = desk.words.get(code)
    picture, lacking = _picture_of(desk, row, known)
    words, reason = words._replace(picture=picture), _join(reason, lacking)
    moved = row.place is not None and known is not None and desk.places.get(code) != row.place
    same = known == words and not moved
    double = _find_double(desk, row, code, words, known is None)
    if double or same:
        return say(Verdict.DOUBLE, double) if double else say(Verdict.SAME, reason)
    if (known is None or known.text != words.text) and (problem := desk.problem_of(words.text)):
        return say(Verdict.WRONG, problem)
    if words.group not in desk.groups:
        if len(desk.groups) >= MOST_GROUPS:
            return say(Verdict.WRONG, f"分组最多 {MOST_GROUPS} 个，放不下“{words.group}”")
        desk.groups.append(words.group)
        reason = _join(reason, f"新分组“{words.group}”")
    if known is None:
        twin = _code_of_text(desk, words.text)
        desk.words[code] = words
        return say(Verdict.NEW, _join(reason, f"与 {twin} 内容相同" if twin else ""))
    parts = {
        "内容": known.text != words.text,
        "图片": known.picture != words.picture,
        "分组": known.group != words.group,
        "位置": moved,
    }
    return say(Verdict.CHANGED, _join(reason, "、".join(name for name, so in parts.items() if so) + "有变化"))


def _picture_of(desk: _Desk, row: FileRow, known: Words | None) -> tuple[str, str]:
    """The picture that the phrase will have, and what is to be said of it."""
    kept = known.picture if known else ""
    if not row.picture:
        return (kept if row.picture is None else ""), ""
    if row.picture == kept or desk.has_picture(row.picture):
        return row.picture, ""
    return kept, f"没有图片“{row.picture[:30]}”，{'保留原来的' if kept else '不带图片'}"


def _find_double(desk: _Desk, row: FileRow, code: str, words: Words, new: bool) -> str:
    """Why the row says nothing that an earlier one of the file did not say."""
    if first := desk.seen_codes.get(code):
        return f"与第 {first} 行是同一个编码 {code}"
    desk.seen_codes[code] = row.line
    first = desk.seen_texts.setdefault(words.text, row.line)
    return f"与第 {first} 行内容相同" if new and first != row.line else ""


def _join(*reasons: str) -> str:
    return "；".join(filter(None, reasons))


def _code_of(desk: _Desk, row: FileRow) -> str:
    """Empty: it takes another."""
    code = clean_code(row.code)
    return code if fits_code(code) else ""


def _code_of_text(desk: _Desk, text: str) -> str:
    return next((code for code, words in desk.words.items() if words.text == text), "")


def _given_code(desk: _Desk, wish: str) -> str:
    taken = desk.words.keys() | desk.seen_codes.keys()
    return wish if wish not in taken else free_code(wish.rstrip("0123456789") or "td", taken)


def _say(error: BadInput) -> str:
    if isinstance(error, TooLong):
        return f"有 {error.facts['length']} 字，最多 {error.facts['limit']} 字"
    return f"{error.facts['label']}为空" if isinstance(error, FieldWrong) else "内容有误"


def _state_of(words: dict[str, Words], groups: Sequence[str], places: dict[str, int]) -> str:
    whole = repr((sorted(words.items()), list(groups), sorted(places.items())))
    return hashlib.sha256(whole.encode()).hexdigest()[:32]

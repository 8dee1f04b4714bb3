"""Teaching the bot: managers say what buyers mean by their words. The next training learns from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from shop.changes import note_change
from shop.errors import BadInput, NotFound, TooMany
from shop.impersonal import make_impersonal
from shop.intents import NAMES, name_intent
from shop.model import ChangeKind, Staff, TaughtMessage
from shop.ports import UnitOfWork

LONGEST = 200
MOST = 5000
"""Taught messages in all: a fifth of what is shipped. Beyond that the shop has another business than the data."""

_NO_MARKUP = {ord("["): "［", ord("]"): "］", ord("{"): "｛", ord("}"): "｝"}
"""Rasa reads [夏装](season) as an entity; the bot's normaliser reads the wide signs as the narrow ones."""


class LessonRefused(BadInput):
    """`text` and, in words for the person who teaches it, `why`."""


class Lesson(NamedTuple):
    """`text` as a buyer wrote it (message `seq` of `conversation_id`, if any); `intent` by its English name."""

    text: str
    intent: str
    conversation_id: str = ""
    seq: int | None = None


@dataclass(frozen=True)
class Taught:
    """`moved` had another intent before; `same` was known already; `masked` holds made-up numbers or addresses now."""

    added: int
    moved: int
    same: int
    masked: int


def teach(uow: UnitOfWork, staff: Staff, now: datetime, lessons: Iterable[Lesson | tuple[str, str]]) -> Taught:
    """All of them or none. Taught again, a text goes to the new intent. Raises LessonRefused(text, why), TooMany.

    What says whose it is (numbers, addresses) is replaced by something made up before it is kept or written down.
    """
    given = [Lesson(*lesson) for lesson in lessons]
    clean = [_check(lesson) for lesson in given]
    uow.taught_messages.hold()
    deeds = [_keep(uow, staff, now, lesson) for lesson in clean]
    if uow.taught_messages.count() > MOST:
        raise TooMany(limit=MOST)
    masked = sum(_tidy(old.text) != new.text for old, new in zip(given, clean, strict=True))
    return Taught(deeds.count("新增"), deeds.count("改意图"), deeds.count(""), masked)


def forget_lesson(uow: UnitOfWork, staff: Staff, now: datetime, lesson_id: int) -> None:
    """The next training does without it. Raises NotFound."""
    lesson = uow.taught_messages.find(lesson_id)
    if lesson is None:
        raise NotFound(lesson_id=lesson_id)
    uow.taught_messages.remove(lesson)
    note_change(uow, staff, ChangeKind.TEACHING, lesson.text, "删除", now, before=_plain(lesson))


def list_lessons(uow: UnitOfWork, words: str = "", intent: str = "") -> Sequence[TaughtMessage]:
    """Newest first; `words` stand in the text or in the intent's Chinese name."""
    words = words.strip().lower()
    return [
        lesson
        for lesson in uow.taught_messages.all()
        if intent in {"", lesson.intent} and words in f"{lesson.text}\n{name_intent(lesson.intent)}".lower()
    ]


def _check(lesson: Lesson) -> Lesson:
    text = _tidy(lesson.text)
    if lesson.intent not in NAMES:
        raise LessonRefused(text=text, why="要先选好是什么意思")
    if not any(sign.isalnum() for sign in text):
        raise LessonRefused(text=text, why="里没有可以学的字")
    if len(text) > LONGEST:
        raise LessonRefused(text=f"{text[:20]}…", why=f"太长了，最多 {LONGEST} 字")
    if text.startswith("/") or not text.isprintable():
        raise LessonRefused(text=text[:20], why="里有不能用的符号")
    return lesson._replace(text=make_impersonal(text)[:LONGEST])


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _keep(uow: UnitOfWork, staff: Staff, now: datetime, lesson: Lesson) -> str:
    """What was done; nothing where it was known."""
    known = uow.taught_messages.of_text(lesson.text)
    if known is None:
        made = TaughtMessage(lesson.text, lesson.intent, staff.id, now, lesson.conversation_id, lesson.seq)
        uow.taught_messages.add(made)
        note_change(uow, staff, ChangeKind.TEACHING, made.text, "新增", now, after=_plain(made))
        return "新增"
    if known.intent == lesson.intent:
        return ""
    before = _plain(known)
    known.intent, known.by, known.at = lesson.intent, staff.id, now
    note_change(uow, staff, ChangeKind.TEACHING, known.text, "改意图", now, before=before, after=_plain(known))
    return "改意图"


def _plain(lesson: TaughtMessage) -> dict[str, str]:
    return {"text": lesson.text, "intent": lesson.intent, "intent_name": name_intent(lesson.intent)}


def export_lessons(uow: UnitOfWork, staff: Staff, now: datetime) -> str:
    """All of them as a file of training data; who took it along is written down."""
    lessons = uow.taught_messages.all()
    note_change(uow, staff, ChangeKind.EXPORT, "教机器人", "导出", now, after={"count": len(lessons)})
    return write_lessons(lessons)


def write_lessons(lessons: Iterable[TaughtMessage]) -> str:
    """As the files of `data/nlu` are written, one block an intent."""
    blocks: dict[str, list[str]] = {}
    for lesson in sorted(lessons, key=lambda lesson: (lesson.intent, lesson.id or 0)):
        blocks.setdefault(lesson.intent, []).append(lesson.text.translate(_NO_MARKUP))
    parts = ['version: "3.1"\n', "nlu:" if blocks else "nlu: []"]
    for intent, texts in blocks.items():
        parts += [f"- intent: {intent}", "  examples: |", *(f"    - {text}" for text in texts)]
    return "\n".join(parts) + "\n"

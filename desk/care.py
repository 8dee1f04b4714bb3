"""话术体检: what came of each phrase, and what needs care first. PH-35."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import NamedTuple

from desk.context import Desk
from desk.meanings import Meanings
from desk.shown import Json
from phrases.care import (
    Ailment,
    Cared,
    Goods,
    Trouble,
    find_doubles,
    find_stale,
    find_unhelpful,
    find_unreachable,
    sentence_of,
)
from phrases.library import GROUPS, Wording
from phrases.quick_book import ShownPhrase, read_team
from phrases.saved import read_saved
from phrases.scenes import OWN, title_of
from shop.model import Outcome, SavedReply
from shop.phrase_rows import TEAM
from shop.phrase_uses import Figures, count_day, find_uncounted, gather_figures
from shop.ports import UnitOfWork
from shop.times import local

TOPIC_OF_GROUP = {
    GROUPS["goods"]: "presale",
    GROUPS["bargain"]: "bargain",
    GROUPS["payment"]: "payment",
    GROUPS["urge"]: "payment",
    GROUPS["logistics"]: "tracking",
    GROUPS["aftersale"]: "aftersale",
}
"""Whose buyers a group of quick phrases is for."""


class Health(NamedTuple):
    """`ailments` with what is to be mended first in front; `by_meaning`: doubles were sought by what texts mean."""

    library: list[Cared]
    figures: Figures
    ailments: list[Ailment]
    by_meaning: bool


class _Looked(NamedTuple):
    library: list[Cared]
    figures: Figures
    ailments: list[Ailment]
    version: str


async def examine(desk: Desk, meanings: Meanings, first: date, last: date) -> Health:
    """By what was said from `first` to `last`, days of the shop."""
    await _keep_days(desk, first, last)
    looked = await desk.look(lambda uow: _look(desk, uow, first, last))
    compared = [cared for cared in looked.library if cared.kind == "quick" or cared.written]
    vectors = None
    if any(cared.written for cared in compared):
        vectors = await meanings.load_library(f"care:{looked.version}", [sentence_of(cared) for cared in compared])
    found = [*looked.ailments, *find_doubles(compared, vectors)]
    order = list(Trouble)
    found.sort(key=lambda ailment: (order.index(ailment.trouble), -ailment.weight, ailment.kind, ailment.key))
    return Health(looked.library, looked.figures, found, vectors is not None)


async def _keep_days(desk: Desk, first: date, last: date) -> None:
    """One at a time: buyers' messages come in between."""
    for day in await desk.look(lambda uow: find_uncounted(uow, first, last, desk.now())):
        await _keep_day(desk, day)


async def _keep_day(desk: Desk, day: date) -> None:
    counted = await desk.look(lambda uow: count_day(uow, day))
    await desk.change(lambda uow: uow.phrase_days.keep(counted))


def _look(desk: Desk, uow: UnitOfWork, first: date, last: date) -> _Looked:
    library, figures = list(_read_library(desk, uow)), gather_figures(uow, first, last)
    goods = _read_goods(uow)
    ailments = [
        *find_unreachable(library, goods.prices),
        *find_stale(library, goods, local(desk.now()).date()),
        *find_unhelpful(library, figures, first, last),
    ]
    return _Looked(library, figures, ailments, f"{uow.saved_replies.version()}/{uow.saved_phrases.version()}")


def _read_goods(uow: UnitOfWork) -> Goods:
    prices = {p.title: frozenset(v.price_fen for v in p.variants) for p in uow.products.on_sale()}
    return Goods(prices, frozenset(uow.products.withdrawn()) - prices.keys())


def _read_library(desk: Desk, uow: UnitOfWork) -> Iterator[Cared]:
    rows = {row.key: row for row in uow.saved_replies.all() if not row.removed}
    for key in (*(key for key in rows if key not in desk.words.shipped.auto), *desk.words.shipped.auto):
        yield _care_for_reply(desk, key, rows.get(key))
    saved = {row.code: row for row in uow.saved_phrases.of(TEAM)}
    for phrase in read_team(uow, desk.words.quick):
        row = saved.get(phrase.code)
        yield _care_for_phrase(phrase, local(row.changed_at).date() if row else None)


def _care_for_reply(desk: Desk, key: str, row: SavedReply | None) -> Cared:
    shipped = desk.words.shipped.auto.get(key)
    reply, problem = read_saved(row, shipped) if row is not None else (shipped, "")
    title = title_of(reply) if reply else row.scene if row else key
    topic = reply.topic if reply and reply.topic != OWN else ""
    written = row is not None and bool(row.wordings)
    changed = local(row.changed_at).date() if row else None
    return Cared(
        "auto",
        key,
        title,
        reply.wordings if reply else (),
        written=written,
        changed_on=changed,
        topic=topic,
        reply=reply,
        shipped=shipped,
        problem=problem,
    )


def _care_for_phrase(phrase: ShownPhrase, changed: date | None) -> Cared:
    return Cared(
        "quick",
        phrase.code,
        f"/{phrase.code} · {phrase.group}",
        (Wording(phrase.text),),
        written=not phrase.shipped,
        changed_on=changed,
        topic=TOPIC_OF_GROUP.get(phrase.group, ""),
    )


def show_health(health: Health) -> Json:
    """`phrases`: with the parts of shop.model.Outcome."""
    by_name = {cared.name: cared for cared in health.library}
    return {
        "by_meaning": health.by_meaning,
        "ailments": [_show_ailment(ailment, by_name) for ailment in health.ailments],
        "phrases": [{**_show(cared), **asdict(outcome_of(health, cared))} for cared in health.library],
    }


def _show_ailment(ailment: Ailment, by_name: dict[str, Cared]) -> Json:
    cared = by_name[f"{ailment.kind}:{ailment.key}"]
    said = {"trouble": ailment.trouble.value, "reason": ailment.reason, "figure": ailment.figure}
    return {**_show(cared), **said}


def _show(cared: Cared) -> Json:
    text = cared.wordings[0].text if cared.wordings else ""
    shown = {"kind": cared.kind, "key": cared.key, "title": cared.title, "text": text}
    return {**shown, "written": cared.written, "enabled": cared.reply is None or cared.reply.enabled}


def outcome_of(health: Health, cared: Cared) -> Outcome:
    return health.figures.phrases.get(cared.name, Outcome())


HEADER = (
    "类型",
    "编码或场景",
    "内容",
    "使用次数",
    "改过再发",
    "买家接着说",
    "又问同样的",
    "随后转人工",
    "评价次数",
    "平均星级",
    "24小时内投诉",
    "体检",
)
WIDTHS = (10, 28, 70, 10, 10, 12, 12, 12, 10, 10, 14, 60)
KINDS = {"auto": "自动回复", "quick": "快捷短语"}


def make_report(health: Health) -> list[list[str | int | float]]:
    """The week's table, what was said most on top; what nobody used says so."""
    reasons: dict[str, list[str]] = {}
    for ailment in health.ailments:
        reasons.setdefault(f"{ailment.kind}:{ailment.key}", []).append(f"{ailment.trouble.value}：{ailment.reason}")
    lines = [(outcome_of(health, cared), cared) for cared in health.library]
    lines.sort(key=lambda line: -line[0].said)
    return [list(HEADER), *(_line(outcome, cared, reasons.get(cared.name, ())) for outcome, cared in lines)]


def _line(outcome: Outcome, cared: Cared, reasons: Sequence[str]) -> list[str | int | float]:
    said = list(reasons) or ([] if outcome.said else ["这一周没有用过"])
    return [
        KINDS[cared.kind],
        cared.title,
        cared.wordings[0].text if cared.wordings else "",
        outcome.said,
        outcome.said - outcome.plain,
        outcome.answered,
        outcome.again,
        outcome.handed,
        outcome.rated,
        round(outcome.stars / outcome.rated, 2) if outcome.rated else "",
        outcome.complained,
        "；".join(said),
    ]

"""Quick phrases of the team as the managers' page gets them."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from desk.pictures import MEGABYTE, Pictures
from desk.shown import Json
from phrases.library import QuickPhrase
from phrases.quick_book import ShownPhrase, library_of, read_team
from phrases.saving import check_savable
from phrases.transfer import FilePhrase
from phrases.variables import VARIABLES
from shop.errors import PhraseRefused
from shop.model import Change, SavedPhrase
from shop.own_phrases import MOST
from shop.phrase_groups import list_groups
from shop.phrase_history import removed_phrases
from shop.phrase_import import Checked
from shop.phrase_rows import LONGEST_GROUP, LONGEST_TEXT, TEAM
from shop.ports import UnitOfWork

USED_DAYS = 90


def show_library(uow: UnitOfWork, shipped: tuple[QuickPhrase, ...], now: datetime, pictures: Pictures) -> Json:
    """All that the page shows: phrases in their order, groups with their counts, n and 100. PH-01, PH-11."""
    most_bytes = uow.policies.current().picture_megabytes * MEGABYTE
    team, library = read_team(uow, shipped), library_of(shipped)
    rows = {row.code: row for row in uow.saved_phrases.of(TEAM)}
    uses = uow.phrase_uses.totals(now - timedelta(days=USED_DAYS))
    names = {staff.id: staff.name for staff in uow.people.all()}
    counts, first = Counter(phrase.group for phrase in team), dict[str, str]()
    phrases = []
    for phrase in team:
        twin = first.setdefault(" ".join(phrase.text.split()), phrase.code)
        shown = {**_show(phrase, rows.get(phrase.code), names), "picture": pictures.show(phrase.picture)}
        sent, unedited = uses.get(phrase.code, (0, 0))
        twin_of = twin if twin != phrase.code else ""
        phrases.append({**shown, "uses": {"sent": sent, "unedited": unedited}, "twin": twin_of})
    return {
        "phrases": phrases,
        "count": len(team),
        "groups": [{"name": name, "count": counts[name]} for name in list_groups(uow, library)],
        "removed": len(removed_phrases(uow)),
        "limits": {
            "phrases": MOST,
            "text": LONGEST_TEXT,
            "group": LONGEST_GROUP,
            "days": USED_DAYS,
            "picture": most_bytes,
        },
        "variables": [{"name": v.name, "sample": v.result, "help": v.help} for v in VARIABLES.values()],
    }


def _show(phrase: ShownPhrase, row: SavedPhrase | None, names: dict[str, str]) -> Json:
    return {
        "code": phrase.code,
        "group": phrase.group,
        "text": phrase.text,
        "shipped": phrase.shipped,
        "version": row.version if row else 0,
        "by": names.get(row.changed_by, row.changed_by) if row else "",
        "at": row.changed_at.isoformat() if row else None,
    }


def show_saved(row: SavedPhrase, pictures: Pictures) -> Json:
    words = {"code": row.code, "group": row.group, "text": row.text}
    return {**words, "picture": pictures.show(row.picture), "version": row.version}


def show_removed(uow: UnitOfWork, pictures: Pictures) -> list[Json]:
    names = {staff.id: staff.name for staff in uow.people.all()}
    return [
        {
            **show_saved(row, pictures),
            "by": names.get(row.changed_by, row.changed_by),
            "at": row.changed_at.isoformat(),
        }
        for row in removed_phrases(uow)
    ]


def show_change(change: Change, pictures: Pictures) -> Json:
    def words(plain: dict[str, Any] | None) -> Json | None:
        return None if plain is None else {**plain, "picture": pictures.show(plain.get("picture", ""))}

    return {
        "id": change.id,
        "action": change.action,
        "by": change.name,
        "at": change.at.isoformat(),
        "before": words(change.before),
        "after": words(change.after),
        "batch": change.batch,
    }


def show_checked(checked: Checked) -> Json:
    """`line` counts as table programs do; verdict and reason in Chinese."""
    rows = [
        {
            "line": row.line,
            "code": row.code,
            "group": row.group,
            "text": row.text,
            "verdict": row.verdict.value,
            "reason": row.reason,
        }
        for row in checked.rows
    ]
    return {"rows": rows, "state": checked.state, "count": checked.count, "limit": MOST}


def to_file(uow: UnitOfWork, shipped: tuple[QuickPhrase, ...]) -> list[FilePhrase]:
    """The team's, in their order, each with its place in its group."""
    places: Counter[str] = Counter()
    found = []
    for phrase in read_team(uow, shipped):
        places[phrase.group] += 1
        found.append(FilePhrase(phrase.code, phrase.text, phrase.group, places[phrase.group], phrase.picture))
    return found


def find_problem(text: str) -> str:
    """Why the text may not be saved; empty: it may. PH-32."""
    try:
        check_savable(text)
    except PhraseRefused as error:
        return str(error.facts["why"])
    return ""

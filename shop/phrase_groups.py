"""分组 of the team's quick phrases, and the order of the phrases within them: the manager's. PH-11.

Until somebody changes them the groups are the shipped ones; a group that a phrase stands in is always among them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from shop.changes import note_change
from shop.errors import FieldWrong, GroupInUse, NameTaken, NotFound, TooMany
from shop.model import ChangeKind, Staff
from shop.own_phrases import check_may_write
from shop.phrase_rows import TEAM, Deed, Shipped, Words, all_words, put_words, tidy_group
from shop.ports import UnitOfWork

MOST_GROUPS = 30
ORDER = "顺序"
"""Key of the one change that orders groups; that of phrases goes by the group's name."""


@dataclass(frozen=True)
class Library:
    """What was shipped: groups in their order, phrases by code in theirs."""

    groups: tuple[str, ...]
    phrases: Shipped


def list_groups(uow: UnitOfWork, library: Library) -> list[str]:
    """In the order of the panel."""
    words = all_words(uow, TEAM, library.phrases).values()
    return arrange_groups(uow, library.groups, (each.group for each in words))


def arrange_groups(uow: UnitOfWork, shipped: Sequence[str], used: Iterable[str]) -> list[str]:
    """The shop's own, or the shipped ones; what is used beside them comes last."""
    stored = [group.name for group in uow.phrase_groups.all()]
    return list(dict.fromkeys([*(stored or shipped), *used]))


def add_group(uow: UnitOfWork, staff: Staff, name: str, *, library: Library, now: datetime, batch: str = "") -> str:
    """At the end. Raises BeyondAuthority, FieldWrong, TooLong, NameTaken(name), TooMany(limit)."""
    groups = _begin(uow, staff, library)
    name = tidy_group(name)
    if name in groups:
        raise NameTaken(name=name)
    if len(groups) >= MOST_GROUPS:
        raise TooMany(limit=MOST_GROUPS)
    uow.phrase_groups.put([*groups, name])
    note_change(uow, staff, ChangeKind.PHRASE_GROUP, name, "新增", now, after={"name": name}, batch=batch)
    return name


def rename_group(uow: UnitOfWork, staff: Staff, name: str, to: str, *, library: Library, now: datetime) -> str:
    """Its phrases follow, everybody's own too. Raises as `add_group`, and NotFound(group)."""
    groups = _begin(uow, staff, library)
    _check_known(groups, name)
    to = tidy_group(to)
    if to == name:
        return to
    if to in groups:
        raise NameTaken(name=to)
    uow.phrase_groups.put([to if group == name else group for group in groups])
    batch = uuid4().hex
    before, after = {"name": name}, {"name": to}
    note_change(uow, staff, ChangeKind.PHRASE_GROUP, to, "改名", now, before=before, after=after, batch=batch)
    _move(uow, name, to, library, Deed(staff, now, "分组改名", batch))
    return to


def remove_group(uow: UnitOfWork, staff: Staff, name: str, *, to: str, library: Library, now: datetime) -> int:
    """Its phrases go to the group `to`, behind those there; answers how many of the team's did.

    Raises BeyondAuthority; NotFound(group) for either; GroupInUse(count) where it has phrases and `to` is empty or
    the same; FieldWrong for the last group.
    """
    groups = _begin(uow, staff, library)
    _check_known(groups, name)
    count = sum(words.group == name for words in all_words(uow, TEAM, library.phrases).values())
    if (count or uow.saved_phrases.in_group(name)) and to in ("", name):
        raise GroupInUse(count=count, group=name)
    if to:
        _check_known(groups, to)
    left = [group for group in groups if group != name]
    if not left:
        raise FieldWrong(field="group", label="分组", value=name)
    batch = uuid4().hex
    _move(uow, name, to, library, Deed(staff, now, "移动分组", batch))
    uow.phrase_groups.put(left)
    note_change(uow, staff, ChangeKind.PHRASE_GROUP, name, "删除", now, before={"name": name}, batch=batch)
    return count


def order_groups(uow: UnitOfWork, staff: Staff, names: Sequence[str], *, library: Library, now: datetime) -> list[str]:
    """Those not named (a colleague has just added one) stay behind. Raises BeyondAuthority, NotFound(group)."""
    groups = _begin(uow, staff, library)
    for name in names:
        _check_known(groups, name)
    ordered = list(dict.fromkeys([*names, *groups]))
    uow.phrase_groups.put(ordered)
    before, after = {"names": groups}, {"names": ordered}
    note_change(uow, staff, ChangeKind.PHRASE_GROUP, ORDER, "排序", now, before=before, after=after)
    return ordered


def order_phrases(  # who, where, what
    uow: UnitOfWork,
    staff: Staff,
    group: str,
    codes: Sequence[str],
    *,
    library: Library,
    now: datetime,
    batch: str = "",
) -> list[str]:
    """The order within a group; codes that are not of it any more are passed over, those not named stay behind."""
    _check_known(_begin(uow, staff, library), group)
    before = codes_in(uow, group, library)
    after = [code for code in dict.fromkeys([*codes, *before]) if code in before]
    uow.phrase_places.put({code: place for place, code in enumerate(after)})
    note_change(
        uow,
        staff,
        ChangeKind.PHRASE_GROUP,
        group,
        "排序",
        now,
        before={"codes": before},
        after={"codes": after},
        batch=batch,
    )
    return after


def codes_in(uow: UnitOfWork, group: str, library: Library) -> list[str]:
    """In their order: as the manager put them, then as shipped, then as written."""
    words, places = all_words(uow, TEAM, library.phrases), uow.phrase_places.all()
    codes = [code for code, each in words.items() if each.group == group]
    return sorted(codes, key=lambda code: places.get(code, len(words) + len(places)))


def _begin(uow: UnitOfWork, staff: Staff, library: Library) -> list[str]:
    check_may_write(staff, own=False)
    uow.saved_phrases.hold()
    return list_groups(uow, library)


def _check_known(groups: Sequence[str], name: str) -> None:
    if name not in groups:
        raise NotFound(group=name)


def _move(uow: UnitOfWork, name: str, to: str, library: Library, deed: Deed) -> None:
    """All phrases of a group into another one, in their order."""
    order = [*codes_in(uow, to, library), *codes_in(uow, name, library)]
    for code, words in all_words(uow, TEAM, library.phrases).items():
        if words.group == name:
            put_words(uow, TEAM, code, words._replace(group=to), library.phrases, deed)
    for phrase in uow.saved_phrases.in_group(name):
        put_words(uow, phrase.owner_id, phrase.code, Words(to, phrase.text, phrase.picture), {}, deed)
    if order:
        uow.phrase_places.put({code: place for place, code in enumerate(order)})

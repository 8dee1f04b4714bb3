"""The team's quick phrases: versions and history, groups and order. PH-09, PH-11, PH-33."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from shop import phrase_groups as groups
from shop.errors import (
    BeyondAuthority,
    FieldWrong,
    GroupInUse,
    NameTaken,
    NotFound,
    PhraseChanged,
    TooLong,
    TooMany,
)
from shop.model import ChangeKind, Role, SavedPhrase, Staff
from shop.own_phrases import PhraseDraft, remove_phrase, save_phrase
from shop.phrase_groups import MOST_GROUPS, Library
from shop.phrase_history import history_of, removed_phrases, restore_phrase
from shop.phrase_rows import MOST, TEAM, Words, all_words
from shop.ports import UnitOfWork
from shop.wiring import Services
from tests.conftest import NOW

MANAGER, OTHER = Staff("100", "云舒", Role.MANAGER), Staff("101", "若水", Role.MANAGER)
AGENT = Staff("341", "小安", Role.AGENT)
LIBRARY = Library(
    ("欢迎语", "物流", "售后"),
    {"hy1": Words("欢迎语", "您好"), "wl1": Words("物流", "在路上"), "wl2": Words("物流", "明天到")},
)
AS_SHIPPED = ["欢迎语", "物流", "售后"]
FIRST = timedelta(minutes=1)


@pytest.fixture
def uow(services: Services) -> Iterator[UnitOfWork]:
    with services.unit_of_work() as uow:
        uow.people.add(MANAGER)
        uow.people.add(OTHER)
        yield uow


def save(  # noqa: PLR0917
    uow: UnitOfWork, code: str, text: str, old: str = "", version: int | None = None, by: Staff = MANAGER
) -> SavedPhrase:
    draft = PhraseDraft(code, "物流", text, old, version)
    return save_phrase(uow, by, draft, own=False, shipped=LIBRARY.phrases, now=NOW)


def remove(uow: UnitOfWork, code: str, version: int | None = None) -> None:
    remove_phrase(uow, MANAGER, code, own=False, shipped=LIBRARY.phrases, now=NOW, version=version)


def restore(uow: UnitOfWork, code: str, change: int | None = None, **more: object) -> SavedPhrase:
    return restore_phrase(uow, MANAGER, code, change, library=LIBRARY, now=NOW + FIRST, **more)  # type: ignore[arg-type]


def words(uow: UnitOfWork) -> dict[str, Words]:
    return all_words(uow, TEAM, LIBRARY.phrases)


@pytest.mark.req("PH-33")
def test_a_version_grows_with_every_change_and_the_same_words_are_none(uow: UnitOfWork) -> None:
    assert save(uow, "xx1", "一").version == 1
    assert save(uow, "xx1", "二", "xx1").version == 2
    assert save(uow, "xx1", "二", "xx1").version == 2
    assert [change.action for change in history_of(uow, "xx1")] == ["编辑", "新增"]


@pytest.mark.req("PH-33")
def test_who_comes_second_gets_what_the_first_wrote_and_may_insist(uow: UnitOfWork) -> None:
    save(uow, "wl1", "同事写的", "wl1", 0, OTHER)
    with pytest.raises(PhraseChanged) as error:
        save(uow, "wl1", "我写的", "wl1", 0)
    theirs = error.value.facts["theirs"]
    assert (theirs["text"], theirs["by"], theirs["version"], theirs["removed"]) == ("同事写的", "若水", 1, False)
    assert words(uow)["wl1"].text == "同事写的"
    assert save(uow, "wl1", "我写的", "wl1", theirs["version"]).text == "我写的"
    assert [change.after["text"] for change in history_of(uow, "wl1") if change.after] == ["我写的", "同事写的"]


@pytest.mark.req("PH-33")
def test_what_a_colleague_removed_or_changed_is_not_written_over_unseen(uow: UnitOfWork) -> None:
    remove(uow, "wl2")
    with pytest.raises(PhraseChanged) as error:
        save(uow, "wl2", "我写的", "wl2", 0)
    assert error.value.facts["theirs"]["removed"]
    save(uow, "wl1", "改过", "wl1", 0, OTHER)
    with pytest.raises(PhraseChanged):
        remove(uow, "wl1", 0)
    remove(uow, "wl1", 1)
    remove(uow, "wl1", 1)
    assert list(words(uow)) == ["hy1"]


@pytest.mark.req("PH-33")
def test_the_same_form_sent_twice_is_no_conflict(uow: UnitOfWork) -> None:
    save(uow, "wl1", "一样", "wl1", 0)
    assert save(uow, "wl1", "一样", "wl1", 0).version == 1


@pytest.mark.req("PH-33")
def test_history_knows_what_was_shipped_and_follows_a_code_that_was_changed(uow: UnitOfWork) -> None:
    save(uow, "wl1", "改过", "wl1")
    save(uow, "dd1", "又改", "wl1")
    changes = history_of(uow, "dd1")
    assert (changes[0].action, changes[0].name) == ("编辑", "云舒")
    assert changes[-1].before == {"code": "wl1", "group": "物流", "text": "在路上"}
    assert "改过" in [change.after["text"] for change in changes if change.after]
    assert restore(uow, "dd1", changes[-1].id, before=True).text == "在路上"


@pytest.mark.req("PH-33")
def test_an_earlier_text_and_a_removed_phrase_come_back(uow: UnitOfWork) -> None:
    save(uow, "xx1", "一")
    save(uow, "xx1", "二", "xx1")
    first = history_of(uow, "xx1")[-1]
    assert restore(uow, "xx1", first.id, version=2).text == "一"
    remove(uow, "xx1")
    remove(uow, "hy1")
    assert {row.code: row.text for row in removed_phrases(uow)} == {"xx1": "一", "hy1": "您好"}
    assert restore(uow, "hy1").text == "您好"
    assert words(uow)["hy1"] == Words("欢迎语", "您好")
    with pytest.raises(NotFound):
        restore(uow, "zz1")
    with pytest.raises(NotFound):
        restore(uow, "xx1", history_of(uow, "hy1")[0].id)


@pytest.mark.req("PH-01", "PH-33")
def test_what_is_restored_needs_room(uow: UnitOfWork) -> None:
    remove(uow, "hy1")
    for number in range(MOST - 2):
        save(uow, f"xx{number}", f"第{number}")
    with pytest.raises(TooMany, match="limit=100"):
        restore(uow, "hy1")
    assert len(words(uow)) == MOST
    changed = save(uow, "xx1", "改", "xx1")
    assert restore(uow, "xx1", history_of(uow, "xx1")[-1].id, version=changed.version).text == "第1", "none more"


@pytest.mark.req("PH-33", "HE-07")
def test_agents_change_nothing_of_the_teams(uow: UnitOfWork) -> None:
    given = {"library": LIBRARY, "now": NOW}
    for deed in (
        lambda: restore_phrase(uow, AGENT, "hy1", None, **given),
        lambda: groups.add_group(uow, AGENT, "新组", **given),
        lambda: groups.rename_group(uow, AGENT, "物流", "快递", **given),
        lambda: groups.remove_group(uow, AGENT, "售后", to="", **given),
        lambda: groups.order_groups(uow, AGENT, ["售后"], **given),
        lambda: groups.order_phrases(uow, AGENT, "物流", ["wl2"], **given),
    ):
        with pytest.raises(BeyondAuthority):
            deed()


@pytest.mark.req("PH-11")
def test_groups_are_the_shipped_ones_until_somebody_changes_them(uow: UnitOfWork) -> None:
    assert groups.list_groups(uow, LIBRARY) == AS_SHIPPED
    assert groups.add_group(uow, MANAGER, "  双 11 ", library=LIBRARY, now=NOW) == "双 11"
    assert groups.list_groups(uow, LIBRARY) == [*AS_SHIPPED, "双 11"]
    with pytest.raises(NameTaken):
        groups.add_group(uow, MANAGER, "物流", library=LIBRARY, now=NOW)
    with pytest.raises(FieldWrong):
        groups.add_group(uow, MANAGER, " \x00", library=LIBRARY, now=NOW)
    with pytest.raises(TooLong):
        groups.add_group(uow, MANAGER, "组" * 21, library=LIBRARY, now=NOW)
    for number in range(MOST_GROUPS - 4):
        groups.add_group(uow, MANAGER, f"组{number}", library=LIBRARY, now=NOW)
    with pytest.raises(TooMany):
        groups.add_group(uow, MANAGER, "再来", library=LIBRARY, now=NOW)


@pytest.mark.req("PH-11")
def test_phrases_follow_their_group_everybodys_own_too(uow: UnitOfWork) -> None:
    save_phrase(uow, AGENT, PhraseDraft("my1", "物流", "我的"), own=True, shipped=LIBRARY.phrases, now=NOW)
    groups.rename_group(uow, MANAGER, "物流", "快递", library=LIBRARY, now=NOW)
    assert groups.list_groups(uow, LIBRARY) == ["欢迎语", "快递", "售后"]
    assert {code: each.group for code, each in words(uow).items()} == {"hy1": "欢迎语", "wl1": "快递", "wl2": "快递"}
    own = uow.saved_phrases.find("341", "my1")
    assert own is not None and own.group == "快递"
    with pytest.raises(NotFound):
        groups.rename_group(uow, MANAGER, "物流", "快件", library=LIBRARY, now=NOW)
    with pytest.raises(NameTaken):
        groups.rename_group(uow, MANAGER, "快递", "售后", library=LIBRARY, now=NOW)


@pytest.mark.req("PH-11")
def test_a_group_with_phrases_goes_only_when_it_is_said_where_they_go(uow: UnitOfWork) -> None:
    for to in ("", "物流"):
        with pytest.raises(GroupInUse, match="count=2"):
            groups.remove_group(uow, MANAGER, "物流", to=to, library=LIBRARY, now=NOW)
    with pytest.raises(NotFound):
        groups.remove_group(uow, MANAGER, "物流", to="没有", library=LIBRARY, now=NOW)
    assert groups.list_groups(uow, LIBRARY) == AS_SHIPPED
    assert groups.remove_group(uow, MANAGER, "物流", to="欢迎语", library=LIBRARY, now=NOW) == 2
    assert groups.list_groups(uow, LIBRARY) == ["欢迎语", "售后"]
    assert groups.codes_in(uow, "欢迎语", LIBRARY) == ["hy1", "wl1", "wl2"]
    assert groups.remove_group(uow, MANAGER, "售后", to="", library=LIBRARY, now=NOW) == 0
    for code in ("hy1", "wl1", "wl2"):
        remove(uow, code)
    with pytest.raises(FieldWrong):
        groups.remove_group(uow, MANAGER, "欢迎语", to="", library=LIBRARY, now=NOW)


@pytest.mark.req("PH-11")
def test_groups_and_phrases_stand_in_the_order_of_the_manager(uow: UnitOfWork) -> None:
    assert groups.order_groups(uow, MANAGER, ["售后", "物流"], library=LIBRARY, now=NOW) == ["售后", "物流", "欢迎语"]
    save(uow, "wl9", "新的")
    assert groups.order_phrases(uow, MANAGER, "物流", ["wl9", "hy1", "wl2"], library=LIBRARY, now=NOW) == [
        "wl9",
        "wl2",
        "wl1",
    ]
    assert groups.codes_in(uow, "物流", LIBRARY) == ["wl9", "wl2", "wl1"]
    save(uow, "wl8", "换了编码", "wl9")
    assert groups.codes_in(uow, "物流", LIBRARY) == ["wl8", "wl2", "wl1"], "its place goes along"
    with pytest.raises(NotFound):
        groups.order_groups(uow, MANAGER, ["没有"], library=LIBRARY, now=NOW)


@pytest.mark.req("PH-33")
def test_every_change_of_groups_is_written_down(uow: UnitOfWork) -> None:
    groups.add_group(uow, MANAGER, "新组", library=LIBRARY, now=NOW)
    groups.rename_group(uow, MANAGER, "物流", "快递", library=LIBRARY, now=NOW)
    groups.remove_group(uow, MANAGER, "新组", to="", library=LIBRARY, now=NOW)
    groups.order_groups(uow, MANAGER, ["售后"], library=LIBRARY, now=NOW)
    groups.order_phrases(uow, MANAGER, "快递", ["wl2"], library=LIBRARY, now=NOW)
    found = uow.changes.search(
        kind=ChangeKind.PHRASE_GROUP, by="100", words="", since=None, until=None, below=None, limit=9
    )
    assert [(change.key, change.action) for change in reversed(found)] == [
        ("新组", "新增"),
        ("快递", "改名"),
        ("新组", "删除"),
        ("顺序", "排序"),
        ("快递", "排序"),
    ]
    assert [change.action for change in history_of(uow, "wl1")] == ["分组改名"]


def test_the_version_of_all_phrases_changes_with_words_groups_and_order(uow: UnitOfWork) -> None:
    seen = [uow.saved_phrases.version()]
    save(uow, "wl1", "改", "wl1")
    seen.append(uow.saved_phrases.version())
    save(uow, "wl1", "再改", "wl1")
    seen.append(uow.saved_phrases.version())
    groups.add_group(uow, MANAGER, "新组", library=LIBRARY, now=NOW)
    seen.append(uow.saved_phrases.version())
    groups.order_phrases(uow, MANAGER, "物流", ["wl2", "wl1"], library=LIBRARY, now=NOW)
    seen.append(uow.saved_phrases.version())
    assert len(set(seen)) == 5, "consoles build their index anew"


@pytest.mark.req("PH-09", "PH-33")
def test_a_picture_goes_with_its_phrase_through_every_change(uow: UnitOfWork) -> None:
    def put(code: str, text: str, old: str = "", picture: str | None = None) -> SavedPhrase:
        draft = PhraseDraft(code, "物流", text, old, picture=picture)
        return save_phrase(uow, MANAGER, draft, own=False, shipped=LIBRARY.phrases, now=NOW)

    def picture_of(code: str) -> str:
        return all_words(uow, TEAM, LIBRARY.phrases)[code].picture

    put("wl1", "在路上", "wl1", "map-1")
    assert picture_of("wl1") == "map-1", "the picture alone is a change"
    put("wl1", "还在路上", "wl1")
    assert picture_of("wl1") == "map-1", "who says nothing of it leaves it"
    put("wl9", "还在路上", "wl1")
    assert put("wl9", "还在路上", "wl1").version == 1, "sent again"
    groups.rename_group(uow, MANAGER, "物流", "快递", library=LIBRARY, now=NOW)
    assert picture_of("wl9") == "map-1"
    put("wl9", "还在路上", "wl9", "map-2")
    put("wl9", "还在路上", "wl9", "")
    assert picture_of("wl9") == ""
    removed, replaced, *_ = history_of(uow, "wl9")
    assert ("picture" in removed.after, replaced.after["picture"]) == (False, "map-2")
    restore(uow, "wl9", replaced.id)
    remove(uow, "wl9")
    assert [row.picture for row in removed_phrases(uow)] == ["map-2"]
    restore(uow, "wl9")
    assert picture_of("wl9") == "map-2"

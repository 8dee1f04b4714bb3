"""The shop's own quick phrases: who may write them, how many there are, what they are called."""

from collections.abc import Iterator

import pytest

from shop.errors import BeyondAuthority, CodeTaken, FieldWrong, NotFound, TooLong, TooMany
from shop.model import RECEIVING, Role, SavedPhrase, Staff
from shop.own_phrases import MOST, PhraseDraft, remove_phrase, save_phrase
from shop.phrase_rows import Words
from shop.ports import UnitOfWork
from shop.wiring import Services
from tests.conftest import NOW

MANAGER = Staff("100", "云舒", Role.MANAGER)
AGENT = Staff("341", "小安", Role.AGENT)
SHIPPED = {code: Words("议价用语", f"{code}，您看看") for code in ("yj1", "yj2", "hy1")}


@pytest.fixture
def uow(services: Services) -> Iterator[UnitOfWork]:
    with services.unit_of_work() as uow:
        yield uow


def save(
    uow: UnitOfWork, code: str, text: str = "您好", *, staff: Staff = AGENT, old: str = "", group: str = "物流"
) -> SavedPhrase:
    """An agent's own, the manager's for all."""
    draft = PhraseDraft(code, group, text, old)
    return save_phrase(uow, staff, draft, own=staff is not MANAGER, shipped=SHIPPED, now=NOW)


def remove(uow: UnitOfWork, code: str, staff: Staff = AGENT) -> None:
    remove_phrase(uow, staff, code, own=staff is not MANAGER, shipped=SHIPPED, now=NOW)


def codes(uow: UnitOfWork, owner: str) -> list[str]:
    return [phrase.code for phrase in uow.saved_phrases.of(owner) if not phrase.removed]


@pytest.mark.req("PH-08", "PH-09")
def test_a_phrase_is_kept_tidy_with_who_wrote_it(uow: UnitOfWork) -> None:
    saved = save(uow, " /ＷＬ12 ", "  在路上啦{笑脸}\n", group=" 物 流 ")
    assert (saved.owner_id, saved.code, saved.group, saved.text) == ("341", "wl12", "物 流", "在路上啦{笑脸}")
    assert (saved.changed_by, saved.changed_at) == ("341", NOW)


@pytest.mark.req("HE-07")
@pytest.mark.parametrize("role", set(Role) - {Role.MANAGER})
def test_the_manager_alone_writes_for_all(uow: UnitOfWork, role: Role) -> None:
    staff, draft = Staff("9", "谁", role), PhraseDraft("xx1", "物流", "您好")
    with pytest.raises(BeyondAuthority):
        save_phrase(uow, staff, draft, own=False, shipped=SHIPPED, now=NOW)
    with pytest.raises(BeyondAuthority):
        remove_phrase(uow, staff, "yj1", own=False, shipped=SHIPPED, now=NOW)
    assert save(uow, "xx1", staff=MANAGER).owner_id == ""


@pytest.mark.req("HE-07")
@pytest.mark.parametrize("role", list(Role))
def test_who_talks_with_buyers_has_phrases_of_his_own(uow: UnitOfWork, role: Role) -> None:
    staff, draft = Staff("9", "谁", role), PhraseDraft("xx1", "物流", "您好")
    if role in RECEIVING:
        assert save_phrase(uow, staff, draft, own=True, shipped=SHIPPED, now=NOW).owner_id == "9"
    else:
        with pytest.raises(BeyondAuthority):
            save_phrase(uow, staff, draft, own=True, shipped=SHIPPED, now=NOW)


def test_who_has_left_writes_nothing(uow: UnitOfWork) -> None:
    gone = Staff("9", "谁", Role.MANAGER, active=False)
    for own in (True, False):
        with pytest.raises(BeyondAuthority):
            save_phrase(uow, gone, PhraseDraft("xx1", "物流", "您好"), own=own, shipped=SHIPPED, now=NOW)


@pytest.mark.req("PH-09")
@pytest.mark.parametrize("code", ["编码", "yj-1", "1yj", "abcdefghi", "yj1234", "y j", "é1"])
def test_a_code_is_short_pinyin_and_a_number(uow: UnitOfWork, code: str) -> None:
    with pytest.raises(FieldWrong) as error:
        save(uow, code)
    assert error.value.facts["field"] == "code"


@pytest.mark.req("PH-05", "PH-09")
def test_blank_and_overlong_words_are_refused(uow: UnitOfWork) -> None:
    for text in ("", " \n\x00 "):
        with pytest.raises(FieldWrong, match="text"):
            save(uow, "xx1", text)
    with pytest.raises(FieldWrong, match="group"):
        save(uow, "xx1", group=" ")
    with pytest.raises(TooLong, match="limit=20"):
        save(uow, "xx1", group="组" * 21)
    with pytest.raises(TooLong, match="limit=500"):
        save(uow, "xx1", "您" * 501)
    assert save(uow, "xx1", "您" * 500).text
    assert codes(uow, "341") == ["xx1"]


@pytest.mark.req("PH-09")
def test_a_code_that_another_phrase_has_is_refused(uow: UnitOfWork) -> None:
    save(uow, "td5", staff=MANAGER)
    save(uow, "xx1")
    for code, team in (("yj1", True), ("td5", True), ("xx1", False)):
        with pytest.raises(CodeTaken) as error:
            save(uow, code, "别的话")
        assert error.value.facts == {"code": code, "team": team}
    with pytest.raises(CodeTaken):
        save(uow, "yj1", staff=MANAGER)
    assert save(uow, "xx1", staff=Staff("342", "小乐", Role.AGENT)).owner_id == "342", "a colleague's own is no matter"


def test_what_was_removed_leaves_its_code_free(uow: UnitOfWork) -> None:
    remove(uow, "yj2", MANAGER)
    assert save(uow, "yj2").owner_id == "341"
    save(uow, "xx1", "旧")
    remove(uow, "xx1")
    assert save(uow, "xx1", "新").text == "新"
    assert codes(uow, "341") == ["xx1", "yj2"]


def test_a_phrase_is_changed_and_gets_another_code(uow: UnitOfWork) -> None:
    save(uow, "xx1", "一")
    assert save(uow, "xx1", "二", old="xx1").text == "二"
    assert save(uow, "", "三", old="xx1").code == "xx1", "no code chosen: as it was"
    save(uow, "xx2", "四", old="xx1")
    assert codes(uow, "341") == ["xx2"]
    save(uow, "xx3", "五")
    with pytest.raises(CodeTaken):
        save(uow, "xx3", "六", old="xx2")
    with pytest.raises(NotFound):
        save(uow, "xx9", "七", old="xx1")


def test_the_manager_changes_renames_and_removes_a_shipped_phrase(uow: UnitOfWork) -> None:
    assert save(uow, "yj1", "新的话", staff=MANAGER, old="yj1").text == "新的话"
    save(uow, "zk1", "折扣", staff=MANAGER, old="yj2")
    remove(uow, "hy1", MANAGER)
    rows = {phrase.code: phrase.removed for phrase in uow.saved_phrases.of("")}
    assert rows == {"yj1": False, "yj2": True, "zk1": False, "hy1": True}


def test_the_same_sent_again_changes_nothing(uow: UnitOfWork) -> None:
    first = save(uow, "xx1", "一")
    assert save(uow, "xx1", "一") is first
    renamed = save(uow, "xx2", "一", old="xx1")
    assert save(uow, "xx2", "一", old="xx1") is renamed
    named = save(uow, "", "二")
    assert save(uow, "", "二") is named
    remove(uow, "xx2")
    remove(uow, "xx2")
    assert codes(uow, "341") == [named.code]
    with pytest.raises(NotFound):
        remove(uow, "zz1")


@pytest.mark.req("PH-09")
def test_a_phrase_without_a_code_gets_one_that_is_free(uow: UnitOfWork) -> None:
    save(uow, "my1", "一")
    assert [save(uow, "", "二").code, save(uow, "", "三").code] == ["my2", "my3"]
    assert save(uow, "", "四", staff=MANAGER).code == "td1"


@pytest.mark.req("PH-01")
def test_the_hundred_and_first_is_refused_and_a_removed_one_makes_room(uow: UnitOfWork) -> None:
    for number in range(MOST):
        save(uow, f"xx{number}", f"{number}")
    with pytest.raises(TooMany, match="limit=100"):
        save(uow, "one", "更多")
    assert save(uow, "xx100", "改名", old="xx5").code == "xx100"
    remove(uow, "xx7")
    assert save(uow, "one", "更多").code == "one"


@pytest.mark.req("PH-01")
def test_shipped_phrases_count_among_the_teams_hundred(uow: UnitOfWork) -> None:
    for number in range(MOST - len(SHIPPED)):
        save(uow, f"xx{number}", f"{number}", staff=MANAGER)
    with pytest.raises(TooMany):
        save(uow, "one", staff=MANAGER)
    assert save(uow, "hy1", "改过的", staff=MANAGER, old="hy1"), "changing a shipped one is none more"
    remove(uow, "hy1", MANAGER)
    assert save(uow, "one", staff=MANAGER)
    with pytest.raises(TooMany):
        save(uow, "hy1", "又回来", staff=MANAGER)
    assert save(uow, "mine"), "the agent's own have room of their own"

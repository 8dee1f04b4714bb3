"""Quick phrases from a file: a verdict a row, all chosen ones or none, taken back as a whole. PH-01, PH-09, PH-33."""

from collections.abc import Iterator, Sequence

import pytest

from shop.errors import BeyondAuthority, Conflict, FileRefused, NotFound, TooMany
from shop.model import Role, Staff
from shop.own_phrases import PhraseDraft, remove_phrase, save_phrase
from shop.phrase_groups import MOST_GROUPS, Library, add_group, codes_in, list_groups
from shop.phrase_history import recent_imports, undo_import
from shop.phrase_import import Checked, FileRow, Taken, Verdict, check_rows, take_rows
from shop.phrase_rows import MOST, TEAM, Words, all_words
from shop.ports import UnitOfWork
from shop.wiring import Services
from tests.conftest import NOW

MANAGER, AGENT = Staff("100", "云舒", Role.MANAGER), Staff("341", "小安", Role.AGENT)
LIBRARY = Library(
    ("对话用语", "物流"),
    {"hy1": Words("对话用语", "您好"), "wl1": Words("物流", "在路上"), "wl2": Words("物流", "明天到")},
)


@pytest.fixture
def uow(services: Services) -> Iterator[UnitOfWork]:
    with services.unit_of_work() as uow:
        yield uow


def problem_of(text: str) -> str:
    return "“不行”不适合说给买家" if "不行" in text else ""


def check(uow: UnitOfWork, rows: Sequence[FileRow]) -> Checked:
    return check_rows(uow, rows, library=LIBRARY, problem_of=problem_of)


def take(uow: UnitOfWork, rows: Sequence[FileRow], lines: set[int] | None = None, by: Staff = MANAGER) -> Taken:
    """Those lines, or all that may be taken."""
    checked = check(uow, rows)
    chosen = lines or {row.line for row in checked.rows if row.verdict in (Verdict.NEW, Verdict.CHANGED)}
    return take_rows(
        uow,
        by,
        rows,
        chosen=chosen,
        state=checked.state,
        library=LIBRARY,
        problem_of=problem_of,
        now=NOW,
    )


def words(uow: UnitOfWork) -> dict[str, Words]:
    return all_words(uow, TEAM, LIBRARY.phrases)


def many(count: int, start: int = 0) -> list[FileRow]:
    return [FileRow(n + 2, f"xx{start + n}", f"第{start + n}句", "物流") for n in range(count)]


@pytest.mark.req("PH-01", "PH-09", "PH-32")
def test_every_row_gets_its_verdict(uow: UnitOfWork) -> None:
    rows = [
        FileRow(2, "hy1", "您好", "对话用语"),
        FileRow(3, "WL1", "已经在路上", "物流"),
        FileRow(4, "/xx1", "新的一句", ""),
        FileRow(5, "xx1", "又一句", ""),
        FileRow(6, "xx2", "新的一句", ""),
        FileRow(7, "xx3", "这个不行", ""),
        FileRow(8, "xx4", " \n ", ""),
        FileRow(9, "xx5", "长" * 501, ""),
        FileRow(10, "12", "数字编码", "", wish="qn12"),
        FileRow(11, "", "在路上", "", wish="td"),
        FileRow(12, "xx6", "新分组的", "双11"),
        FileRow(13, "xx7", "您看", "组" * 21),
        FileRow(14, "xx8", "您看看", "物流", problem="位置不对"),
        FileRow(15, "wl2", "明天到", "物流", place=1),
    ]
    judged = {row.line: (row.verdict, row.code, row.reason) for row in check(uow, rows).rows}
    assert judged == {
        2: (Verdict.SAME, "hy1", ""),
        3: (Verdict.CHANGED, "wl1", "内容有变化"),
        4: (Verdict.NEW, "xx1", ""),
        5: (Verdict.DOUBLE, "xx1", "与第 4 行是同一个编码 xx1"),
        6: (Verdict.DOUBLE, "xx2", "与第 4 行内容相同"),
        7: (Verdict.WRONG, "xx3", "“不行”不适合说给买家"),
        8: (Verdict.WRONG, "xx4", "内容为空"),
        9: (Verdict.WRONG, "xx5", "有 501 字，最多 500 字"),
        10: (Verdict.NEW, "qn12", "编码“12”不合格式，改用 qn12"),
        11: (Verdict.DOUBLE, "wl1", "与第 3 行是同一个编码 wl1"),
        12: (Verdict.NEW, "xx6", "新分组“双11”"),
        13: (Verdict.WRONG, "xx7", "有 21 字，最多 20 字"),
        14: (Verdict.WRONG, "xx8", "位置不对"),
        15: (Verdict.CHANGED, "wl2", "位置有变化"),
    }
    assert words(uow) == LIBRARY.phrases, "looking changes nothing"


@pytest.mark.req("PH-09")
def test_codes_that_do_not_fit_get_free_ones_and_a_second_time_nothing_is_new(uow: UnitOfWork) -> None:
    rows = [
        FileRow(2, "欢迎", "欢迎您来", wish="hy"),
        FileRow(3, "欢迎1", "欢迎您再来", wish="hy1"),
        FileRow(4, "", "慢慢看", wish="td"),
        FileRow(5, "hy2", "下次见", wish="hy"),
    ]
    take(uow, rows)
    assert {code: each.text for code, each in words(uow).items() if code not in LIBRARY.phrases} == {
        "hy": "欢迎您来",
        "hy3": "欢迎您再来",
        "td": "慢慢看",
        "hy2": "下次见",
    }
    assert {row.verdict for row in check(uow, rows).rows} == {Verdict.SAME}


@pytest.mark.req("PH-01", "PH-11", "PH-33")
def test_an_import_is_one_deed_that_is_taken_back_as_one(uow: UnitOfWork) -> None:
    rows = [
        FileRow(2, "wl1", "改过的", "物流", place=2),
        FileRow(3, "wl2", "明天到", "物流", place=1),
        FileRow(4, "xx1", "新的", "双11"),
    ]
    taken = take(uow, rows)
    assert (taken.added, taken.changed) == (1, 2)
    assert list_groups(uow, LIBRARY) == ["对话用语", "物流", "双11"]
    assert codes_in(uow, "物流", LIBRARY) == ["wl2", "wl1"]
    assert {row.verdict for row in check(uow, rows).rows} == {Verdict.SAME}
    undone = undo_import(uow, MANAGER, taken.batch, library=LIBRARY, now=NOW)
    assert (set(undone.codes), undone.kept) == ({"wl1", "xx1"}, [])
    assert words(uow) == LIBRARY.phrases
    assert list_groups(uow, LIBRARY) == ["对话用语", "物流"]
    assert codes_in(uow, "物流", LIBRARY) == ["wl1", "wl2"]
    assert undo_import(uow, MANAGER, taken.batch, library=LIBRARY, now=NOW).codes == [], "twice is once"
    with pytest.raises(NotFound):
        undo_import(uow, MANAGER, "", library=LIBRARY, now=NOW)


@pytest.mark.req("PH-33")
def test_imports_of_late_can_be_taken_back_until_they_are(uow: UnitOfWork) -> None:
    first, second = take(uow, many(2)), take(uow, many(3, start=10))
    assert [(each.batch, each.by, each.count) for each in recent_imports(uow)] == [
        (second.batch, "云舒", 3),
        (first.batch, "云舒", 2),
    ]
    undo_import(uow, MANAGER, second.batch, library=LIBRARY, now=NOW)
    assert [each.batch for each in recent_imports(uow)] == [first.batch]


@pytest.mark.req("PH-33")
def test_what_was_changed_since_the_import_stays(uow: UnitOfWork) -> None:
    taken = take(uow, many(3))
    draft = PhraseDraft("xx1", "物流", "后来改的", "xx1")
    save_phrase(uow, MANAGER, draft, own=False, shipped=LIBRARY.phrases, now=NOW)
    undone = undo_import(uow, MANAGER, taken.batch, library=LIBRARY, now=NOW)
    assert undone.kept == ["xx1"]
    assert set(words(uow)) == {*LIBRARY.phrases, "xx1"}


@pytest.mark.req("PH-33")
def test_what_changed_between_looking_and_taking_is_looked_at_again(uow: UnitOfWork) -> None:
    rows, state = many(2), check(uow, many(2)).state
    save_phrase(uow, MANAGER, PhraseDraft("xx1", "物流", "同事的"), own=False, shipped=LIBRARY.phrases, now=NOW)
    with pytest.raises(Conflict):
        take_rows(uow, MANAGER, rows, chosen={2, 3}, state=state, library=LIBRARY, problem_of=problem_of, now=NOW)
    assert words(uow)["xx1"].text == "同事的"


@pytest.mark.req("PH-01", "HE-07")
def test_a_row_that_cannot_be_taken_refuses_the_whole(uow: UnitOfWork) -> None:
    rows = [*many(2), FileRow(9, "yy1", "这个不行", "物流")]
    with pytest.raises(FileRefused) as error:
        take(uow, rows, {2, 3, 9})
    assert error.value.facts["problems"] == [(9, "整行", "“不行”不适合说给买家")]
    with pytest.raises(BeyondAuthority):
        take(uow, many(1), by=AGENT)
    assert words(uow) == LIBRARY.phrases


@pytest.mark.req("PH-01")
def test_the_hundred_and_first_row_is_over_and_fits_when_another_is_left_out(uow: UnitOfWork) -> None:
    rows = many(MOST - len(LIBRARY.phrases) + 1)
    checked = check(uow, rows)
    assert [row.verdict for row in checked.rows].count(Verdict.OVER) == 1
    assert checked.rows[-1].reason == "超过 100 条，放不下了"
    lines = {row.line for row in rows}
    with pytest.raises(TooMany):
        take(uow, rows, lines)
    assert words(uow) == LIBRARY.phrases
    assert take(uow, rows, lines - {rows[0].line}).added == MOST - len(LIBRARY.phrases)
    assert len(words(uow)) == MOST


@pytest.mark.req("PH-11")
def test_a_file_brings_no_more_groups_than_there_is_room_for(uow: UnitOfWork) -> None:
    for number in range(MOST_GROUPS - 3):
        add_group(uow, MANAGER, f"组{number}", library=LIBRARY, now=NOW)
    rows = [FileRow(2, "xx1", "一句", "甲"), FileRow(3, "xx2", "两句", "乙"), FileRow(4, "xx3", "三句", "甲")]
    assert [row.verdict for row in check(uow, rows).rows] == [Verdict.NEW, Verdict.WRONG, Verdict.NEW]


@pytest.mark.req("PH-01", "PH-33")
def test_undoing_an_undone_import_keeps_to_the_hundred(uow: UnitOfWork) -> None:
    """An import changed a phrase; it was removed and its room taken; the import's undoing leaves it gone."""
    taken = take(uow, [FileRow(2, "wl1", "改过的", "物流")])
    remove_phrase(uow, MANAGER, "wl1", own=False, shipped=LIBRARY.phrases, now=NOW)
    take(uow, many(MOST - 2))
    assert undo_import(uow, MANAGER, taken.batch, library=LIBRARY, now=NOW).kept == ["wl1"]
    assert len(words(uow)) == MOST


@pytest.mark.req("PH-09", "PH-33")
def test_a_picture_is_known_by_its_name_and_said_where_there_is_none_such(uow: UnitOfWork) -> None:
    draft = PhraseDraft("wl1", "物流", "在路上", "wl1", picture="map-1")
    save_phrase(uow, MANAGER, draft, own=False, shipped=LIBRARY.phrases, now=NOW)
    rows = [
        FileRow(2, "wl1", "在路上", "物流", picture="map-9"),
        FileRow(3, "wl2", "明天到", "物流", picture="map-2"),
        FileRow(4, "hy1", "您好", "对话用语"),
        FileRow(5, "xx1", "新的一句", "物流", picture="map-9"),
        FileRow(6, "xx2", "又一句", "物流", picture="map-2"),
    ]

    def has_picture(name: str) -> bool:
        return name in {"map-1", "map-2"}

    checked = check_rows(uow, rows, library=LIBRARY, problem_of=problem_of, has_picture=has_picture)
    assert [(row.verdict, row.reason) for row in checked.rows] == [
        (Verdict.SAME, "没有图片“map-9”，保留原来的"),
        (Verdict.CHANGED, "图片有变化"),
        (Verdict.SAME, ""),
        (Verdict.NEW, "没有图片“map-9”，不带图片"),
        (Verdict.NEW, ""),
    ]
    taken = take_rows(
        uow,
        MANAGER,
        rows,
        chosen={2, 3, 4, 5, 6},
        state=checked.state,
        library=LIBRARY,
        problem_of=problem_of,
        now=NOW,
        has_picture=has_picture,
    )
    assert {code: each.picture for code, each in words(uow).items() if each.picture} == {
        "wl1": "map-1",
        "wl2": "map-2",
        "xx2": "map-2",
    }
    undo_import(uow, MANAGER, taken.batch, library=LIBRARY, now=NOW)
    assert {code for code, each in words(uow).items() if each.picture} == {"wl1"}
    take(uow, [FileRow(2, "wl1", "在路上", "物流", picture="")])
    assert words(uow)["wl1"].picture == "", "an empty cell takes it away"

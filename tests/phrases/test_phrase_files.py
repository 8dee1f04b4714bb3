"""Files of quick phrases: there and back without loss. PH-01, PH-09."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.phrase_shapes import find_problem, to_file
from phrases.library import QuickPhrase
from phrases.quick_book import library_of
from phrases.transfer import FORMS, FilePhrase, read_file, write_file
from phrases.transfer.cells import guard, unguard, wish_code
from shop.model import Role, Staff
from shop.phrase_import import Verdict, check_rows, take_rows
from shop.phrase_rows import TEAM, all_words
from shop.wiring import Services
from tests.conftest import NOW

MANAGER = Staff("100", "云舒", Role.MANAGER)
SHIPPED = (QuickPhrase("hy1", "欢迎语", "您好，欢迎光临"), QuickPhrase("wl1", "物流", "在路上啦"))
LIBRARY = library_of(SHIPPED)


def texts_of_a_shop(emoji: bool) -> list[str]:
    """98: with line ends, commas, quotes, what looks like a formula, emoji where the encoding has them."""
    kinds = [
        "第{n}句，您看看",
        "第{n}句\n分成\n三行",
        'a,b,"第{n}句",c',
        "=SUM(A1:A{n})",
        "+第{n}句",
        "-第{n}句",
        "@第{n}句",
        "'第{n}句",
        "'=第{n}句",
        "＝第{n}句",
        "第{n}句" + ("😊👍🏽" if emoji else "^_^"),
        "  前后有空格第{n}句",
        "_x0041_第{n}句&lt;",
        "第{n}句:买家{{买家昵称}}",
    ]
    return [kinds[n % len(kinds)].format(n=n).strip() for n in range(98)]


def qianniu_file(texts: list[str], encoding: str) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(["快捷短语编码", "快捷短语", "快捷短语分组"])
    for number, text in enumerate(texts):
        writer.writerow([f"qn{number}", text.replace("\n", "\r\n"), "" if number % 3 else "活动"])
    return written.getvalue().encode(encoding)


@pytest.mark.req("PH-01", "PH-09")
@pytest.mark.parametrize(
    ("encoding", "emoji"), [("gbk", False), ("gb18030", True), ("utf-8", True), ("utf-8-sig", True)]
)
def test_a_hundred_phrases_come_from_qianniu_and_go_back_in_every_form(
    services: Services, encoding: str, emoji: bool
) -> None:
    texts = texts_of_a_shop(emoji)
    rows = read_file(qianniu_file(texts, encoding))
    given = {"library": LIBRARY, "problem_of": find_problem}
    with services.unit_of_work() as uow:
        checked = check_rows(uow, rows, **given)
        assert [(row.verdict, row.reason) for row in checked.rows if row.verdict is not Verdict.NEW] == []
        lines = {row.line for row in rows}
        take_rows(uow, MANAGER, rows, chosen=lines, state=checked.state, now=NOW, **given)
        uow.commit()
    with services.unit_of_work() as uow:
        words = all_words(uow, TEAM, LIBRARY.phrases)
        found = [words[f"qn{number}"].text for number in range(98)]
        assert found == [unguard(text) for text in texts], "an apostrophe before a formula is no text"
        assert {words[f"qn{number}"].group for number in range(98)} == {"活动", "对话用语"}
        assert len(words) == 100
        phrases = to_file(uow, SHIPPED)
        for form in FORMS:
            again = check_rows(uow, read_file(write_file(form, phrases)), **given)
            assert {row.verdict for row in again.rows} == {Verdict.SAME}, form
            assert len(again.rows) == 100


@pytest.mark.req("PH-09")
@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(st.characters(blacklist_categories=["Cs", "Cc"]) | st.sampled_from("=+-@'\n\t,\"_x0D"), max_size=40),
        max_size=8,
    )
)
def test_what_is_written_is_read_back(texts: list[str]) -> None:
    said = [text.strip() for text in texts if text.strip()] or ["您好"]
    pictures = ("", "-a1_B", "=map")
    phrases = [FilePhrase(f"xx{n}", text, "物流", n + 1, pictures[n % 3]) for n, text in enumerate(said)]
    for form in FORMS:
        rows = read_file(write_file(form, phrases))
        assert [(row.code, row.text, row.group) for row in rows] == [(p.code, p.text, p.group) for p in phrases]
        if form != "qianniu":
            assert [(row.place, row.picture) for row in rows] == [(p.place, p.picture) for p in phrases]
        else:
            assert {row.picture for row in rows} == {None}, "Qianniu's file says nothing of pictures"


@pytest.mark.req("PH-09")
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "'=", "''+"])
def test_no_cell_of_a_file_is_a_formula_and_each_comes_back(start: str) -> None:
    cell = f"{start}1+1"
    assert guard(cell).startswith("'")
    assert unguard(guard(cell)) == cell
    assert unguard("'您好") == guard("'您好") == "'您好"


@pytest.mark.parametrize(
    ("code", "wish"),
    [
        ("12", "qn12"),
        ("欢迎", "hy"),
        ("欢迎1", "hy1"),
        ("huanying-12", "huanying12"),
        ("", "td"),
        ("1234", "td"),
        ("★", "td"),
    ],
)
def test_a_code_that_does_not_fit_wishes_for_one_that_does(code: str, wish: str) -> None:
    assert wish_code(code) == wish

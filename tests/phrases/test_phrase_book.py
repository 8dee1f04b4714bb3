"""Loading, choosing and rendering."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrases import LibraryError, PhraseBook, PhraseDisabled, PhraseUnfilled, PhraseUnknown
from phrases.saved import lay_over
from phrases.variables import SAMPLE_FACTS, VARIABLES, find_blanks
from shop.model import SavedReply
from tests.conftest import NOW

BOOK = PhraseBook.load()
ALL_ON = PhraseBook({key: replace(reply, enabled=True) for key, reply in BOOK.auto.items()}, BOOK.quick)
"""What is off as shipped may be switched on."""
ALWAYS = [key for key, reply in BOOK.auto.items() if any(wording.rank == (False, 0, 0) for wording in reply.wordings)]
CONDITIONS = {name for reply in BOOK.auto.values() for wording in reply.wordings for name in wording.when}

tricky = st.text(st.sampled_from(list("{}*\n单号商品 。a")), max_size=20)
values = st.one_of(st.none(), st.booleans(), st.integers(), tricky, st.lists(tricky, max_size=3))
facts = st.dictionaries(st.sampled_from(sorted({*SAMPLE_FACTS, *CONDITIONS})), values)


def saved(key: str, *texts: str, **more: Any) -> SavedReply:
    return SavedReply(key, "场景", [{"text": text} for text in texts], "m1", NOW, **more)


def spoil(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, "utf-8")


def add_auto(folder: Path, text: str) -> None:
    with (folder / "auto" / "payment.yml").open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")


def entry(text: str, key: str = "extra") -> str:
    return f"{key}:\n  scene: 试\n  wordings:\n    - text: {text!r}"


# choosing


def test_the_condition_that_holds_decides() -> None:
    facts = {"order_no": "XS1", "goods": "棉T恤", "total_fen": 19950}
    assert "还没有付款，一共是199.50元" in BOOK.render("order_state", {**facts, "status": "待付款"})
    assert "已经关闭" in BOOK.render("order_state", {**facts, "status": "已关闭"})


def test_more_facts_give_the_fuller_wording() -> None:
    assert "预计" not in BOOK.render("stock", {"in_stock": False, "product": "棉T恤"})
    assert "预计11月28日" in BOOK.render("stock", {"in_stock": False, "product": "棉T恤", "restock_on": "2026-11-28"})


@pytest.mark.parametrize("nothing", [None, "", [], "2026-11-20T10:00:00", "soon", 7])
def test_a_fact_that_is_not_there_or_malformed_is_missing(nothing: object) -> None:
    with pytest.raises(PhraseUnfilled) as error:
        BOOK.render("invoice", {"due_at": nothing})
    assert error.value.missing == ("due_at",)


def test_no_condition_holds() -> None:
    with pytest.raises(PhraseUnfilled) as error:
        BOOK.render("coverage", {"province": "四川"})
    assert error.value.missing == ()


def test_an_unknown_key() -> None:
    with pytest.raises(PhraseUnknown):
        BOOK.render("nothing_of_the_kind", {})


# facts are never expanded


@pytest.mark.req("PH-14")
@given(st.sampled_from(sorted(ALL_ON.auto)), facts, st.integers())
def test_no_placeholder_ever_reaches_a_buyer(key: str, facts: dict[str, object], variation: int) -> None:
    try:
        text = ALL_ON.render(key, facts, variation)
    except PhraseUnfilled:
        return
    assert text
    assert not find_blanks(text)
    assert not set("{}\n") & set(text)


@given(st.sampled_from(ALWAYS), facts, st.integers())
def test_a_phrase_that_needs_nothing_never_fails(key: str, facts: dict[str, object], variation: int) -> None:
    assert BOOK.render(key, facts, variation)


@pytest.mark.req("PH-14")
def test_a_title_with_placeholders_stays_as_it_is_and_is_not_filled() -> None:
    said = BOOK.render("price", {"product": "礼盒{价格}***装\n大", "price_fen": 100, "shop_name": "云"})
    assert "礼盒｛价格｝＊＊＊装 大" in said


def test_a_long_question_is_cut() -> None:
    said = BOOK.render("look_up", {"question": "问" * 300, "due_at": SAMPLE_FACTS["due_at"]})
    assert len(said) < 120


# the safe phrase and edits


def test_the_safe_phrase_needs_nothing() -> None:
    assert BOOK.safe() == BOOK.auto["safe"].wordings[0].text


@pytest.mark.req("PH-05", "PH-06")
def test_what_the_manager_saved_lies_over_the_shipped_wording() -> None:
    edited = lay_over(BOOK, [saved("thanks", "您太客气啦{笑脸}")])
    assert edited.render("thanks", {}) == "您太客气啦😊"
    assert edited.auto["thanks"].scene == BOOK.auto["thanks"].scene


def test_a_phrase_can_be_switched_off_and_added() -> None:
    rows = [saved("chitchat", enabled=False), saved("own_1", "福袋活动请您看首页。", keywords=["福袋"])]
    edited = lay_over(BOOK, rows)
    with pytest.raises(PhraseDisabled):
        edited.render("chitchat", {})
    assert edited.render("own_1", {}) == "福袋活动请您看首页。"


@pytest.mark.parametrize("text", [" ", "你好", "您好{没有}"])
def test_what_was_saved_is_checked_like_the_library(text: str) -> None:
    assert lay_over(BOOK, [saved("thanks", text)]).auto["thanks"] == BOOK.auto["thanks"]


def test_the_safe_phrase_can_be_said_whatever_was_saved() -> None:
    assert lay_over(BOOK, [saved("safe", enabled=False)]).safe() == BOOK.safe()
    assert lay_over(BOOK, [saved("safe", "您好{单号}")]).safe() == BOOK.safe()


# what is refused at load


@pytest.mark.req("PH-01", "PH-14", "PC-02", "PC-03")
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("您好{不存在}", "unknown variable"),
        ("您好{单号", "brace"),
        ("  ", "empty"),
        ("您" * 501, "501 characters"),
        ("满***元", r"\*\*\*"),
        ("您好，这个不行", "不行"),
        ("我不知道", "不知道"),
        ("您好，这个不可以", "不可以"),
        ("保证您明天收到", "保证"),
    ],
)
def test_a_bad_text_names_file_and_key(folder: Path, text: str, problem: str) -> None:
    add_auto(folder, entry(text))
    with pytest.raises(LibraryError, match=problem) as error:
        PhraseBook.load(folder)
    assert error.value.where == "auto/payment.yml: extra"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (entry("您好", key="welcome"), "auto/general.yml"),
        (entry("您好", key="invoice"), "twice"),
        (entry("您好", key="Bad-Key"), "snake_case"),
        ("extra: {wordings: [{text: 您好}]}", "scene"),
        ("extra: {scene: 试, wordings: []}", "no wording"),
        ("extra: {scene: 试, wordings: 您好}", "mapping"),
        ("extra: {scene: 试, wordings: [{text: 您好, whem: {a: 1}}]}", "whem"),
        ("extra: {scene: 试, wordings: [{text: 您好, when: [a]}]}", "when"),
        ("extra: {scene: 试, wordings: [{text: 5}]}", "empty"),
        ("extra: [", "auto/payment.yml"),
    ],
)
def test_a_bad_entry_is_refused(folder: Path, text: str, problem: str) -> None:
    add_auto(folder, text)
    with pytest.raises(LibraryError, match=problem):
        PhraseBook.load(folder)


@pytest.mark.req("PH-01")
def test_the_hundred_and_first_of_a_kind_is_refused(folder: Path) -> None:
    for number in range(100 - len(BOOK.auto)):
        add_auto(folder, entry("您好", key=f"extra_{number}"))
    assert len(PhraseBook.load(folder).auto) == 100
    full = (folder / "auto" / "payment.yml").read_text("utf-8")
    add_auto(folder, entry("您好", key="one_more"))
    with pytest.raises(LibraryError, match="101"):
        PhraseBook.load(folder)
    spoil(folder, "auto/payment.yml", full)
    spoil(folder, "quick/closing.yml", "\n".join(f"- {{code: z{n}, text: 您好}}" for n in range(101)))
    with pytest.raises(LibraryError, match="at most 100"):
        PhraseBook.load(folder)


@pytest.mark.req("PH-09")
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- {code: yj1, text: 您好}", "taken"),
        ("- {code: 议价, text: 您好}", "code"),
        ("- {code: x1, text: 你好}", "你"),
        ("- {code: x1}", "text"),
        ("code: x1", "list"),
    ],
)
def test_a_bad_quick_phrase_is_refused(folder: Path, text: str, problem: str) -> None:
    spoil(folder, "quick/closing.yml", text)
    with pytest.raises(LibraryError, match=problem) as error:
        PhraseBook.load(folder)
    assert error.value.where.startswith("quick/closing.yml")


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "auto" / "tracking.yml").unlink()
    with pytest.raises(LibraryError, match=r"auto/tracking\.yml"):
        PhraseBook.load(folder)


# quick phrases


def test_names_of_facts_are_used_by_one_variable_each() -> None:
    assert len(SAMPLE_FACTS) == sum(len(variable.needs) for variable in VARIABLES.values())

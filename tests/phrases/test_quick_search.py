"""Quick phrases are found in two keys, by letters, by words and by what a buyer wrote."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.encoder import encode, encode_all
from phrases import PhraseBook
from phrases.library import GROUPS, QuickPhrase
from phrases.quick_book import ShownPhrase, lay_over
from phrases.quick_query import NOTHING, Context, Meaning, Why
from phrases.quick_search import QuickIndex
from phrases.search_tables import load_tables
from shop.intents import NAMES
from shop.model import SavedPhrase
from tests.conftest import NOW

SHIPPED = PhraseBook.load().quick
OWN = (
    ShownPhrase("my1", "我的", "亲，周末愉快，玩得开心", own=True),
    ShownPhrase("xx", "我的", "老地方见", own=True),
)
QUERIES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("quick_queries.yml").read_text("utf-8")
)


@pytest.fixture(scope="module")
def index() -> QuickIndex:
    """Without meaning, as while no worker answers."""
    return QuickIndex([*lay_over(SHIPPED, []), *OWN])


@pytest.fixture(scope="module")
def learned() -> QuickIndex:
    index = QuickIndex([*lay_over(SHIPPED, []), *OWN])
    index.learn(encode_all(index.sentences))
    return index


def codes(index: QuickIndex, words: str, context: Context | None = None, **more: Any) -> list[str]:
    return [found.phrase.code for found in index.search(words, context or Context(), **more)]


def meaning(text: str, intent: str = "", confidence: float = 0.0) -> Meaning:
    return Meaning(encode(text), intent, confidence)


# codes


@pytest.mark.req("PH-10")
@pytest.mark.parametrize("typed", ["yj1", "/yj1", "YJ1", "ｙｊ１", " yj 1 ", "、yj1"])
def test_a_code_brings_its_phrase_up_first(index: QuickIndex, typed: str) -> None:
    [first, *_] = index.search(typed)
    assert (first.phrase.code, first.why) == ("yj1", Why.CODE)


@pytest.mark.req("PH-10")
def test_every_code_is_found_whatever_the_buyer_said(learned: QuickIndex) -> None:
    talk = Context(heard="我要投诉你们", buyer=meaning("我要投诉你们", "complain", 1.0), uses={"af1": 500})
    assert [codes(learned, phrase.code, talk)[0] for phrase in learned.phrases] == [p.code for p in learned.phrases]


@pytest.mark.req("PH-10")
@pytest.mark.parametrize(
    ("typed", "heard", "intent", "wanted"),
    [
        ("wl", "我的快递到哪了", "track_order", {"wl1", "wl2"}),
        ("wl", "显示签收了我没收到", "report_not_received", {"wl6"}),
        ("zf", "能开发票吗", "ask_invoice", {"zf5"}),
        ("z", "一直付款失败", "report_payment_problem", {"zf4"}),
    ],
)
def test_two_keys_do_while_the_buyers_words_stand_there(
    learned: QuickIndex, typed: str, heard: str, intent: str, wanted: set[str]
) -> None:
    assert codes(learned, typed, Context(heard=heard, buyer=meaning(heard, intent, 0.9)))[0] in wanted


def test_a_code_begun_shows_all_that_begin_so_before_others(index: QuickIndex) -> None:
    beginning = [phrase.code for phrase in SHIPPED if phrase.code.startswith("yj")]
    assert sorted(codes(index, "yj", limit=100)[: len(beginning)]) == sorted(beginning)


def test_a_code_that_nobody_has_brings_up_its_like(index: QuickIndex) -> None:
    assert all(code.startswith("yj") for code in codes(index, "yj999"))
    assert codes(index, "qq1") == []


def test_an_own_phrase_goes_before_one_of_the_team_with_its_code() -> None:
    shown = [ShownPhrase("my1", "物流", "团队的"), ShownPhrase("my1", "我的", "自己的", own=True)]
    assert [found.phrase.own for found in QuickIndex(shown).search("my1")] == [True, False]


# letters


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("fp", "zf5"),
        ("fapiao", "zf5"),
        ("fap", "zf5"),
        ("fpiao", "zf5"),
        ("shuihao", "zf5"),
        ("suihao", "zf5"),
        ("menpaihao", "wl5"),
        ("mph", "wl5"),
        ("fapaio", "zf5"),
        ("fapiiao", "zf5"),
        ("fp shuihao", "zf5"),
        ("zmyk", "my1"),
        ("laodifang", "xx"),
    ],
)
def test_letters_are_read_as_initials_syllables_and_slips(index: QuickIndex, typed: str, wanted: str) -> None:
    [first, *_] = index.search(typed)
    assert (first.phrase.code, first.why) == (wanted, Why.SOUND)


def test_letters_of_a_variables_name_find_its_phrase(index: QuickIndex) -> None:
    assert "wl1" in codes(index, "ydh", limit=3)
    assert "wl1" in codes(index, "运单号", limit=3)


def test_letters_that_mean_nothing_find_nothing(index: QuickIndex) -> None:
    assert codes(index, "qwxzvb") == []


# words


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("门牌号", "wl5"), ("税号", "zf5"), ("身高体重", "sp4"), ("周末愉快", "my1"), ("老地方", "xx")],
)
def test_words_of_the_text_find_it(index: QuickIndex, typed: str, wanted: str) -> None:
    assert wanted in codes(index, typed, limit=2)


@pytest.mark.parametrize(("typed", "wanted"), [("发飘", "zf5"), ("门派号", "wl5"), ("周末鱼块", "my1")])
def test_a_wrong_sign_of_the_same_sound_does_no_harm(index: QuickIndex, typed: str, wanted: str) -> None:
    assert codes(index, typed)[0] == wanted


def test_other_words_for_it_find_it(index: QuickIndex) -> None:
    assert "yj2" in codes(index, "问问店长", limit=3)
    added = QuickIndex([*lay_over(SHIPPED, []), ShownPhrase("td1", "店铺", "我去汇报上级再回复您")])
    assert "td1" in codes(added, "请示领导", limit=3)


@pytest.mark.req("PH-11")
def test_groups_are_searched_by_name_and_filtered_by(index: QuickIndex) -> None:
    group = {phrase.code for phrase in SHIPPED if phrase.group == "安抚"}
    assert set(codes(index, "安抚", limit=len(group))) == group
    assert set(codes(index, "", group="安抚", limit=100)) == group
    assert set(codes(index, "抱歉", group="安抚", limit=100)) <= group
    assert codes(index, "抱歉", group="没有的组") == []


# the talk


def test_nothing_typed_shows_the_panel(index: QuickIndex) -> None:
    assert codes(index, " / ", limit=500) == [phrase.code for phrase in index.phrases]


def test_nothing_typed_shows_first_what_fits_the_talk(learned: QuickIndex) -> None:
    heard = "能开发票吗"
    assert codes(learned, "", Context(heard=heard, buyer=meaning(heard, "ask_invoice", 1.0)))[0] == "zf5"


def test_of_equals_the_one_used_more_goes_first(index: QuickIndex) -> None:
    assert codes(index, "yj", Context(uses={"yj4": 9, "yj2": 1}))[:2] == ["yj4", "yj2"]
    assert codes(index, "zf5", Context(uses={"yj4": 999}))[0] == "zf5"


def test_a_pasted_message_is_found_by_what_it_means(learned: QuickIndex) -> None:
    said = "东西摔得稀巴烂 你们自己看着办"
    assert set(codes(learned, said, Context(meaning(said, "report_damage", 0.9)), limit=3)) & {"sh1", "sh12"}


def test_the_search_goes_on_without_meaning(index: QuickIndex) -> None:
    assert not index.knows_meaning
    said = meaning("付款失败怎么办", "report_payment_problem", 0.9)
    assert codes(index, "付款失败怎么办", Context(said))[0] == "zf4"
    assert codes(index, "付款失败怎么办")[0] == "zf4"


def test_vectors_of_other_sentences_are_refused(index: QuickIndex) -> None:
    for shape in ((3, 512), (512,)):
        with pytest.raises(ValueError, match="512"):
            index.learn(np.zeros(shape, np.float32))


# suggestions


@pytest.mark.req("PH-20")
def test_three_phrases_at_most_are_suggested_for_the_buyers_last_words(learned: QuickIndex) -> None:
    said = "退款什么时候到账"
    found = learned.suggest(said, meaning(said, "ask_refund_status", 0.95), {})
    assert {f.phrase.code for f in found[:2]} == {"sh5", "sh11"}
    assert len(found) <= 3
    used = learned.suggest(said, meaning(said, "ask_refund_status", 0.95), {"sh11": 50})
    assert used[0].phrase.code == "sh11"


@pytest.mark.req("PH-20")
@pytest.mark.parametrize(
    ("said", "intent"),
    [("嗯嗯", "affirm"), ("好的", "affirm"), ("尾号7719", "inform"), ("[图片]", ""), ("", ""), ("XS1", "")],
)
def test_nothing_is_suggested_where_nothing_is_near(learned: QuickIndex, said: str, intent: str) -> None:
    assert learned.suggest(said, meaning(said or " ", intent, 0.95), {"hy1": 50}) == []


def test_what_nobody_typed_for_is_not_suggested_without_a_worker(index: QuickIndex) -> None:
    assert index.suggest("你好呀今天天气", NOTHING, {}) == []


def test_a_code_with_words_of_its_own_is_not_taken_for_the_shipped_one() -> None:
    other = SavedPhrase("", "zf5", "支付款对话", "周末愉快，玩得开心", "100", NOW)
    index = QuickIndex(lay_over(SHIPPED, [other]))
    said = Meaning(None, "ask_invoice", 1.0)
    assert "zf5" not in [found.phrase.code for found in index.suggest("能开发票吗", said, {})]
    assert "zf5" not in codes(index, "专票", Context(said))


# all of them


def test_an_empty_library_finds_nothing() -> None:
    index = QuickIndex([])
    index.learn(np.zeros((0, 512), np.float32))
    context = Context(meaning("您好"), "在吗", meaning("在吗", "greet", 1.0), {"hy1": 3})
    assert [index.search(words, context) for words in ("", "yj", "fapiao", "您好")] == [[]] * 4
    assert index.suggest("在吗", meaning("在吗", "greet", 1.0), {}) == []


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_is_typed_or_heard_is_searched_for(typed: str, heard: str) -> None:
    found = SMALL.search(typed, Context(heard=heard), limit=5)
    assert len(found) <= 5
    assert [f.score for f in found] == sorted((f.score for f in found), reverse=True)


SMALL = QuickIndex([ShownPhrase("wl1", "物流", "快递{快递}，***前 A1 送到"), ShownPhrase("x", "x", "×")])


def test_the_tables_name_what_is_there() -> None:
    tables = load_tables()
    known = {phrase.code for phrase in SHIPPED} | set(GROUPS.values())
    assert set(tables.intents) <= set(NAMES)
    assert {name for names in tables.intents.values() for name in names} <= known
    assert set(tables.asked) <= known
    assert all(len(word) > 1 for line in tables.alike for word in line)


def test_a_phrase_of_the_tables_may_be_missing() -> None:
    index = QuickIndex(lay_over([QuickPhrase("wl1", "物流", "在路上啦")], []))
    said = Meaning(None, "track_order", 1.0)
    assert [found.phrase.code for found in index.suggest("到哪了", said, {})] == ["wl1"]


@pytest.mark.req("PH-10", "PH-20")
def test_what_agents_look_for_stands_first_and_in_the_first_three(learned: QuickIndex) -> None:
    """By likeness alone; `benchmarks.phrase_search` gives the shares with the bot's intents, and kind by kind."""
    rows = [row for kind in QUERIES.values() for row in kind]
    found = []
    for row in rows:
        buyer = row.get("buyer", "")
        context = Context(meaning(row["said"]), buyer, meaning(buyer) if buyer else NOTHING)
        found.append([code in row["wanted"] for code in codes(learned, row["said"], context, limit=3)])
    assert sum(hits[:1] == [True] for hits in found) / len(rows) >= 0.80
    assert sum(any(hits) for hits in found) / len(rows) >= 0.95

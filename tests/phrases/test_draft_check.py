"""The speech check of agents' drafts: ordinary sentences pass, what may not be said is found."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from phrases import PhraseBook
from phrases.draft_check import Found, Known, check_draft
from phrases.filling import fill
from phrases.speech_kinds import SpeechKind
from phrases.variables import SAMPLE_FACTS, find_blanks
from shop.policy import Policy

HERE = Path(__file__).parent
GOOD = [text for texts in yaml.safe_load((HERE / "drafts_good.yml").read_text("utf-8")).values() for text in texts]
BAD_BY_KIND = yaml.safe_load((HERE / "drafts_bad.yml").read_text("utf-8"))
BAD = [(kind, text) for kind, texts in BAD_BY_KIND.items() for text in texts]
BLOCKED = Policy().speech_blocked
KNOWN = Known(
    phones=("13800138000", "0571-88886666", "400-820-1234", "95554"),
    addresses=("浙江省杭州市西湖区 文三路100号3幢201室",),
    texts=("【杭州市】快递员13911112222正在派送",),
    hosts=("yunduo.example",),
    goods=("云朵棉T恤", "材质:棉95% 氨纶5%", "纯棉面料"),
    floor_fen=180_00,
    list_fen=199_00,
)
WORDS = ("清仓", "处理品")


def look(text: str, known: Known = KNOWN, blocked: tuple[str, ...] = BLOCKED) -> list[Found]:
    return check_draft(text, policy_blocked=blocked, shop_words=WORDS, known=known)


def words(text: str, known: Known = KNOWN) -> list[tuple[str, str]]:
    return [(found.word, found.kind) for found in look(text, known)]


@pytest.mark.req("PC-10", "PC-15")
def test_what_a_good_agent_types_goes_through() -> None:
    assert len(GOOD) >= 120
    assert [(text, found) for text in GOOD for found in look(text) if found.blocked] == []
    flagged = [text for text in GOOD if look(text)]
    assert len(flagged) <= len(GOOD) * 0.03, flagged


@pytest.mark.req("PC-02", "PC-08", "PC-10", "PC-11", "PC-13", "PC-14", "PC-16", "PC-17", "PC-18", "PC-24")
def test_what_should_not_be_said_is_found_with_its_kind() -> None:
    assert len(BAD) >= 120
    assert set(BAD_BY_KIND) == {kind.value for kind in SpeechKind}
    missed = [(kind, text) for kind, text in BAD if kind not in {found.kind for found in look(text)}]
    assert len(missed) <= len(BAD) * 0.05, missed


@pytest.mark.parametrize("kind", list(BAD_BY_KIND))
def test_of_every_kind_most_are_found(kind: str) -> None:
    texts = BAD_BY_KIND[kind]
    assert sum(kind in {found.kind for found in look(text)} for text in texts) >= len(texts) * 0.9


@pytest.mark.req("PC-18", "PC-24", "PH-14")
def test_what_is_stopped_is_what_the_manager_set_and_blanks_and_the_shops_own_words() -> None:
    for kind, text in BAD:
        assert {found.kind for found in look(text) if found.blocked} <= {*BLOCKED, "blank", "word"}
        if kind in {*BLOCKED, "blank", "word"}:
            assert any(found.blocked for found in look(text)), text
    assert not any(found.blocked for found in look("闭嘴，加我微信", blocked=()))
    assert all(found.blocked for found in look("你说一定到", blocked=("tone", "promise")))
    assert look("一共***元，清仓", blocked=())[0].blocked


def test_the_shops_own_phrases_are_never_stopped() -> None:
    book, anything = PhraseBook.load(), Known(floor_fen=None)
    drafts = [fill(phrase.text, SAMPLE_FACTS).replace("*", "3") for phrase in book.quick]
    said = [w.render({**SAMPLE_FACTS, **w.when}) for reply in book.auto.values() for w in reply.wordings]
    assert [(text, look(text, anything)) for text in drafts + said if look(text, anything)] == []


# where it stands and what to say in its place


any_text = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from([text for _, text in BAD] + GOOD + list("你*{}1!@./V ，。\n")), max_size=12).map("".join),
)


@settings(max_examples=300, deadline=None)
@given(any_text)
def test_findings_lie_in_the_text_from_left_to_right_and_none_over_another(text: str) -> None:
    found = look(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(text[one.start : one.end] == one.word and one.advice for one in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


@pytest.mark.req("PC-02")
@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("你好，你的快递到了", "您好，您的快递到了"),
        ("我不知道。", "我帮您核实一下，稍后回复您。"),
        ("抱歉，现在不能退", "抱歉，现在暂时不支持退"),
        ("改价不可以的", "改价暂时不支持的"),
        ("快点付款!!!", "方便时付款！"),
        ("我们一定会处理", "我们会尽力处理"),
        ("这款绝对好用", "这款好用"),
        ("应该是吧", "我帮您核实一下"),
        ("您必须先申请", "您需要先申请"),
    ],
)
def test_a_replacement_can_be_put_in_place_and_is_not_found_again(text: str, better: str) -> None:
    for found in reversed(look(text)):
        assert found.instead is not None
        text = text[: found.start] + found.instead + text[found.end :]
    assert text == better
    assert look(text) == []


def test_no_replacement_brings_a_new_finding() -> None:
    for _, text in BAD:
        for found in look(text):
            assert not found.instead or look(found.instead) == [], found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("你妈的", [("你妈的", "rude")]),
        ("我不知道你问的", [("我不知道", "forbid"), ("你", "tone")]),
        ("清仓处理品", [("清仓", "word"), ("处理品", "word")]),
        ("满***元打**折，{客服花名}", [("***", "blank"), ("**", "blank"), ("{客服花名}", "blank")]),
    ],
)
def test_words_are_found_as_a_whole(text: str, found: list[tuple[str, str]]) -> None:
    assert words(text) == found


def test_what_may_not_be_sent_goes_before_a_hint() -> None:
    found = check_draft("假一赔十", policy_blocked=BLOCKED, shop_words=["一赔"], known=KNOWN)
    assert [(one.word, one.kind) for one in found] == [("一赔", "word")]


@pytest.mark.req("PC-17")
def test_a_long_draft_without_a_polite_word_gets_one_hint_where_nothing_else_was_found() -> None:
    text = "这单不行，仓库那边说下周二才有货，到时候会再通知，先不要重复拍，拍了也是一样"
    assert words(text) == [("不行", "forbid"), ("仓库那边说下周二才有货", "tone")]
    assert words(f"您好，{text}") == [("不行", "forbid")]


# this buyer's own


@pytest.mark.req("PC-05")
@pytest.mark.parametrize(
    "text",
    [
        "您的手机号是138 0013 8000对吗",
        "收货电话+86 13800138000",
        "一三八零零一三八零零零对吗",
        "我们的电话是0571-88886666",
        "也可以打(0571)88886666",
        "热线400 820 1234",
        "快递员13911112222",
        "寄到西湖区文三路100号3幢201室",
        "详情看 https://yunduo.example/p/1 和 www.yunduo.example",
    ],
)
def test_what_the_buyer_may_see_is_no_private_data(text: str) -> None:
    assert [kind for _, kind in words(text) if kind in {"privacy", "divert"}] == []
    assert [kind for _, kind in words(text, Known()) if kind in {"privacy", "divert"}] != []


@pytest.mark.parametrize("number", ["78123456789012", "YT8812345678901", "SF1381234567890", "XS261120000123"])
def test_a_waybill_or_order_number_is_nobodys_telephone(number: str) -> None:
    assert look(f"您的单号是{number}，请查收") == []


@pytest.mark.req("PC-06")
def test_a_whole_identity_number_is_found_even_if_it_is_the_buyers_own() -> None:
    number = "510107199003072345"
    assert words(f"您的证件号{number}", Known(texts=(number,))) == [(number, "privacy")]


def test_hidden_data_as_the_console_shows_it_is_no_blank() -> None:
    for text in ("收件人李**，电话138****8000", "地址浙江杭州市西湖区****", "证件尾号****1234"):
        assert [kind for _, kind in words(f"跟您核对一下：{text}") if kind == "blank"] == []


# the record of the goods


@pytest.mark.req("PC-13", "PC-14")
def test_what_the_record_of_the_goods_says_may_be_claimed() -> None:
    record = Known(goods=("防水面料，终身保修", "云南第一家"))
    assert words("这款防水，终身保修，是云南第一家", record) == []
    assert words("这款防水，终身保修，是云南第一家") == [
        ("防水", "exaggerate"),
        ("终身保修", "promise"),
        ("第一家", "exaggerate"),
    ]
    assert words("这款防水", Known()) == []
    assert words("您问的防水资料里没有写，我核实一下") == []


# prices


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("给您算179元", [("179元", "price")]),
        ("给您180元", []),
        ("给您打9折", [("9折", "price")]),
        ("给您打九五折", []),
        ("给您打8.5折", [("8.5折", "price")]),
        ("给您打85折", [("85折", "price")]),
        ("给您便宜10元", []),
        ("退您20元差价", []),
        ("给您满200元减20元", []),
        ("您说的150元确实很难做到", []),
        ("运费8元", []),
    ],
)
def test_a_price_below_what_the_person_may_give_is_found(text: str, found: list[tuple[str, str]]) -> None:
    assert words(text) == found
    assert words(text, Known(list_fen=199_00)) == []


# speed


def spent(text: str) -> float:
    """Seconds of the processor, the best of several."""
    times = []
    for _ in range(7):
        start = time.process_time()
        look(text)
        times.append(time.process_time() - start)
    return min(times)


def test_five_hundred_characters_take_less_than_five_milliseconds() -> None:
    assert spent("".join(GOOD)[:500]) < 0.005


@pytest.mark.parametrize(
    "unit", ["你", "*", "{", "1", "1-", "!", "?!", "A ", "a.", "a@", "路1号", "加我", "扫我发", "http://"]
)
def test_time_grows_with_the_length_only(unit: str) -> None:
    short, long = unit * (2000 // len(unit)), unit * (16000 // len(unit))
    assert spent(long) < 0.01 + 24 * spent(short)


def test_every_blank_of_a_quick_phrase_is_found() -> None:
    for phrase in PhraseBook.load().quick:
        assert [found.word for found in look(phrase.text) if found.kind == "blank"] == find_blanks(phrase.text)

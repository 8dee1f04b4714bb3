"""The shipped library as a checked product."""

import re
from dataclasses import replace

import pytest

from phrases import PhraseBook, Wording
from phrases.filling import fill
from phrases.library import GROUPS, TOPICS
from phrases.speech import check
from phrases.variables import SAMPLE_FACTS, VARIABLES, find_blanks, find_names
from shop.model import OrderStatus, ParcelState

BOOK = PhraseBook.load()
ALL_ON = PhraseBook({key: replace(reply, enabled=True) for key, reply in BOOK.auto.items()}, BOOK.quick)
QUICK = {phrase.code: phrase for phrase in BOOK.quick}
WORDINGS = [(key, wording) for key, reply in BOOK.auto.items() for wording in reply.wordings]
TEXTS = [wording.text for _, wording in WORDINGS] + [phrase.text for phrase in BOOK.quick]
POLITE = re.compile(r"您|请|麻烦|抱歉|对不起|不好意思|谢|不客气|辛苦|跟我说|告诉我")

STANDARD = {
    "S01": ("hy1", "欢迎语", ["{店铺名}", "{客服花名}", "{笑脸}"]),
    "S02": ("hy2", "欢迎语", ["{店铺名}", "{客服花名}", "{笑脸}", "***", "***"]),
    "S03": ("dh1", "对话用语", ["{笑脸}"]),
    "S04": ("dh2", "对话用语", ["{笑脸}"]),
    "S05": ("dh3", "对话用语", ["{笑脸}"]),
    "S06": ("yj1", "议价用语", ["***", "**", "**", "{笑脸}"]),
    "S07": ("yj2", "议价用语", ["**", "{笑脸}"]),
    "S08": ("yj3", "议价用语", ["***", "{笑脸}"]),
    "S09": ("zf1", "支付款对话", ["***", "{笑脸}"]),
    "S10": ("zf2", "支付款对话", []),
}
"""Standard phrase of the source → code, group and placeholders of ours."""


def sample_facts(wording: Wording) -> dict[str, object]:
    """Exactly what the wording asks for."""
    return {
        **{need: SAMPLE_FACTS[need] for variable in wording.variables for need in variable.needs},
        **wording.when,
    }


@pytest.mark.req("PH-06", "PH-14")
@pytest.mark.parametrize(("key", "wording"), WORDINGS, ids=[f"{key}-{n}" for n, (key, _) in enumerate(WORDINGS)])
def test_every_wording_can_be_reached_with_its_samples(key: str, wording: Wording) -> None:
    facts = sample_facts(wording)
    served = {ALL_ON.render(key, facts, variation) for variation in range(12)}
    assert wording.render(facts) in served
    assert not any(find_blanks(text) for text in served)


def test_every_text_is_polite_short_and_in_chinese_punctuation() -> None:
    assert [text for text in TEXTS if not POLITE.search(text)] == []
    assert [text for text in TEXTS if len(text) > 120] == []
    assert [text for text in TEXTS if re.search(r"[一-鿿}][,.:;?!]", text)] == []
    assert sum("亲" in text for text in TEXTS) <= len(TEXTS) / 4


def test_values_never_run_into_each_other() -> None:
    assert [text for text in TEXTS if re.search(r"\}\{(?!笑脸)", text)] == []


@pytest.mark.req("PC-02", "PC-03", "PC-08", "PC-13", "PC-20", "PH-17")
def test_no_shipped_text_holds_a_forbidden_promising_or_exaggerating_word() -> None:
    assert [text for text in TEXTS if check(text)] == []
    plain = re.compile(r"你|不行|不知道|不可以|不能|没办法|无法|一定|保证|肯定|绝对|最(?!近|后|终)|100%")
    assert [text for text in TEXTS if plain.search(text)] == []


@pytest.mark.req("PH-17")
def test_a_request_that_cannot_be_met_is_refused_with_regret() -> None:
    assert all(re.search("抱歉|不好意思", w.text) for w in BOOK.auto["refusal"].wordings)


@pytest.mark.req("PH-01")
def test_the_library_leaves_room_for_the_shops_own() -> None:
    assert len(BOOK.auto) <= 85
    assert len(BOOK.quick) <= 80


@pytest.mark.req("PH-03")
def test_only_the_first_word_of_the_day_waits_for_a_manager_to_switch_it_on() -> None:
    assert [key for key, reply in BOOK.auto.items() if not reply.enabled] == ["first_today"]


def test_every_topic_and_group_has_phrases() -> None:
    assert {reply.topic for reply in BOOK.auto.values()} == set(TOPICS)
    assert list(dict.fromkeys(phrase.group for phrase in BOOK.quick)) == list(GROUPS.values())


@pytest.mark.req("PH-13")
def test_the_ten_standard_phrases_stand_in_their_four_groups() -> None:
    for code, group, placeholders in STANDARD.values():
        phrase = QUICK[code]
        assert phrase.group == group
        assert sorted(find_blanks(phrase.text)) == sorted(placeholders)
    groups = [group for _, group, _ in STANDARD.values()]
    assert [groups.count(group) for group in dict.fromkeys(groups)] == [2, 3, 3, 2]


@pytest.mark.req("PH-15")
def test_shop_and_service_name_come_from_the_settings() -> None:
    facts = {"shop_name": "山里人家", "service_name": "阿青"}
    for text in (
        BOOK.render("welcome", facts),
        BOOK.render("welcome", {**facts, "back": True}),
        fill(QUICK["hy1"].text, facts),
    ):
        assert "山里人家" in text
        assert "阿青" in text


@pytest.mark.req("PH-19")
def test_in_transit_status_and_days_come_from_the_facts() -> None:
    facts = {
        "state": "运输中",
        "courier": "中通",
        "waybill": "781234567890",
        "event_at": "2026-11-20T01:00:00Z",
        "event_place": "成都转运中心",
        "event_text": "已发往绵阳",
    }
    unknown = BOOK.render("parcel", facts)
    assert "成都转运中心" in unknown
    assert "已发往绵阳" in unknown
    assert not re.search(r"大约|估计", unknown)
    assert "大约11月22日" in BOOK.render("parcel", {**facts, "eta": "2026-11-22"})
    assert "还要3天" in BOOK.render("parcel", {**facts, "days_left": 3})


@pytest.mark.req("CW-06")
def test_every_state_of_an_order_and_of_a_parcel_has_its_words() -> None:
    least = {"order_no": "XS1", "courier": "圆通", "waybill": "YT1", "event_at": "2026-11-20T01:00:00Z"}
    parcel = {**least, "event_text": "快件已到达", "event_place": ""}
    orders = {BOOK.render("order_state", {"order_no": "XS1", "status": status.value}) for status in OrderStatus}
    parcels = {BOOK.render("parcel", {**parcel, "state": state.value}) for state in ParcelState}
    assert len(orders) == len(OrderStatus)
    assert len(parcels) == len(ParcelState)


@pytest.mark.req("PH-24", "PH-30")
@pytest.mark.parametrize("key", ["goodbye", "goodbye_idle", "goodbye_closed"])
def test_goodbye_holds_its_word_once(key: str) -> None:
    assert all(wording.text.count("再见") == 1 for wording in BOOK.auto[key].wordings)


@pytest.mark.req("PH-30")
def test_a_closing_phrase_says_goodbye_once_and_one_sends_questions_to_the_shop_first() -> None:
    closing = [phrase.text for phrase in BOOK.quick if phrase.group == "结束语"]
    assert all(text.count("再见") == 1 for text in closing)
    assert any("先联系我们售后" in text for text in closing)


@pytest.mark.req("CW-14", "PH-23")
@pytest.mark.parametrize("after_bot", [True, False])
def test_a_person_who_takes_over_says_shop_and_name_first(after_bot: bool) -> None:
    facts = {"shop_name": "山里人家", "service_name": "阿青", "after_bot": after_bot}
    for turn in range(4):
        said = BOOK.render("agent_hello", facts, turn)
        assert said.index("山里人家") < said.index("阿青") < 20
        assert ("前面的聊天我已经看过了" in said) is after_bot


def test_who_takes_over_is_named_only_where_it_is_a_person() -> None:
    facts = {"shop_name": "山里人家", "service_name": "阿青"}
    assert not any("阿青" in BOOK.render("transferred", facts, turn) for turn in range(4))
    assert all("阿青" in BOOK.render("transferred", {**facts, "person": True}, turn) for turn in range(4))


def test_a_message_that_was_taken_down_names_a_time_that_stays_true() -> None:
    due = {"due_at": "2026-11-22T03:00:00+00:00", "open": True}
    assert all("11月22日 11:00" in BOOK.render("still_noted", due, turn) for turn in range(4))
    assert not any("预计" in BOOK.render("still_noted", due, turn) for turn in range(4))
    assert "11月22日" not in BOOK.render("still_noted", {**due, "late": True})


def test_the_question_for_a_rating_offers_nothing_for_it() -> None:
    assert not any(re.search("好评|五分|5分好|红包|优惠|送", w.text) for w in BOOK.auto["ask_rating"].wordings)


@pytest.mark.req("PH-22", "PH-27", "PH-28")
def test_every_department_has_a_greeting_and_all_of_them_open_with_the_one_shop_name() -> None:
    welcome = [phrase.text for phrase in BOOK.quick if phrase.group == "欢迎语"]
    logistics = QUICK["hy5"]
    assert (logistics.group, "物流客服" in logistics.text) == ("物流", True)
    assert all("{店铺名}" in text for text in [*welcome, logistics.text])
    assert {name for name in ("仓储服务中心", "快递服务") for text in welcome if name in text} == {
        "仓储服务中心",
        "快递服务",
    }


@pytest.mark.req("PH-25", "PH-26")
def test_the_hotline_has_its_script_in_order_and_an_outbound_opener() -> None:
    script = [phrase.text for phrase in BOOK.quick if phrase.group == "电话话术"]
    for text, word in zip(script, ("客服部", "核对", "复述", "来电，再见"), strict=False):
        assert word in text
    opener = next(text for text in script if "先生/女士" in text)
    assert find_blanks(opener) == ["{店铺名}", "***", "***"]


@pytest.mark.req("PH-31")
def test_the_reminder_to_pay_takes_the_cut_off_time_from_the_settings() -> None:
    phrase = QUICK["zf3"]
    assert phrase.group == "催单"
    assert "在15:00前付款" in fill(phrase.text, {"cut_off": "15:00"})


def test_only_a_granted_price_speaks_of_a_discount() -> None:
    concessions = {"优惠价", "折扣", "优惠金额"}
    for key, wording in WORDINGS:
        if concessions & set(find_names(wording.text)):
            assert key in {"bargain_offer", "bargain_counter"}


def test_a_repeated_question_is_worded_differently() -> None:
    assert len({BOOK.render("sorry_wait", {}, turn) for turn in range(3)}) == 3
    assert BOOK.render("sorry_wait", {}, 0) == BOOK.render("sorry_wait", {}, 3)


def test_every_variable_renders_its_sample() -> None:
    for variable in VARIABLES.values():
        assert variable.find_text(variable.sample) == variable.result
        assert variable.help

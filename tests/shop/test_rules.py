"""The manager's rules: each has its place, what is set counts at once, nothing is half kept or overwritten unseen."""

import json
from dataclasses import fields
from datetime import date, time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phrases.speech_kinds import SpeechKind
from shop.errors import FieldWrong
from shop.model import ChangeKind, FreightRegion, PayoutCause, PayoutForm, Role, Staff
from shop.places import PLACES
from shop.policy import (
    SPEECH_KINDS,
    Compensation,
    CompensationWay,
    DiscountTier,
    Policy,
    ReceptionMode,
    ReceptionSpan,
    RoleLimits,
    RuleRefused,
    Shift,
    SpecialDay,
    WorkingHours,
)
from shop.policy_parts import MOST_FEN, MOST_FREIGHT_FEN, MOST_LETTERS, PARTS, part_of_rule, say_number
from shop.policy_values import decode, encode
from shop.rules.changing import RuleChanged, RuleEdit, change_rules, with_edits
from shop.rules.effects import discount_effect, hours_effect, reception_effect
from shop.rules.listing import list_rules
from shop.rules.shapes import say_rule, shape_of_rule
from shop.rules.topics import TOPICS
from shop.wiring import Services
from tests.conftest import NOW, SettableClock

MANAGER = Staff("100", "云舒", Role.MANAGER)
OTHER = Staff("101", "南星", Role.MANAGER)
NAMES = [item.name for item in fields(Policy)]


@pytest.fixture
def shop(services: Services) -> Services:
    with services.unit_of_work() as uow:
        uow.people.add(Staff("100", "云舒", Role.MANAGER))
        uow.people.add(Staff("101", "南星", Role.MANAGER))
        uow.commit()
    return services


def change(shop: Services, *edits: RuleEdit, by: Staff = MANAGER) -> None:
    with shop.unit_of_work() as uow:
        change_rules(uow, by, edits, now=shop.clock.now())
        uow.commit()


def current(shop: Services) -> Policy:
    with shop.unit_of_work() as uow:
        return uow.policies.current()


def shown(shop: Services, name: str) -> dict[str, Any]:
    with shop.unit_of_work() as uow:
        topics = list_rules(uow, NOW)
    return next(rule for topic in topics for rule in topic["rules"] if rule["name"] == name)


def test_every_rule_stands_under_one_topic() -> None:
    assert sorted(name for topic in TOPICS for name in topic.rules) == sorted(NAMES)


def test_every_part_of_a_rule_has_a_name_for_people() -> None:
    for kind, parts in PARTS.items():
        assert [item.name for item in fields(kind)] == [*parts]
    assert len({part_of_rule(name).label for name in NAMES}) == len(NAMES), "two rules of one name"
    assert {name for name in NAMES if name.endswith("_fen")} == {
        name for name in NAMES if part_of_rule(name).unit == "元"
    }
    assert set(SPEECH_KINDS) == {kind.value for kind in SpeechKind} - {"blank", "word"}


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_has_a_shape_and_words(name: str) -> None:
    assert shape_of_rule(name)["kind"] in {"number", "marks", "words", "rows", "record"}
    assert say_rule(name, encode(getattr(Policy(), name)))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("answer_seconds", 180, "180 秒"),
        ("compensation_max_fen", 2050, "20.5 元"),
        ("sure_percent", 50, "50%"),
        ("misses", 2, "2"),
        ("forbidden_words", [], "无"),
        ("speech_blocked", ["divert", "rude"], "不文明、引到店外"),
        ("discount_tiers", [{"from_fen": 100, "bot": 25, "agent": 50, "supervisor": 100}],
         "起价 1 元，机器人 2.5%，客服 5%，主管 10%"),
        ("working_hours", [{"days": [0, 2], "starts": "09:00", "ends": "12:00"}], "周一、周三 09:00–12:00"),
        ("special_days", [{"day": "2026-10-01", "shifts": [], "name": "国庆节"}], "2026-10-01 无 国庆节"),
        ("reception", [{"starts": "00:00", "ends": "09:00", "mode": "混合", "share": 30}],
         "00:00–09:00 混合 转人工 30%"),
        ("reception", [{"starts": "00:00", "ends": "09:00", "mode": "辅助", "share": 30}], "00:00–09:00 辅助"),
        ("freight_regions", [encode(FreightRegion(("浙江", "上海"), True, 6_00, 1500, 2_00, True, 59_00, 1, 2))],
         "上海、浙江 配送 首重运费 6 元 首重 1.5 千克 续重每千克 2 元 满额包邮 商品满 59 元 最快 1 天 最慢 2 天"),
        ("freight_regions", [encode(FreightRegion((), free=True, covered=False))], "其他地区 不配送"),
    ],
)  # fmt: skip
def test_a_value_is_said_as_people_say_it(name: str, value: Any, words: str) -> None:
    assert say_rule(name, value) == words


@given(st.integers(-(10**9), 10**9), st.sampled_from([1, 10, 100]))
def test_a_number_shown_is_the_number_stored(value: int, scale: int) -> None:
    part = part_of_rule("misses")._replace(scale=scale)
    digits = say_number(value, part)
    whole, _, rest = digits.lstrip("-").partition(".")
    read = int(whole) * scale + (int(rest.ljust(len(str(scale)) - 1, "0")) if rest else 0)
    assert (-read if digits.startswith("-") else read) == value


# a value of every rule, as Policy takes it

TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
WORDS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=MOST_LETTERS)
SHIFTS = st.builds(Shift, TIMES, TIMES)
RISING = st.lists(st.integers(0, 900), min_size=3, max_size=3).map(sorted)


@st.composite
def tiers(draw: st.DrawFn) -> tuple[DiscountTier, ...]:
    steps = sorted(draw(st.sets(st.integers(1, 1_000_000_00), max_size=8)))
    return tuple(DiscountTier(step, *draw(RISING)) for step in [0, *steps])


@st.composite
def freight(draw: st.DrawFn) -> tuple[FreightRegion, ...]:
    """Regions of which none names a province twice, one at most without names."""
    provinces = draw(st.lists(st.sampled_from(sorted(PLACES)), max_size=9, unique=True))
    named = [tuple(provinces[at : at + 2]) for at in range(0, len(provinces), 2)]
    fee, days = st.integers(0, MOST_FREIGHT_FEN), st.lists(st.integers(0, 60), min_size=2, max_size=2).map(sorted)
    return tuple(
        FreightRegion(
            names,
            draw(st.booleans()),
            draw(fee),
            draw(st.integers(1, 100_000)),
            draw(fee),
            draw(st.booleans()),
            draw(st.integers(0, MOST_FEN)),
            *draw(days),
        )
        for names in [*named, *draw(st.sampled_from([[], [()]]))]
    )


def of_rule(name: str) -> st.SearchStrategy[Any]:
    facts = Policy.__dataclass_fields__[name].metadata
    if facts["choices"]:
        return st.lists(st.sampled_from(sorted(facts["choices"])), unique=True).map(tuple)
    if isinstance(facts["sample"], int):
        return st.integers(facts["low"], facts["high"])
    days = st.builds(SpecialDay, st.dates(date(2000, 1, 1)), st.lists(SHIFTS, max_size=4).map(tuple), st.just("调休"))
    weeks = st.builds(WorkingHours, st.sets(st.integers(0, 6)).map(lambda d: tuple(sorted(d))), TIMES, TIMES)
    spans = st.builds(ReceptionSpan, TIMES, TIMES, st.sampled_from(ReceptionMode), st.integers(0, 100))
    fen = st.integers(1, MOST_FEN)
    offers = st.builds(
        Compensation,
        st.sampled_from(PayoutCause),
        st.sampled_from(PayoutForm),
        st.sampled_from(CompensationWay),
        fen,
        st.integers(1, 1000),
        fen,
    )
    limits = st.lists(st.integers(0, MOST_FEN), min_size=4, max_size=4).map(lambda each: RoleLimits(*sorted(each)))
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "discount_tiers": tiers(),
        "working_hours": st.lists(weeks, max_size=8).map(tuple),
        "special_days": st.lists(days, max_size=8, unique_by=lambda s: s.day).map(tuple),
        "reception": st.lists(spans, max_size=8).map(tuple),
        "forbidden_words": st.lists(WORDS, max_size=8).map(tuple),
        "freight_regions": freight(),
        "compensations": st.lists(offers, max_size=7, unique_by=lambda offer: offer.cause).map(tuple),
        "refund_limits": limits,
        "compensation_limits": limits,
    }
    return kinds[name]


@given(st.data())
def test_what_the_page_sends_comes_back_the_same(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    value = data.draw(of_rule(name))
    sent = json.loads(json.dumps(encode(value)))
    policy = with_edits(Policy(), [RuleEdit(name, None, sent)])
    assert getattr(policy, name) == value
    assert encode(getattr(policy, name)) == sent
    assert decode(name, json.loads(json.dumps(sent))) == value


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_what_the_page_sends_is_what_the_store_gives_back(services: Services, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    sent = json.loads(json.dumps(encode(data.draw(of_rule(name)))))
    with services.unit_of_work() as uow:
        before = encode(getattr(uow.policies.current(), name))
        change_rules(uow, MANAGER, [RuleEdit(name, before, sent)], now=NOW)
        uow.commit()
    with services.unit_of_work() as uow:
        found = next(r for topic in list_rules(uow, NOW) for r in topic["rules"] if r["name"] == name)
    assert found["value"] == sent


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["days", "starts", "ends", "day", "bot", "from_fen", "mode", "name"]), inner)
    ),
    max_leaves=8,
)


@given(st.sampled_from(NAMES), ANYTHING)
def test_whatever_is_sent_is_kept_as_sent_or_refused(name: str, sent: Any) -> None:
    try:
        policy = with_edits(Policy(), [RuleEdit(name, None, sent)])
    except RuleRefused as refused:
        assert refused.facts["label"]
        assert refused.facts["why"]
    else:
        assert encode(getattr(policy, name)) == sent


@pytest.mark.req("HE-07")
@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("answer_seconds", 9, "要在 10 秒 到 3600 秒 之间"),
        ("answer_seconds", 3601, "要在 10 秒 到 3600 秒 之间"),
        ("answer_seconds", "60", "要填整数"),
        ("answer_seconds", True, "要填整数"),
        ("compensation_max_fen", 1000_01, "要在 0 元 到 1000 元 之间"),
        ("discount_tiers", [{"from_fen": 0, "bot": 20, "agent": 50, "supervisor": 901}],
         "第 1 行「主管」要在 0% 到 90% 之间"),
        ("compensation_max_fen", "3.333", "要填数字，最多 2 位小数"),
        ("discount_tiers", [{"from_fen": 0, "bot": 60, "agent": 50, "supervisor": 90}],
         "机器人不超过客服、客服不超过主管，主管最多让 90%"),
        ("discount_tiers", [], "第一档从 0 元起，各档价格由低到高、不重复"),
        ("working_hours", [{"days": [0], "starts": "9:00", "ends": "12:00"}],
         "第 1 行「开始」要填 09:00 这样的时间"),
        ("working_hours", [{"days": [7], "starts": "09:00", "ends": "12:00"}],
         "第 1 行「星期」第 1 行要在 0 到 6 之间"),
        ("special_days", [{"day": "2026-02-30", "shifts": [], "name": ""}],
         "第 1 行「日期」要填 2026-10-01 这样的日期"),
        ("special_days", [{"day": "2026-02-01", "shifts": [{"starts": "09:00"}], "name": ""}],
         "第 1 行「上班时段」第 1 行「结束」没有填"),
        ("reception", [{"starts": "00:00", "ends": "00:00", "mode": "谁都行", "share": 0}],
         "第 1 行「方式」请从人工优先、助手优先、混合、辅助里选"),
        ("forbidden_words", ["最", ""], "第 2 行是空的"),
        ("forbidden_words", ["\x00"], "第 1 行最多 30 个字，首尾不留空格、不换行"),
        ("speech_blocked", ["nonsense"], "请从列出的几种里选"),
        ("refund_limits", {"presale": 1, "agent": 0, "leader": 2, "supervisor": 3},
         "售前、客服、组长、主管要依次不减少"),
        ("compensation_limits", {"presale": 0, "agent": 0, "leader": 0}, "「主管」没有填"),
        ("compensations", [encode(Policy().compensations[0])] * 2, "同一原因只能写一行"),
        ("compensations", [{**encode(Policy().compensations[0]), "share": 1001}],
         "第 1 行「比例」要在 0.1% 到 100% 之间"),
        ("compensations", [{**encode(Policy().compensations[0]), "cause": "心情不好"}],
         "第 1 行「原因」请从发货延迟、物流丢失、商品损坏、错发漏发、质量问题、服务不周、其他里选"),
        ("freight_regions", [encode(FreightRegion(("浙江",)))] * 2, "「浙江」写了不止一次，一个地区只能有一种运费"),
        ("freight_regions", [encode(FreightRegion(()))] * 2, "没有选省份的一行就是「其他地区」，只能有一行"),
        ("freight_regions", [encode(FreightRegion(("火星",)))], "第 1 行「寄到」第 1 行没有「火星」可选"),
        ("freight_regions", [encode(FreightRegion(()))] * 61, "最多 60 行"),
        ("freight_regions", [encode(FreightRegion((), first_fen=-1))],
         "第 1 行「首重运费」要在 0 元 到 1000 元 之间"),
        ("freight_regions", [encode(FreightRegion((), days_from=5, days_to=4))],
         "第 1 行「最快」不能比「最慢」天数多"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_with_the_place_and_the_range(shop: Services, name: str, value: Any, why: str) -> None:
    edits = [RuleEdit("misses", 2, 3), RuleEdit(name, encode(getattr(Policy(), name)), value)]
    with pytest.raises(RuleRefused) as refused:
        change(shop, *edits)
    facts = refused.value.facts
    assert (facts["field"], facts["label"], facts["why"]) == (name, part_of_rule(name).label, why)
    assert current(shop) == Policy(), "nothing is half kept"


def test_an_unknown_rule_and_one_named_twice_are_refused(shop: Services) -> None:
    for edits in ([RuleEdit("nonsense", 1, 2)], [RuleEdit("nonsense", 1, reset=True)], [RuleEdit("misses", 2, 3)] * 2):
        with pytest.raises(FieldWrong):
            change(shop, *edits)


@pytest.mark.req("HE-07")
def test_a_change_counts_from_the_next_unit_of_work_and_says_who_made_it(shop: Services, clock: SettableClock) -> None:
    assert shown(shop, "text_limit")["set_by"] is None
    change(shop, RuleEdit("text_limit", 2000, 300), RuleEdit("misses", 2, 1))
    assert (current(shop).text_limit, current(shop).misses) == (300, 1)
    rule = shown(shop, "text_limit")
    assert (rule["value"], rule["default"], rule["set_by"], rule["set_at"]) == (300, 2000, "云舒", clock.now())
    with shop.unit_of_work() as uow:
        [text, misses] = [uow.changes.of(ChangeKind.RULE, name, 9) for name in ("text_limit", "misses")]
    assert [(c.action, c.by, c.before, c.after) for c in text] == [("修改规则", "100", {"value": 2000}, {"value": 300})]
    assert text[0].batch == misses[0].batch != ""


def test_back_to_the_default(shop: Services) -> None:
    change(shop, RuleEdit("misses", 2, 4))
    change(shop, RuleEdit("misses", 4, reset=True), by=OTHER)
    assert current(shop) == Policy()
    assert shown(shop, "misses")["set_by"] is None
    with shop.unit_of_work() as uow:
        last = uow.changes.of(ChangeKind.RULE, "misses", 1)[0]
    assert (last.action, last.by, last.before, last.after) == ("恢复默认", "101", {"value": 4}, {"value": 2})


@pytest.mark.req("HE-07")
def test_who_comes_second_is_told_who_set_what(shop: Services) -> None:
    change(shop, RuleEdit("answer_seconds", 180, 60), by=OTHER)
    with pytest.raises(RuleChanged) as refused:
        change(shop, RuleEdit("misses", 2, 3), RuleEdit("answer_seconds", 180, 120))
    facts = refused.value.facts
    assert (facts["label"], facts["by"], facts["now"]) == ("回复时限", "南星", "60 秒")
    assert (current(shop).answer_seconds, current(shop).misses) == (60, 2)
    change(shop, RuleEdit("answer_seconds", 180, 60))  # what they wanted is so already


@pytest.mark.req("BG-03")
def test_the_examples_are_what_the_bot_goes_by() -> None:
    policy = Policy(discount_tiers=(DiscountTier(0, 20, 50, 100),))
    said = discount_effect(policy, NOW)
    assert "机器人 57.82 元，客服 56.05 元，主管 53.10 元" in said
    assert "机器人给出 57.90 元" in said
    assert "机器人不让价" in discount_effect(Policy(discount_tiers=(DiscountTier(0, 0, 0, 0),)), NOW)


def test_the_hours_say_open_or_when_next() -> None:
    """NOW is a Friday, 14:03."""
    shifts = (WorkingHours((4,), time(9), time(12)), WorkingHours((4,), time(13), time(18)))
    assert hours_effect(Policy(working_hours=shifts), NOW) == "现在是人工服务时间。"
    assert hours_effect(Policy(working_hours=shifts[:1]), NOW) == "现在没有人工，下次上班：11月27日（周五）09:00。"
    holiday = SpecialDay(date(2026, 11, 20), ())
    assert "下次上班：11月27日" in hours_effect(Policy(working_hours=shifts, special_days=(holiday,)), NOW)
    assert "60 天内" in hours_effect(Policy(working_hours=()), NOW)
    shared = Policy(reception=(ReceptionSpan(time(14), time(15), ReceptionMode.SHARED, 30),))
    assert reception_effect(shared, NOW) == "现在（14:03）的接待方式：混合，30% 的买家先由人工接待。"

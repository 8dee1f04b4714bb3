"""The word check."""

import pytest

from phrases.speech import RULES, SpeechKind, check

FORBID, PROMISE, EXAGGERATE = SpeechKind.FORBID, SpeechKind.PROMISE, SpeechKind.EXAGGERATE
RUDE, TONE, DIVERT = SpeechKind.RUDE, SpeechKind.TONE, SpeechKind.DIVERT


@pytest.mark.req("PC-02", "PC-03", "PC-10", "PC-13", "PC-20")
@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("这个不行的", "不行", FORBID),
        ("我不知道", "我不知道", FORBID),
        ("改价不可以", "不可以", FORBID),
        ("现在不能退", "不能", FORBID),
        ("这个功能不能用", "不能", FORBID),
        ("我也没办法", "没办法", FORBID),
        ("我也没有办法", "没有办法", FORBID),
        ("无法修改", "无法", FORBID),
        ("你好", "你", TONE),
        ("您找快递公司吧", "您找快递公司吧", FORBID),
        ("这不归我们管", "不归我们管", FORBID),
        ("是不是您自己弄坏的", "是不是您自己弄", FORBID),
        ("到底要哪个!!!", "!!!", TONE),
        ("滚", "滚", RUDE),
        ("加我微信", "加我微信", DIVERT),
        ("一定会发", "一定会", PROMISE),
        ("那是一定的。", "一定", PROMISE),
        ("我们保证质量", "保证", PROMISE),
        ("肯定没事", "肯定", PROMISE),
        ("品质绝对好", "绝对", PROMISE),
        ("坏了包赔", "包赔", PROMISE),
        ("明天就到", "明天就到", PROMISE),
        ("明天准能到", "明天准能到", PROMISE),
        ("这款最好", "最好", EXAGGERATE),
        ("全网销量第一", "销量第一", EXAGGERATE),
        ("100%有效", "100%", EXAGGERATE),
        ("根治痘痘", "根治", EXAGGERATE),
    ],
)
def test_a_word_that_is_not_said_is_found(text: str, word: str, kind: SpeechKind) -> None:
    finding = check(text)[0]
    assert (finding.word, finding.kind) == (word, kind)
    assert text[finding.start : finding.end] == word
    assert finding.advice


@pytest.mark.parametrize(
    "text",
    [
        "迷你款",
        "您看行不行",
        "可不可以再等等",
        "能不能机洗",
        "不能不说",
        "您知不知道尺码",
        "不一定合身",
        "有一定弹力",
        "价格全店统一定好",
        "需要一定的时间",
        "保证金",
        "担保交易",
        "谢谢您的肯定",
        "绝对值",
        "第一次购买",
        "第一时间处理",
        "第一笔订单",
        "您最好先量一下",
        "不能机洗",
        "支持微信支付",
        "退回您的微信",
        "谨防有人让您加微信",
        "最近有活动",
        "最后一件",
        "100%棉",
        "滚筒洗衣机",
        "翻滚",
        "傻瓜相机",
        "您好！！",
    ],
)
def test_harmless_words_are_spared(text: str) -> None:
    assert check(text) == []


def test_findings_come_from_left_to_right() -> None:
    found = check("你肯定不行")
    assert [finding.word for finding in found] == ["你", "肯定", "不行"]


def test_every_rule_offers_something_better() -> None:
    assert all(rule.advice for rule in RULES)

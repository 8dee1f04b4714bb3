"""What care finds in a library: words nobody hears or that are no longer so, doubles, and those that do not help."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from phrases import PhraseBook
from phrases.care import Cared, Goods, Trouble, find_doubles, find_stale, find_unhelpful, find_unreachable
from phrases.care.staleness import find_untrue
from phrases.library import AutoReply, Wording
from phrases.scenes import OWN
from phrases.timing import Timing
from shop.model import Outcome
from shop.phrase_uses import Figures

FIRST, TODAY = date(2026, 10, 24), date(2026, 11, 22)
GOODS = Goods({"云朵棉短袖T恤": frozenset({5900}), "羊绒围巾": frozenset({12900, 13900})}, frozenset({"竹纤维毛巾"}))


@pytest.fixture(scope="module")
def shipped() -> PhraseBook:
    return PhraseBook.load()


def own(key: str, *wordings: Wording, keywords: tuple[str, ...] = ("赠品",), priority: int = 0, **more) -> Cared:
    texts = wordings or (Wording("今天下单有赠品哦"),)
    reply = AutoReply(key, OWN, key, texts, keywords=keywords, priority=priority, **more)
    return Cared("auto", key, key, texts, written=True, changed_on=date(2026, 1, 2), reply=reply)


def quick(code: str, text: str, *, written: bool = True, topic: str = "", on: date | None = date(2026, 1, 2)) -> Cared:
    return Cared("quick", code, f"/{code}", (Wording(text),), written=written, changed_on=on, topic=topic)


def test_the_shipped_library_has_no_words_that_nobody_hears_or_that_are_stale(shipped: PhraseBook) -> None:
    library = [
        Cared("auto", key, key, reply.wordings, written=True, reply=replace(reply, enabled=True), shipped=reply)
        for key, reply in shipped.auto.items()
    ]
    library += [Cared("quick", phrase.code, phrase.code, (Wording(phrase.text),)) for phrase in shipped.quick]
    assert list(find_unreachable(library, GOODS.prices)) == []
    assert list(find_stale(library, GOODS, TODAY)) == []


def test_keywords_that_another_reply_always_takes_first() -> None:
    first, covered = own("own_1", keywords=("赠品",), priority=5), own("own_2", keywords=("双十一赠品", "小样"))
    [found] = find_unreachable([first, covered], ())
    assert (found.key, found.trouble, found.figure) == ("own_2", Trouble.UNREACHABLE, "1/2 个关键词")
    assert "“双十一赠品”" in found.reason
    assert not list(find_unreachable([own("own_1", keywords=("赠品",)), own("own_2", keywords=("小样",))], ()))
    off = own("own_1", keywords=("赠品",), priority=5, enabled=False)
    assert [found.key for found in find_unreachable([off, covered], ())] == ["own_1"]


def test_a_scene_that_is_off_a_product_that_is_gone_and_a_wording_that_is_never_the_nearest() -> None:
    [off] = find_unreachable([own("own_1", enabled=False)], ())
    assert "停用" in off.reason
    [gone] = find_unreachable([own("own_1", Wording("这款有赠品", {"product": "竹纤维毛巾"}))], GOODS.prices)
    assert "竹纤维毛巾" in gone.reason
    sent = {"product": "羊绒围巾"}
    named = (Wording("这款有赠品", sent), Wording("{商品}有赠品", sent), Wording("有赠品哦"))
    [behind] = find_unreachable([own("own_1", *named)], GOODS.prices)
    assert "第1条话术轮不到：同样的情况总是先用第2条话术" in behind.reason


def test_a_condition_that_the_scene_does_not_know(shipped: PhraseBook) -> None:
    scene = shipped.auto["thanks"]
    wording = Wording("不客气", {"status": "已发货"})
    cared = Cared("auto", "thanks", "致谢", (wording,), written=True, reply=scene, shipped=scene)
    [found] = find_unreachable([cared], ())
    assert "不会出现" in found.reason


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("云朵棉短袖T恤只要 49 元", "写着“云朵棉短袖T恤”49 元，现在卖 59 元"),
        ("羊绒围巾119元包邮", "写着“羊绒围巾”119 元，现在卖 129 元 起"),
        ("云朵棉短袖T恤原价 79 元，现在 59 元", ""),
        ("云朵棉短袖T恤满 100 元减 10 元", ""),
        ("竹纤维毛巾今天有货", "提到的“竹纤维毛巾”已经下架"),
        ("活动到 11 月 11 日为止", "写着 11月11日，这一天已经过了 11 天"),
        ("11月1日到11月30日满减", ""),
        ("2月10日恢复发货", "写着 2月10日，这一天已经过了 285 天"),
        ("2027年1月5日恢复发货", ""),
        ("本店2019年5月1日开业", ""),
        ("2月30日", ""),
        ("截止 2026-10-31", "写着 10月31日，这一天已经过了 22 天"),
    ],
)
def test_a_text_that_is_no_longer_so(text: str, why: str) -> None:
    assert list(find_untrue(text, GOODS, TODAY, date(2026, 1, 2))) == ([why] if why else [])


def test_a_day_without_a_year_is_the_next_one_from_when_it_was_written() -> None:
    assert not list(find_untrue("11月11日开抢", GOODS, TODAY, date(2026, 11, 15)))
    assert not list(find_untrue("11月11日开抢", GOODS, TODAY, None))


def test_a_wording_whose_days_are_over() -> None:
    past = Wording("双十一快乐", timing=Timing(last="2026-11-11"))
    [found] = find_stale([own("own_1", past, Wording("您好"))], GOODS, TODAY)
    assert found.reason.startswith("第1条话术的有效期到 2026-11-11")
    assert found.figure == "过期 11 天"
    assert not list(find_stale([own("own_1", Wording("您好", timing=Timing(last="2026-11-22")))], GOODS, TODAY))


def test_what_says_the_same_is_found_by_meaning_and_the_shops_own_is_named() -> None:
    library = [quick("sh5", "退款一到三天到账", written=False), quick("td1", "退款一般三天内到您账上")]
    near = np.array([[1, 0], [0.9, np.sqrt(1 - 0.81)]], np.float32)
    [found] = find_doubles(library, near)
    assert (found.key, found.figure) == ("td1", "相似 90%")
    assert "/sh5" in found.reason
    assert not list(find_doubles(library, np.array([[1, 0], [0.84, np.sqrt(1 - 0.84**2)]], np.float32)))
    assert not list(find_doubles([quick("sh5", "甲", written=False), quick("sh6", "乙", written=False)], near))


def test_other_figures_are_another_offer_and_without_meanings_signs_are_compared() -> None:
    same = np.array([[1, 0], [1, 0]], np.float32)
    assert not list(find_doubles([quick("td1", "满99减10"), quick("td2", "满199减20")], same))
    library = [quick("td1", "您好，包裹在路上了，请您耐心等等哦"), quick("td2", "您好，包裹在路上了，请您耐心等等呀")]
    [found] = find_doubles(library, None)
    assert found.key == "td2"


def figures(topics: dict[str, int] | None = None, **phrases: Outcome) -> Figures:
    found = Figures()
    found.topics.update(topics or {})
    found.phrases.update({name.replace("_", ":", 1): outcome for name, outcome in phrases.items()})
    return found


@pytest.mark.parametrize(
    ("outcome", "word"),
    [
        (Outcome(said=10, plain=10, handed=4), "转给别人"),
        (Outcome(said=10, plain=10, again=3), "再问一遍"),
        (Outcome(said=10, plain=2), "都要改"),
        (Outcome(said=10, plain=10, rated=10, stars=34), "评价偏低"),
        (Outcome(said=9, plain=9, handed=9), ""),
        (Outcome(said=10, plain=10, handed=3, again=2, rated=9, stars=9), ""),
    ],
)
@pytest.mark.req("PH-35")
def test_phrases_that_do_not_help(outcome: Outcome, word: str) -> None:
    found = list(find_unhelpful([quick("td1", "您好")], figures(quick_td1=outcome), FIRST, TODAY))
    assert [word in ailment.reason for ailment in found] == ([True] if word else [])


@pytest.mark.req("PH-35")
def test_what_nobody_said_though_its_scene_came_up() -> None:
    bargain, fresh = quick("yj1", "没有议价空间哦", topic="bargain"), quick("td1", "新", topic="bargain", on=TODAY)
    [found] = find_unhelpful([bargain, fresh], figures({"bargain": 12}), FIRST, TODAY)
    assert (found.key, found.trouble, found.figure) == ("yj1", Trouble.UNUSED, "议价话题 12 次")
    assert not list(find_unhelpful([bargain], figures({"bargain": 9, "payment": 99}), FIRST, TODAY))
    assert not list(find_unhelpful([quick("hy1", "您好")], figures({"bargain": 99}), FIRST, TODAY))
    [greeting] = find_unhelpful([quick("hy1", "您好")], figures(quick_td9=Outcome(said=10, plain=10)), FIRST, TODAY)
    assert greeting.figure == "快捷短语共用 10 次"
    [keyword] = find_unhelpful([own("own_1")], figures({"bargain": 20}), FIRST, TODAY)
    assert "关键词" in keyword.reason


def test_shipped_replies_wait_for_their_scene_and_handing_over_may_be_meant(shipped: PhraseBook) -> None:
    scene = shipped.auto["thanks"]
    waiting = Cared("auto", "thanks", "致谢", scene.wordings, topic="general", reply=scene, shipped=scene)
    assert not list(find_unhelpful([waiting], figures({"general": 99}), FIRST, TODAY))
    meant = own("own_1", to_person=True)
    assert not list(find_unhelpful([meant], figures(auto_own_1=Outcome(said=10, plain=10, handed=10)), FIRST, TODAY))

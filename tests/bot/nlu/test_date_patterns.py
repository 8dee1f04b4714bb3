"""Days that buyers name, reckoned from a Sunday: 22 November 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bot.nlu.finding import SUNDAY, found

DAYS = {
    "今天能发吗": "2026-11-22", "明天": "2026-11-23", "后天之前": "2026-11-24", "大后天能到吗": "2026-11-25",
    "昨天拍的": "2026-11-21", "前天": "2026-11-20", "大前天": "2026-11-19", "周五前能到吗": "2026-11-27",
    "周五拍的": "2026-11-20", "下周一": "2026-11-23", "上周三买的": "2026-11-11", "这周六": "2026-11-21",
    "星期天": "2026-11-22", "下下周二": "2026-12-01", "周末送": "2026-11-28", "30号前": "2026-11-30",
    "12号能到吗": "2026-12-12", "12号下单的": "2026-11-12", "28号买的": "2026-10-28", "十五号发": "2026-12-15",
    "下个月5号": "2026-12-05", "11月30日": "2026-11-30", "十一月三十号": "2026-11-30", "11.30前能到吗": "2026-11-30",
    "1月3号": "2027-01-03", "2026-12-01": "2026-12-01", "2026年12月1日": "2026-12-01", "月底能到吗": "2026-11-30",
    "下个月底": "2026-12-31", "三天后再发": "2026-11-25", "3天前买的": "2026-11-19", "12月25日": "2026-12-25",
    "双十一买的": "2026-11-11", "双11那单": "2026-11-11", "等双十二": "2026-12-12", "元旦前能到吗": "2027-01-01",
    "国庆买的": "2026-10-01", "国庆后再送": "2027-10-01", "明年1月8号": "2027-01-08", "圣诞节前": "2026-12-25",
    "10月底买的": "2026-10-31", "两周后发": "2026-12-06", "11.28前能到吗": "2026-11-28", "前天下的单": "2026-11-20",
    "26号到的": "2026-10-26", "周一能到的话我就买": "2026-11-23", "等618再说": "2027-06-18", "昨儿": "2026-11-21",
}  # fmt: skip

NO_DAYS = (
    "2月30号",
    "大了一号",
    "618的那个",
    "圣诞快乐",
    "前几天",
    "99号",
    "3号楼",
    "三天了",
    "一周了",
    "两周",
    "下周边",
    "先后天壤",
    "11.30元",
    "5.5折",
    "38号鞋",
    "1/2",
    "每周一次",
    "云溪路3号",
    "柳荫街9号",
)


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_days(text: str, day: str) -> None:
    assert found(text).get("date") == [day]


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_day(text: str) -> None:
    assert "date" not in found(text)


def test_the_year_turns() -> None:
    assert found("月底", today=date(2026, 12, 5)) == {"date": ["2026-12-31"]}
    assert found("下个月底", today=date(2026, 12, 5)) == {"date": ["2027-01-31"]}
    assert found("12月28日买的", today=date(2027, 1, 3)) == {"date": ["2026-12-28"]}


@settings(deadline=None)
@given(st.dates(date(2001, 1, 1), date(2090, 1, 1)), st.sampled_from("一二三四五六日"))
def test_a_bare_weekday_is_within_the_next_seven_days(today: date, weekday: str) -> None:
    (value,) = found(f"周{weekday}能到吗", today=today)["date"]
    named = date.fromisoformat(str(value))
    assert today <= named < today + timedelta(days=7)
    assert named.weekday() == "一二三四五六日".index(weekday)


@settings(deadline=None)
@given(st.dates(SUNDAY - timedelta(days=150), SUNDAY + timedelta(days=150)))
def test_a_month_and_day_is_the_nearest_such_day(day: date) -> None:
    assert found(f"{day.month}月{day.day}日") == {"date": [day.isoformat()]}

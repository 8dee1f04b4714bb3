"""Amounts of money in fen that carry their unit: 199元, 12块5, 三毛, ¥99, and 两百五, which needs none."""

import re

from bot.nlu.numerals import DIGITS, NUMBER, number_of
from bot.nlu.spans import Pattern
from bot.nlu.words import any_of

_NOT_INSIDE = r"(?<![\dA-Za-z.几第双零〇一二两三四五六七八九十百千万亿点])"
_SMALL = r"[\d一二三四五六七八九]"

# 块 is also a piece of something, and 一块 means together.
_PIECE = r"(?!儿|起|香皂|肥皂|皂|电池|表|手表|布|毛巾|蛋糕|巧克力|玻璃|抹布|屏|石|木|板|饼|糖|肉|腹肌|地垫|面料|砖|墨)"
_ONE_YUAN = (
    r"(?:(?<=[宜少减差惠抹加补多个\d十百千万]一)块|(?<=一)块(?=[二三四五六七八九]毛?(?![个件天条双包盒瓶]))|"
    r"(?<=一)块钱)"
)
_BLOCK = rf"(?:(?<!一)块|{_ONE_YUAN}){_PIECE}"
_YUAN = rf"(?:元|圆|块钱|{_BLOCK}|rmb|人民币|大洋|软妹币|r(?![A-Za-z0-9]))"
# 10块3个, 十五块一直没返: the digit after 块 belongs to the next word.
_NEXT_WORD = r"(?![\d.折个件天条双盒瓶袋斤只支片块本张份箱套月号米]|包(?!邮)|直|起|样|下|共|点|定|次|般|会|分钱|两)"
_SUM = rf"(?P<yuan>{NUMBER}) ?{_YUAN}(?:(?P<jiao>{_SMALL})(?:[毛角](?P<fen>{_SMALL})?分?)?{_NEXT_WORD})?"
# 三千八 and 两百五 are said of nothing but money, unless a measure follows.
_ROUGH = (
    "[一二两三四五六七八九][百千万][一二三四五六七八九]"
    "(?![零〇二两三四五六七八九十百千万]|一(?![斤件个条双盒包瓶箱袋套只支份台本张]))"
)
_COUNTED = any_of(
    "多 来 几 个 件 条 双 套 份 盒 包(?!邮) 瓶 袋 箱 支 只 把 台 张 本 块 片 斤 公斤 千克 克 kg g 米 平 升 毫 度",
    "瓦 毛 角 天 年 月 号 人 户 字 分 秒 点 公里 里 步 次 粒 颗 寸 码 层 楼 室 级 [A-Za-z]",
)
_NO_COUNT = f"(?! ?{_COUNTED})"


def fen(yuan: str, jiao: str | None = None, hundredth: str | None = None) -> int | None:
    """12 and 5 are 1250. None for nothing and for more than anybody pays."""
    amount = number_of(yuan)
    if amount is None or amount >= 10**9:
        return None
    return int(amount * 100) + 10 * _digit(jiao) + _digit(hundredth) or None


def _digit(character: str | None) -> int:
    return 0 if character is None else int(character) if character.isdigit() else DIGITS[character]


def _sum(match: re.Match[str]) -> int | None:
    return fen(match["yuan"], match["jiao"], match["fen"])


def _coins(match: re.Match[str]) -> int | None:
    return 10 * _digit(match["count"]) + _digit(match["fen"]) or None


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


MONEY_PATTERNS = (
    Pattern("money", _pattern(rf"{_NOT_INSIDE}{_SUM}"), _sum),
    Pattern(
        "money", _pattern(rf"(?:¥|(?<![A-Za-z])rmb) ?(?P<yuan>{NUMBER})(?:元|块钱?)?"), lambda match: fen(match["yuan"])
    ),
    Pattern(
        "money",
        _pattern(
            rf"{_NOT_INSIDE}(?P<count>{_SMALL})[毛角](?:(?P<fen>{_SMALL})分?(?![个件成])|钱|(?![形落色度楼线巾]|不拔))"
        ),
        _coins,
    ),
    Pattern("money", _pattern(rf"{_NOT_INSIDE}(?P<at>{_ROUGH}){_NO_COUNT}"), lambda match: fen(match["at"])),
)

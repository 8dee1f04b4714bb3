"""How many and which size."""

import re

from bot.nlu.numerals import CHINESE, number_of
from bot.nlu.spans import Pattern

_NOT_INSIDE = r"(?<![\dA-Za-z.第几零〇一二两三四五六七八九十百千万亿每这那哪某])"
_COUNT = rf"(?:\d{{1,4}}|{CHINESE}|俩)"

# 个 counts everything, time and people too; 包 is also in 包邮 and 三包, 双 in 双十一, 套 in 套路.
_NOT_GOODS = (
    r"月|小时|钟|星期|礼拜|工作日|季|人|字|码|号|尺|点|问题|电话|优惠|差评|好评|评|"
    r"机器|客服|忙|价|折|说法|意思|地址|方|快递|东"
)
_COUNTERS = (
    rf"(?:个(?!{_NOT_GOODS})|双(?!1|十)|套(?!路)|只(?!要|有|能|是|想)|包(?!邮|装|裹|退|换|赔|税)|对(?!比|不)|张(?!券)|"
    r"件(?!套|装)|[条盒瓶袋箱支台把份罐桶组顶枚卷串颗朵床副本提板])"
)
_TIMES = r"(?<![\dA-Za-z])(?:(?<=[\u4e00-\u9fff ])[x×*]|数量[是为: ]?|拍)"

_LETTER_SIZE = r"(?:X{1,4}L|[2-9]XL|X{0,2}S|M|L|F)"
_WORD_SIZE = r"(?:均码|加大[码号]|[大小]一[码号]|[大小]一个[码号]|[特加]大[码号]|[大中小]码|(?<![型帐账])[大中小]号)"
_SHOE_SIZE = r"(?:3[4-9]|4[0-6])(?:\.5)?"


def _quantity(match: re.Match[str]) -> int | None:
    number = number_of(match["at"])
    return int(number) or None if number is not None and number == int(number) else None


def _size(match: re.Match[str]) -> str:
    return match["at"].upper()


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


QUANTITY_PATTERNS = (
    Pattern("quantity", _pattern(rf"{_NOT_INSIDE}(?P<at>{_COUNT}){_COUNTERS}(?!几|多少)"), _quantity),
    Pattern("quantity", _pattern(r"(?<=[要买拍来])(?P<at>俩)"), _quantity),
    Pattern("quantity", _pattern(rf"{_TIMES}(?P<at>\d{{1,3}})(?![\d.]|[元块号折cm])"), _quantity),
)

SIZE_PATTERNS = (
    Pattern("size", _pattern(r"(?<![\dA-Za-z])(?P<at>1\d{2}/\d{2,3}[ABCY])(?![A-Za-z])"), _size),
    Pattern("size", _pattern(rf"(?<![A-Za-z0-9])(?P<at>{_LETTER_SIZE})(?![A-Za-z0-9'])"), _size),
    Pattern("size", _pattern(rf"(?P<at>{_WORD_SIZE})"), _size),
    Pattern("size", _pattern(rf"(?<![\dA-Za-z.])(?P<at>\d{{2,3}}|{_SHOE_SIZE})码"), _size),
    Pattern("size", _pattern(rf"(?<![\dA-Za-z.月])(?P<at>{_SHOE_SIZE})(?:号(?!楼|店|线)|的(?!话))"), _size),
)

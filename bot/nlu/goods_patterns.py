"""How many goods are wanted or were bought."""

import re

from bot.nlu.numerals import CHINESE, DIGITS, number_of
from bot.nlu.spans import Pattern
from bot.nlu.words import any_of

# 另一个, 同一件 and 上一瓶 point at a thing, they do not count it.
_NOT_INSIDE = r"(?<![\dA-Za-z.第几零〇一二两三四五六七八九十百千万亿每这那哪某另同上])"
_COUNT = rf"(?:\d{{1,4}}|{CHINESE}|俩)"

# 个 counts everything, time and people too; 包 is also in 包邮 and 三包, 双 in 双十一, 套 in 套路.
_NOT_GOODS = any_of(
    "月 多 小时 钟 星期 礼拜 工作日 季 人 女的 男的 大男 字 码 号 尺 点 问题 电话 优惠 差评 好评 评 机器 客服 忙",
    "价 折 说法 意思 地址 方 快递 东 包裹 订单 单(?![价独]) 链接 角 坑 大?洞 颜色 味 牌子 城市 办法 袖 劲 X 样",
    "意见 解释 理由 机会 视频 图片 截图 短信 账号 手机号 省 市 县 小区 道 话(?![筒梅]) 朋友 客户 亲戚 店",
)
_COUNTERS = any_of(
    f"个(?!{_NOT_GOODS}) 双(?![1十]) 套(?!路) 只(?![要有能是想收退给发]) 包(?![邮装裹退换赔税])",
    "对(?![比不吧吗么了的应方账])",
    "张(?!券|优惠|图|照片|截图) 件(?![套装事]) 条(?![腿评缝]|短信|信息|消息|差评) 片(?![心叶]|好评) 份(?![有额])",
    "把(?![它他她我这那钱地电货退]) 块(?=[肥香]?皂|蛋糕|手?表|毛巾|地垫|布)",
    "[盒瓶袋箱支台罐桶组顶枚卷串颗朵床副本提板株盆捆根束听棵辆筐幅]",
)
# 一箱几瓶 asks what is in one.
_NOT_OF_EACH = r"(?!(?:里面?|是|有|装|大概|能用|可以用|能装)?(?:几|多少|多久))"
_TIMES = r"(?<![\dA-Za-z])(?:(?<=[\u4e00-\u9fff ])[x×*]|数量[是为: ]?|拍)"
_SOME = rf"(?:\d{{1,3}}|{CHINESE})"
# In talk of feet and sizes 拍41 names a size.
_OF_SIZES = re.compile(r"[鞋靴脚穿码裤腰]")
_SHOE_SIZES = range(25, 47)


def _quantity(match: re.Match[str]) -> int | None:
    """七八个 is about so many and no number."""
    said = match["at"]
    if len(said) > 1 and all(character in DIGITS for character in said):
        return None
    number = number_of(said)
    return int(number) or None if number is not None and number == int(number) else None


def _quantity_if_no_size(match: re.Match[str]) -> int | None:
    quantity = _quantity(match)
    return None if quantity in _SHOE_SIZES and _OF_SIZES.search(match.string) else quantity


def _first_digits(match: re.Match[str]) -> int | None:
    return int(re.match(r"\d+", match["at"])[0]) or None  # type: ignore[index]


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


QUANTITY_PATTERNS = (
    Pattern("quantity", _pattern(rf"{_NOT_INSIDE}(?P<at>{_COUNT}){_COUNTERS}{_NOT_OF_EACH}"), _quantity),
    Pattern("quantity", _pattern(rf"(?<=[这那])(?P<at>[1-9]\d{{1,3}}){_COUNTERS}{_NOT_OF_EACH}"), _quantity),
    Pattern("quantity", _pattern(r"数量.{0,8}(?:改[成为]|写成|变成)(?P<at>\d{1,4})(?!\d)"), _quantity),
    # 199两件: the price runs into the count.
    Pattern("quantity", _pattern(rf"(?<=\d)(?P<at>[两二三四五六七八九十]){_COUNTERS}"), _quantity),
    Pattern("quantity", _pattern(rf"[买拍](?P<at>{_SOME}) ?[送赠返免](?=[\d一两二三四五六])"), _quantity),
    Pattern("quantity", _pattern(r"(?<=[要买拍来])(?P<at>俩|仨)"), _quantity),
    Pattern("quantity", _pattern(rf"{_TIMES}(?P<at>\d{{1,3}})(?![\d.]|[元块号折cm码]|的)"), _quantity_if_no_size),
)
"""Found after the shop's own names."""

BOUGHT_PATTERNS = (
    Pattern("quantity", _pattern(r"(?<=[要买拍来订了囤])(?P<at>\d{1,4}[盒包瓶袋罐支条片](?![装的]))"), _first_digits),
)
"""Found before them: a shop may call a size 4盒, and 买了4盒 is still a count."""

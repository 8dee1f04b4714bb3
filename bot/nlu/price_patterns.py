"""Bare numbers that are amounts because of the words around them: 便宜20, 158的, 59还是69, 三十以内."""

import re

from bot.nlu.money_patterns import fen
from bot.nlu.spans import Pattern
from bot.nlu.words import any_of, not_after

_NUMERAL = r"零〇一二两三四五六七八九十百千万"
_NOT_INSIDE = rf"(?<![\dA-Za-z.几第双{_NUMERAL}亿点])"
# What follows makes the number a count or a measure, not an amount.
_MEASURE = any_of(
    "小时 天 件 个 码 号 岁 年 月 日 周 星期 分 秒 时 点 次 张 双 套 盒 包(?![邮括含装]) 瓶 袋 箱 条 片 支 斤 克",
    "两(?![件双条百千万]) 米 寸 升 平 度 层 楼 栋 幢 弄 室 人 位 折 % 厘 毫 公 级 倍 种 款 粒 颗 本 把 台 只 根 枚",
    "罐 桶 组 对(?![吧吗不么的了]) 串 床 副 单 名 季 代 芯 核 瓦 伏 兆 届 路 区 里 字 句 遍 回 多 几 来 万 千 成",
    "样 步 口",
    r"门 桌 积分 页 集 [A-Za-z0-9] [-./~:*×][\dxX]",
)
_NO_MEASURE = f"(?! ?{_MEASURE})"
_ARABIC = r"(?:\d\.\d{1,2}|[1-9]\d{1,4}(?:\.\d{1,2})?)"
# 一百五, 五十, 两千: spoken amounts start with a digit and name a unit; 千万, 十分 and 万一 do not.
_SPOKEN_BY_UNITS = "[一二两三四五六七八九][十百千万][零〇一二两三四五六七八九十百千]*"
_SPOKEN = rf"(?:{_SPOKEN_BY_UNITS}|\d{{1,3}}(?:\.\d{{1,2}})?[百千万]\d?)(?![{_NUMERAL}])"
_AMOUNT = rf"(?:{_ARABIC}|{_SPOKEN})"
_PRICE = rf"(?P<at>{_AMOUNT}){_NO_MEASURE}"

# A bare number next to one of these is an amount.
_BEFORE_WORDS = any_of(
    "便宜 优惠 少 减 立减 满 降到? 抹 抹掉 最低 底价 只要 给我? 卖我? 算我? 就 出 价 价格 付了? 付款 转了? 退我?",
    "退了 退款 补 补我 赔 赔我 赔偿 差价 差 花了? 原价 现价 到手 到手价 预算 一共 总共 合计 凑够? [运邮]费 快递费",
    "收(?!到) 收我 多收 扣了? 返 返现 定金 订金 押金 尾款 金额 总价 单价 标价 报价 门槛 充了? 抵了? 券后 垫了?",
    "打折后 按 才 亏 说好的? 显示 就要 涨了?到? 成了 [变标]成? 结算 别家 人家 网上 拼多多 直播间",
)
_BEFORE = f"{_BEFORE_WORDS}[个了是到给成才要卖我: ]{{0,2}}"
_AFTER_WORDS = any_of(
    "行不行 行不 行吗 可以吗 可以不 可不可以 可以就 可否 能不能 能卖 能行 能拿 能买 能便宜 卖不卖 卖吗 卖我 卖给",
    "拿下 拿走 买的 拍的 包邮 成交 怎么样 好不好 好吗 成不成 成吗 中不中 就买 就拍 就下单 就要 我就 我要 我马上",
    "一口价 左右 以内 以下 以上 之内 块 得了 算了 给我 出不出 不能再 呗 出头 封顶",
    "[两三四五2-9][件双条盒包瓶套](?!装)",
)
_AFTER = f"[的了]?{_AFTER_WORDS}"
# 158的 is the one at 158 yuan; 256的 is a memory size, 925的 a silver.
_MODELS = r"(?:128|256|512|925|990|999)(?!\d)"
_MODEL = re.compile(_MODELS)
_OF_VERSIONS = re.compile(r"蓝牙|版本|系统|笔芯|[近远]视|度数")
_SHOE_SIZE = r"(?:3[4-9]|4[0-6])(?!\d)"
# In talk of bodies and sizes a bare number is one of those.
_OF_BODIES = re.compile(r"[穿码斤岁寸脚鞋]|身高|体重|尺")
# The last ones tell of a price then and now: 昨天看还是89今天咋109.
_OF_PRICES = re.compile(
    any_of(
        r"[价钱贵券块减付卖返赔] (?<!单)元 便宜 优惠 折扣 红包 退款 退我 包邮 运费 邮费 预算 划算 [涨降]了 定金",
        r"押金 金额 差了 行不 拼多多 别家 直播间 凑 太高 发票 开票 余额 话费 充值 提现 首付 满\d{2} \d买的 给\d{2}",
        r"能不能\s?\d{2}",
        r"(?:昨天|前天|昨晚|刚才|刚刚|早上|上午)[^,。]{0,6}\d.{0,3}(?:今天|现在|怎么|咋)",
    )
)
# Before a number these say that it counts or names something else.
_NOT_AFTER = not_after(
    r"[:/*×+-] [A-Za-z%]\s 号 号\s 号是 栋 单元 前 蓝牙 版本 型号 码 码\s 高 宽 长 重 深 厚 电话 热线 打 拨 苹果",
    r"华为 小米 公里 岁",
    "围 [约大]概 之 换 换成",
)
_LOOSE = _NOT_INSIDE + _NOT_AFTER
_NO_YEAR = r"(?!(?:19|20)\d\d(?![\d.])|12315|12345|12306)"


def _bare(match: re.Match[str]) -> int | None:
    return fen(match["at"])


def _of_no_body(match: re.Match[str]) -> int | None:
    """Heights, weights and sizes end at 210."""
    amount = _bare(match)
    of_bodies = amount is not None and amount < 21000 and _OF_BODIES.search(match.string)
    return None if of_bodies or _OF_VERSIONS.search(match.string) else amount


def _in_talk_of_prices(match: re.Match[str]) -> int | None:
    is_model = _MODEL.fullmatch(match["at"]) and not re.search("[块元]", match.string)
    return _of_no_body(match) if _OF_PRICES.search(match.string) and not is_model else None


def _of_no_count(match: re.Match[str]) -> int | None:
    return None if "数量" in match.string else _bare(match)


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


PRICE_PATTERNS = (
    Pattern("money", _pattern(rf"{_BEFORE}{_PRICE}"), _bare),
    Pattern("money", _pattern(rf"{_BEFORE}(?P<at>十[一二三四五六七八九]){_NO_MEASURE}"), _bare),
    Pattern("money", _pattern(rf"(?:便宜|少|减|优惠|抹|降)个?(?P<at>十)(?![{_NUMERAL}分]){_NO_MEASURE}"), _bare),
    Pattern("money", _pattern(rf"能不能 ?(?P<at>[1-9]\d{{1,3}}|{_SPOKEN})(?=[ ,。?!吧]|\Z)"), _bare),
    Pattern("money", _pattern(rf"{_NOT_INSIDE}(?<!换)(?<!换成)(?!{_MODELS}的)(?P<at>{_AMOUNT}){_AFTER}"), _bare),
    Pattern("money", _pattern(rf"{_NOT_INSIDE}(?P<at>{_SPOKEN})(?=的|吧|呢|了|[,。!?~ ]|\Z)"), _bare),
    Pattern("money", _pattern(rf"改[成到为](?!{_SHOE_SIZE})(?P<at>{_AMOUNT})(?=[,。!?吧行可呗 ]|\Z)"), _of_no_count),
    Pattern("money", _pattern(rf"{_NOT_INSIDE}(?P<at>\d{{2,4}})的(?=券|红包|优惠|差价)"), _bare),
    Pattern(
        "money",
        _pattern(rf"{_NOT_INSIDE}(?<!换)(?<!换成)(?!{_MODELS})(?P<at>[1-9]\d{{2}}|\d{{1,4}}\.\d{{1,2}})的"),
        _of_no_body,
    ),
    Pattern("money", _pattern(rf"{_NOT_INSIDE}(?P<at>[1-9]\d{{3}})的(?=[那这]?[款台部])"), _of_no_body),
    Pattern("money", _pattern(rf"{_LOOSE}{_NO_YEAR}(?P<at>{_ARABIC}){_NO_MEASURE}"), _in_talk_of_prices),
    Pattern("money", _pattern(rf"{_LOOSE}(?P<at>{_SPOKEN}){_NO_MEASURE}"), _in_talk_of_prices),
    # 满200-20, 10到15块: the unit stands behind the other one.
    Pattern("money", _pattern(r"满(?P<at>\d{2,5})(?=-\d)"), _bare),
    Pattern("money", _pattern(r"满\d{2,5}-(?P<at>\d{1,4})(?!\d)"), _bare),
    Pattern("money", _pattern(rf"{_NOT_INSIDE}(?P<at>\d{{1,5}})(?=(?:到|至|-|~|或者?)\d{{1,5}}[元块])"), _bare),
    Pattern("money", _pattern(r"\A(?P<at>\d{2,3}|\d{1,5}\.\d{1,2})[吧呢?!。]?\Z"), _bare),
)

"""Amounts in fen and discounts in per mille of the price that is left."""

import re

from bot.nlu.numerals import DIGITS, NUMBER, number_of
from bot.nlu.spans import Pattern

_NOT_INSIDE = r"(?<![\dA-Za-z.几第双零〇一二两三四五六七八九十百千万亿点])"
_SMALL = r"[\d一二三四五六七八九]"

# 块 is also a piece of something, and 一块 means together.
_PIECE = r"(?!儿|起|香皂|肥皂|皂|电池|表|手表|布|毛巾|蛋糕|巧克力|玻璃|抹布|屏|石|木|板|饼|糖|肉|腹肌|地垫|面料|砖|墨)"
_BLOCK = rf"(?:(?<!一)块|(?<=[宜少减差惠抹加补多个\d十百千万]一)块){_PIECE}"
_YUAN = rf"(?:元|圆|块钱|{_BLOCK}|rmb|人民币)"
# What follows makes the number a count or a measure, not an amount.
_MEASURE = (
    r"小时|天|件|个|码|号|岁|年|月|日|周|星期|分|秒|时|点|次|张|双|套|盒|包(?![邮括含装])|瓶|袋|箱|条|片|支|斤|克|两|米|寸|升|平|度|层|楼|栋|室|人|位|折|%|厘|毫|公|"
    r"级|倍|种|款|粒|颗|本|把|台|只|根|枚|罐|桶|组|对|串|床|副|单|月|季|代|芯|核|瓦|伏|兆|届|路|区|里|字|句|遍|回|多|几|来|万|千|[A-Za-z0-9]|[-./~:]\d"
)
_NO_MEASURE = rf"(?! ?(?:{_MEASURE}))"
# A bare number next to one of these is an amount.
_BEFORE = (
    r"(?:便宜|优惠|少|减|立减|满|降到?|抹|抹掉|最低|底价|只要|给我?|卖我?|算我?|就|出|价|价格|付了?|付款|转了?|"
    r"退我?|退了|退款|补|补我|赔|赔我|赔偿|差价|差|花了?|原价|现价|到手|到手价|预算|一共|总共|凑够?|运费|收(?!到)|收我|多收|扣了?|返|"
    r"只有|打折后|按|才|亏|说好的?|显示|就要|只要)(?:个|了|是|到|给|[: ])?"
)
_AFTER = (
    r"(?:的|了)?(?:行不行|行不|行吗|可以吗|可以不|可不可以|可否|能不能|能卖|能行|能拿|能买|能便宜|卖不卖|卖吗|卖我|"
    r"卖给|拿下|拿走|买的|拍的|包邮|成交|怎么样|好不好|好吗|成不成|成吗|中不中|就买|就拍|就下单|就要|我就|我要|我马上|一口价|左右|"
    r"以内|以下|以上|之内|块|得了|算了|给我|出不出|不能再|呗)"
)
_BARE_ARABIC = r"(?:\d\.\d{1,2}|[1-9]\d{1,4}(?:\.\d{1,2})?)"
# "158的" is the one at 158 yuan; 256的 is a memory size, 925的 a silver.
_MODELS = r"128|256|512|925|990|999"
_SHOE_SIZE = r"(?:3[4-9]|4[0-6])(?!\d)"
# In talk of bodies and sizes a bare number is one of those.
_OF_BODIES = re.compile(r"[穿码斤岁寸]|身高|体重|尺")
# 一百五, 五十, 两千: spoken amounts start with a digit and name a unit; 千万, 十分 and 万一 do not.
_SPOKEN = r"[一二两三四五六七八九][十百千万][零〇一二两三四五六七八九十百千]*|\d{1,3}(?:\.\d{1,2})?[百千万]\d?"

_SUM = rf"(?P<yuan>{NUMBER}){_YUAN}(?:(?P<jiao>{_SMALL})(?:[毛角](?P<fen>{_SMALL})?分?)?(?![\d个件天.折]))?"


def _fen(yuan: str, jiao: str | None = None, fen: str | None = None) -> int | None:
    amount = number_of(yuan)
    if amount is None:
        return None
    small = 10 * _digit(jiao) + _digit(fen)
    return int(amount * 100) + small or None


def _digit(character: str | None) -> int:
    return 0 if character is None else int(character) if character.isdigit() else DIGITS[character]


def _sum(match: re.Match[str]) -> int | None:
    return _fen(match["yuan"], match["jiao"], match["fen"])


def _bare(match: re.Match[str]) -> int | None:
    return _fen(match["at"])


def _priced(match: re.Match[str]) -> int | None:
    return None if _OF_BODIES.search(match.string) else _bare(match)


def _coins(match: re.Match[str]) -> int | None:
    amount = number_of(match["count"])
    return None if amount is None else int(amount * 10) or None


def _zhe(match: re.Match[str]) -> int | None:
    """8折 800, 85折 and 八五折 and 8.5折 850; 10折 is none."""
    amount = number_of(match["rate"])
    if amount is None or amount <= 0:
        return None
    return None if amount == 10 else int(amount * (100 if amount < 10 else 10))


def _percent_off(match: re.Match[str]) -> int | None:
    amount = number_of(match["rate"] or match["percent"])
    return int(1000 - amount * 10) if amount is not None and 0 < amount < 100 else None


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


_RATE = r"\d{1,2}(?:\.\d)?|[一二两三四五六七八九](?:点?[一二三四五六七八九])?"
_LESS = r"(?:便宜|优惠|减|降|降价|少|打掉|让|让利|off)[个掉了]?"

DISCOUNT_PATTERNS = (
    Pattern("discount", _pattern(rf"{_NOT_INSIDE}(?P<rate>{_RATE})折(?!叠|腾|扣价|断|射|痕|页|线)"), _zhe),
    Pattern("discount", _pattern(r"(?<!第二件)(?<!第2件)(?:半价|对折)"), lambda match: 500),
    Pattern(
        "discount",
        _pattern(rf"{_LESS}(?P<at>百分之(?P<rate>{NUMBER})|(?P<percent>\d{{1,2}}(?:\.\d)?)(?:%|个点))"),
        _percent_off,
    ),
)

MONEY_PATTERNS = (
    Pattern("money", _pattern(rf"{_NOT_INSIDE}{_SUM}"), _sum),
    Pattern("money", _pattern(rf"¥ ?(?P<yuan>{NUMBER})(?:元|块钱?)?"), lambda match: _fen(match["yuan"])),
    Pattern("money", _pattern(rf"{_NOT_INSIDE}(?P<count>{_SMALL})(?:毛|角)(?:钱|(?![形落色度楼线巾]))"), _coins),
    Pattern("money", _pattern(rf"{_BEFORE}(?P<at>{_BARE_ARABIC}|{_SPOKEN}){_NO_MEASURE}"), _bare),
    Pattern("money", _pattern(rf"{_NOT_INSIDE}(?P<at>{_BARE_ARABIC}|{_SPOKEN}){_AFTER}"), _bare),
    Pattern("money", _pattern(rf"{_NOT_INSIDE}(?P<at>{_SPOKEN})(?=的|吧|呢|了|[,。!?~ ]|\Z)"), _bare),
    Pattern(
        "money", _pattern(rf"改[成到为](?!{_SHOE_SIZE})(?P<at>{_BARE_ARABIC}|{_SPOKEN})(?=[,。!?吧行可呗 ]|\Z)"), _bare
    ),
    Pattern("money", _pattern(rf"{_NOT_INSIDE}(?P<at>\d{{2,4}})的(?=券|红包|优惠|差价)"), _bare),
    Pattern("money", _pattern(rf"{_NOT_INSIDE}(?!{_MODELS})(?P<at>[1-9]\d{{2}}|\d{{1,4}}\.\d{{1,2}})的"), _priced),
    Pattern("money", _pattern(r"\A(?P<at>\d{2,3}|\d{1,5}\.\d{1,2})[吧呢?!。]?\Z"), _bare),
)

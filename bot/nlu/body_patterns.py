"""Body height in cm and weight in kg, as buyers give them to be told a size: 165 110斤, 身高1米7."""

import re
from collections.abc import Callable, Iterator

from bot.nlu.numerals import digits_of, number_of
from bot.nlu.spans import Pattern, Value

_TALL = r"(?:1[3-9]\d|20\d)"
_METRES = r"[1一](?:米|m)[2-9二三四五六七八九](?:\d|[零一二三四五六七八九](?!十))?(?![\d.])"
_POINT_METRES = r"(?:1\.[4-9]\d?|2\.0\d?)(?:米|m)"
_ANY_HEIGHT = rf"(?:{_METRES}|{_POINT_METRES}|{_TALL})"
# 一六五 is a height beside 身高 only: alone it may be anything.
_READ_OUT = r"一[三四五六七八九][零一二三四五六七八九]|一百[零二三四五六七八九]十?[一二三四五六七八九]?"
_NO_NUMBER = r"(?![\d.零一二三四五六七八九十百千]| ?(?:斤|kg|公斤|千克))"

_HEAVY = r"\d{2,3}(?:\.\d)?"
_SPOKEN_HEAVY = r"(?:[一二两][百]|[二三四五六七八九]?十)[零一二三四五六七八九十]{0,3}"
_ANY_HEAVY = rf"(?:{_HEAVY}|{_SPOKEN_HEAVY})"
_UNIT = r"(?:斤|kg|公斤|千克)"
_CENTIMETRES = r"(?:cm|公分|厘米)"
_BETWEEN = rf"{_CENTIMETRES}?[ ,/、]*(?:的?(?:身高|净高|个子|个头|高))?[ ,/、]*(?:体重|重)?[是: ]*"
_ABOUT = r"(?:是|有|大概|大约|差不多|才|快|[: ])*"
_PERSON = (
    r"(?:身高|净高|个子|个头|我|孩子|小孩|宝宝|女儿|儿子|闺女|老公|老婆|媳妇|对象|男朋友|女朋友|男生|女生|"
    r"[爸妈爷奶哥姐弟妹]|他|她)"
)
_WEIGHED = r"(?=[ ,。?!]|\Z|能?穿|可以穿|左右|的?人|选|拍|要穿|什么码|哪|合适|的)"

_NO_LABEL = r"(?![\d.A-Za-z元块件个码号张条双的零一二三四五六七八九十百千斤公]| ?[x×*])"

_NO_FURNITURE = r"(?!的?[\dA-Za-z宽长床桌柜帘*×])"
# 1米8 is said of beds and curtains as often as of people.
_FURNITURE = re.compile(r"[床窗帘门柜桌宽深被笠布]|四件套|沙发|量才|[^高]\d米\d?[长高]")
# With one of these a number of 斤 is a body's, though a child's, or spoken, or run into the next word.
_OF_SOMEBODY = re.compile(
    rf"身高|净高|体重|岁|宝宝|孩子|{_METRES}|{_POINT_METRES}|"
    rf"(?<![\d.]){_TALL}(?:{_CENTIMETRES}|[ ,/、](?!元)|的?身?高|的个)",
    re.IGNORECASE,
)
_OF_WEARING = re.compile(rf"[穿码高胖瘦岁]|{_UNIT}|孩子|宝宝|儿子|女儿", re.IGNORECASE)
# A height below 1米4 is a child's, or a table's.
_OF_A_CHILD = re.compile(r"身高|[岁斤胖瘦穿]|公斤|孩子|宝宝|儿子|女儿|kg", re.IGNORECASE)


def _centimetres(said: str) -> int | None:
    """1米65, 一米六, 1m8, 1.75m, 165, 一六五 and 一百六十五 as cm."""
    if re.match(r"\d\.", said):
        return round(float(said.rstrip("米mM")) * 100)
    if len(halves := re.split("[米mM]", said)) == 2:
        return int(digits_of((halves[0] or "1") + halves[1]).ljust(3, "0"))
    number = number_of(said)
    return None if number is None else int(number)


def _height(match: re.Match[str]) -> int | None:
    return _centimetres(match["at"])


def _height_unless_furniture(match: re.Match[str]) -> int | None:
    tall = _height(match)
    small = tall is not None and tall < 140
    return None if _FURNITURE.search(match.string) or (small and not _OF_A_CHILD.search(match.string)) else tall


def _worn(match: re.Match[str]) -> int | None:
    """米七 and 165公分 are somebody's where the talk is of wearing."""
    return _height_unless_furniture(match) if _OF_WEARING.search(match.string) else None


def kilograms(figure: float, tall_cm: int | None, unit: str = "") -> float:
    """Body weight in kg. Without a unit it is taken as 斤 or kg, whichever makes the likelier body.

    With the height known, whichever comes nearer to a body-mass index of 21; else from 85 on it is 斤.
    """
    if unit == "斤":
        return figure / 2
    if unit:
        return figure
    if tall_cm is None:
        return figure / 2 if figure >= 85 else figure
    usual = 21 * (tall_cm / 100) ** 2
    return min((figure, figure / 2), key=lambda kilos: abs(kilos - usual))


def _kilograms(said: str, tall: str | None, unit: str | None) -> float | None:
    figure = number_of(said)
    return None if figure is None else kilograms(float(figure), _centimetres(tall) if tall else None, unit or "")


def _weight(match: re.Match[str], least: float = 30) -> float | None:
    groups = match.groupdict()
    kilos = _kilograms(match["at"], groups.get("tall"), groups.get("unit"))
    return kilos if kilos is not None and least <= kilos <= 150 else None


def _somebodys_weight(match: re.Match[str]) -> float | None:
    """A child's too: the height or age beside it tells it from goods."""
    return _weight(match, least=5) if _OF_SOMEBODY.search(match.string) else None


def _is_body(tall: str, heavy: str) -> bool:
    """Whether two bare numbers are a body at all: 150/200 is a sheet."""
    centimetres, kilos = _centimetres(tall), _kilograms(heavy, tall, None)
    return bool(centimetres and kilos and 14 <= kilos / (centimetres / 100) ** 2 <= 36)


def _weight_of_pair(match: re.Match[str]) -> float | None:
    return _weight(match) if _is_body(match["tall"], match["at"]) else None


def _height_of_pair(match: re.Match[str]) -> int | None:
    return _height(match) if _is_body(match["at"], match["heavy"]) else None


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


_FIRST = r"(?<![\d.])"
_SPOKEN_FIRST = r"(?<![\d.零一二三四五六七八九十百千万第])"
_ASIDE = r"(?: ?[/,、] ?| )"
# Two bare numbers are a body where nothing but them is said, after 我, or with a stroke between them.
_BARE_PAIRS = (
    (rf"{_FIRST}", _ASIDE, r"\Z"),
    (r"\A", _ASIDE, r"(?![\d元块件个码号])(?!.*[元块])"),
    (rf"{_PERSON}{_ABOUT}", _ASIDE, r"(?=[ ,])"),
    (rf"{_FIRST}", _ASIDE, r"(?= ?(?:[穿选拍]|买什么|买多|要多|什么码|啥码|几码|多大))"),
    (rf"{_FIRST}", "/", _NO_LABEL),
)


def _pairs(entity: str, tall: str, heavy: str, value: Callable[[re.Match[str]], Value | None]) -> Iterator[Pattern]:
    for before, between, after in _BARE_PAIRS:
        yield Pattern(
            entity, _pattern(rf"{before}(?P<{tall}>{_TALL}){between}(?P<{heavy}>{_HEAVY})(?![\d.]){after}"), value
        )


HEIGHT_PATTERNS = (
    Pattern("height_cm", _pattern(rf"(?<!\d)(?P<at>{_METRES})"), _height_unless_furniture),
    Pattern("height_cm", _pattern(rf"{_FIRST}(?P<at>{_POINT_METRES}){_NO_FURNITURE}"), _height),
    Pattern("height_cm", _pattern(rf"身高{_ABOUT}(?P<at>\d{{2,3}}|1\.\d{{1,2}}|{_READ_OUT}){_NO_NUMBER}"), _height),
    Pattern("height_cm", _pattern(rf"{_FIRST}{_HEAVY}{_UNIT}[ ,/、]*(?P<at>{_TALL})(?![\d.]|[元块])"), _height),
    Pattern("height_cm", _pattern(rf"{_PERSON}{_ABOUT}(?P<at>{_TALL}){_NO_NUMBER}(?![元块])"), _height),
    Pattern("height_cm", _pattern(rf"(?<![跟加增偏太提最])高(?P<at>{_TALL}){_NO_NUMBER}(?![元块])"), _height),
    Pattern("height_cm", _pattern(rf"{_FIRST}(?P<at>{_TALL})(?=[ ,]?(?:偏|挺|有点|比较|很)?[瘦胖壮])"), _height),
    Pattern("height_cm", _pattern(rf"(?<![\d.宽长深])(?P<at>1\d\d|20\d|[89]\d|{_READ_OUT}) ?{_CENTIMETRES}"), _worn),
    Pattern(
        "height_cm",
        _pattern(r"(?<![\d.一两二三四五六七八九十厘毫分平千])(?P<at>米[五六七八九][零一二三四五六七八九]?)"),
        _worn,
    ),
    Pattern("height_cm", _pattern(rf"{_FIRST}(?P<at>[89]\d|1\d\d)(?:高(?!度)|的个|的身高)"), _height),
    Pattern("height_cm", _pattern(rf"{_FIRST}(?P<at>{_TALL}|1\.[4-9]\d){_BETWEEN}{_ANY_HEAVY} ?{_UNIT}"), _height),
    *_pairs("height_cm", "at", "heavy", _height_of_pair),
)

WEIGHT_PATTERNS = (
    *_pairs("weight_kg", "tall", "at", _weight_of_pair),
    Pattern("weight_kg", _pattern(rf"(?P<tall>{_METRES})[ ,/、]*(?P<at>{_ANY_HEAVY}){_NO_LABEL}"), _weight_of_pair),
    Pattern(
        "weight_kg",
        _pattern(rf"{_FIRST}(?P<tall>{_TALL})[ ,](?P<at>[一二]百[一二三四五六七八九]?){_NO_LABEL}"),
        _weight_of_pair,
    ),
    Pattern("weight_kg", _pattern(rf"{_METRES}(?P<at>{_ANY_HEAVY}) ?(?:多|来)?(?P<unit>{_UNIT})"), _weight),
    Pattern(
        "weight_kg", _pattern(rf"(?:体重|我|重){_ABOUT}(?P<at>{_ANY_HEAVY}) ?(?:多|来)?(?P<unit>{_UNIT})"), _weight
    ),
    Pattern("weight_kg", _pattern(rf"体重{_ABOUT}(?P<at>{_ANY_HEAVY}){_NO_NUMBER}"), _weight),
    Pattern("weight_kg", _pattern(rf"{_FIRST}(?P<at>{_HEAVY}) ?(?:多|来)?(?P<unit>{_UNIT}){_WEIGHED}"), _weight),
    Pattern(
        "weight_kg", _pattern(rf"{_SPOKEN_FIRST}(?P<at>{_ANY_HEAVY}) ?(?:多|来)?(?P<unit>{_UNIT})"), _somebodys_weight
    ),
)

BODY_PATTERNS = (*HEIGHT_PATTERNS, *WEIGHT_PATTERNS)

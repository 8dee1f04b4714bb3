"""Body height in cm and weight in kg, as buyers give them to be told a size: 165 110斤, 身高1米7."""

import re

from bot.nlu.numerals import number_of
from bot.nlu.spans import Pattern

_TALL = r"1[3-9]\d|20\d"
_HEAVY = r"\d{2,3}(?:\.\d)?"
_CENTIMETRES = r"(?:cm|公分|厘米)"
_UNIT = r"斤|kg|公斤|千克"
_BETWEEN = rf"{_CENTIMETRES}?[ ,/、]*(?:高|身高)?[ ,]*(?:体重|重)?[是: ]*"
_ABOUT = r"(?:是|有|大概|差不多|才|[: ])*"
_PERSON = r"(?:身高|净高|我|孩子|女儿|儿子|老公|老婆|对象|他|她)"
_WEIGHED = r"(?=[ ,。?!]|\Z|能?穿|可以穿|左右|的?人|选|拍|要穿|什么码|哪|合适|的)"

_NO_FURNITURE = r"(?!的?[\dA-Za-z宽长床桌柜帘*×])"
# 1米8 is said of beds and curtains as often as of people.
_FURNITURE = re.compile(r"[床窗帘门柜桌宽深被笠布]|四件套|沙发|量才|[^高]\d米\d?[长高]")

_METRES = (
    r"(?:1米(?P<tens>[4-9]|[四五六七八九])(?P<ones>\d|[一二三四五六七八九])?"
    r"|一米(?P<spoken_tens>[四五六七八九])(?P<spoken_ones>[零一二三四五六七八九])?)(?!\d)"
)


def _spoken_height(match: re.Match[str]) -> int | None:
    if _FURNITURE.search(match.string):
        return None
    tens = match["tens"] or match["spoken_tens"]
    ones = match["ones"] or match["spoken_ones"] or "0"
    return 100 + 10 * int(number_of(tens) or 0) + int(number_of(ones) or 0)


def _metres(match: re.Match[str]) -> int:
    return round(float(match["at"]) * 100)


def _height(match: re.Match[str]) -> int:
    return int(match["at"])


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


def _weight(match: re.Match[str]) -> float | None:
    groups = match.groupdict()
    tall = groups.get("tall")
    kilos = kilograms(float(match["at"]), int(tall) if tall else None, groups.get("unit") or "")
    return kilos if 30 <= kilos <= 150 else None


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


BODY_PATTERNS = (
    Pattern("height_cm", _pattern(_METRES), _spoken_height),
    Pattern("height_cm", _pattern(rf"(?<![\d.])(?P<at>1\.[4-9]\d?|2\.0\d?)(?:米|m){_NO_FURNITURE}"), _metres),
    Pattern("height_cm", _pattern(rf"身高{_ABOUT}(?P<at>\d{{2,3}})(?![\d.])"), _height),
    Pattern("height_cm", _pattern(rf"(?<![\d.]){_HEAVY}(?:{_UNIT})[ ,/、]*(?P<at>{_TALL})(?![\d.]|[元块])"), _height),
    Pattern("height_cm", _pattern(rf"{_PERSON}{_ABOUT}(?P<at>{_TALL})(?![\d.]|[元块斤])"), _height),
    Pattern("height_cm", _pattern(r"(?<![\d.])(?P<at>[89]\d|1\d\d)(?:高(?!度)|的个|的身高)"), _height),
    Pattern("height_cm", _pattern(rf"(?<![\d.])(?P<at>{_TALL}){_BETWEEN}{_HEAVY}(?:{_UNIT})"), _height),
    Pattern("height_cm", _pattern(rf"(?<![\d.])(?P<at>{_TALL})[ ,/、]+{_HEAVY}\Z"), _height),
    Pattern("height_cm", _pattern(rf"\A(?P<at>{_TALL})[ ,/、]+{_HEAVY}(?!\d)(?!.*[元块])"), _height),
    Pattern("weight_kg", _pattern(rf"(?<![\d.])(?P<tall>{_TALL}){_BETWEEN}(?P<at>{_HEAVY})(?P<unit>{_UNIT})"), _weight),
    Pattern("weight_kg", _pattern(rf"(?<![\d.])(?P<tall>{_TALL})[ ,/、]+(?P<at>{_HEAVY})\Z"), _weight),
    Pattern("weight_kg", _pattern(rf"\A(?P<tall>{_TALL})[ ,/、]+(?P<at>{_HEAVY})(?![\d元块件个码号])"), _weight),
    Pattern("weight_kg", _pattern(rf"(?:体重|我|重){_ABOUT}(?P<at>{_HEAVY})(?P<unit>{_UNIT})"), _weight),
    Pattern("weight_kg", _pattern(rf"体重{_ABOUT}(?P<at>{_HEAVY})(?![\d.])"), _weight),
    Pattern("weight_kg", _pattern(rf"(?<![\d.])(?P<at>{_HEAVY})(?P<unit>{_UNIT}){_WEIGHED}"), _weight),
)

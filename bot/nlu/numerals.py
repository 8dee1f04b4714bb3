"""Numbers as Chinese buyers write them: 199, 1,299, 1.2万, 两百五, 一千零八, 八五."""

import re
from decimal import Decimal

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_SECTIONS = {"万": 10**4, "亿": 10**8}
_SUFFIXES = {"百": 100, "千": 1000, "k": 1000, "万": 10**4, "w": 10**4}

ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
# Bounded: a thousand 一 in a row would else be tried from every one of them.
CHINESE = r"[零〇一二两三四五六七八九十百千万亿]{1,16}(?:点[零〇一二三四五六七八九]{1,8})?"
# The pattern that every other module builds on. 万 and 千 may follow Arabic digits, k and w only where no word goes on.
NUMBER = rf"(?:{ARABIC}(?:[百千万]|[kwKW](?![A-Za-z0-9]))?|{CHINESE})"

# One digit of a number that is read out: 幺 stands for 1, so that no one hears 七.
SPOKEN_DIGIT = r"[零〇一二三四五六七八九幺]"
ANY_DIGIT = r"[\d零〇一二三四五六七八九幺]"

_LONGEST = 24  # more digits are no number that anybody counts with, and Python will not even print 4301 of them

_ARABIC = re.compile(rf"({ARABIC})([百千万kw]?)", re.IGNORECASE)


def digits_of(text: str) -> str:
    """The digits in ``text``, Arabic and spoken ones alike, as Arabic digits: 幺三九 0011 is 1390011."""
    return "".join(str(_digit(character)) for character in text if _digit(character) is not None)


def _digit(character: str) -> int | None:
    if character.isdecimal():
        return int(character)
    return 1 if character == "幺" else DIGITS.get(character)


def number_of(text: str) -> Decimal | None:
    """The value of a number in Arabic or Chinese writing, None if it is not one.

    A last bare digit counts one unit below the one before it, as it is spoken: 一百五 is 150,
    两千三 is 2300, 一万二 is 12000; 一百零五 is 105. A row of bare digits is read one by one: 八五 is 85.
    """
    if len(text) > _LONGEST:
        return None
    if match := _ARABIC.fullmatch(text):
        return Decimal(match.group(1).replace(",", "")) * _SUFFIXES.get(match.group(2).lower(), 1)
    whole, point, fraction = text.partition("点")
    number = _whole_number(whole)
    if number is None or not point:
        return None if number is None else Decimal(number)
    decimals = "".join(str(DIGITS.get(character, "")) for character in fraction)
    return Decimal(f"{number}.{decimals}") if len(decimals) == len(fraction) > 0 else None


def _whole_number(text: str) -> int | None:
    if text and all(character in DIGITS for character in text):
        return int("".join(str(DIGITS[character]) for character in text))
    return _unit_number(text)


def _unit_number(text: str) -> int | None:
    """Adds up 二十五, 一千零八, 三万五千. ``digit`` waits for its unit, ``section`` for its 万 or 亿."""
    total, section, digit, last_unit = 0, 0, None, 1
    for character in text:
        if character in _SECTIONS:
            unit = _SECTIONS[character]
            if section + (digit or 0) == 0:
                return None
            # 一万亿: the whole of what stands before is counted in 亿.
            total = (total + section + (digit or 0)) * unit if unit > 10**4 else total + (section + (digit or 0)) * unit
            section, digit, last_unit = 0, None, unit
        elif character in _UNITS:
            if digit is None and (character != "十" or section):
                return None
            section += (1 if digit is None else digit) * _UNITS[character]
            digit, last_unit = None, _UNITS[character]
        elif character in DIGITS:
            if digit:
                return None
            digit = DIGITS[character]
            last_unit = 1 if digit == 0 else last_unit
        else:
            return None
    if not text:
        return None
    tail = (digit or 0) * (last_unit // 10 if last_unit > 10 else 1)
    return total + section + tail

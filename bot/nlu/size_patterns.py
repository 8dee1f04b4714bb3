"""Sizes that any shop's buyers name: letters, words, shoes, cups, inches, memory."""

import re

from bot.nlu.numerals import number_of
from bot.nlu.spans import NOTHING, Pattern

_START = r"(?<![\dA-Za-z.])"
_END = r"(?![\dA-Za-z])"

_LETTER_SIZE = r"(?:X{1,5}L|[2-9]XL|X{0,2}S|M|L|F)"
# L型支架 is a shape, M3螺丝 a thread, 5L a volume.
_NOT_A_SHAPE = r"(?![A-Za-z0-9'+-]|型|形|[.]\d)"
_WORD_SIZE = (
    r"(?:均码|加[大小肥][码号]|加肥加大|[大小]一[码号]|[大小]半[码号]|[大小]一个[码号]|[特超][大小][码号]|[大中小]码|"
    r"(?<![型帐账])[大中小]号)"
)
_SHOE_SIZE = r"(?:3[4-9]|4[0-6])(?:\.5)?"
_SPOKEN_SIZE = r"(?:[二三四五]十[一二三四五六七八九]?|三[四五六七八九]|四[一二三四五六])"
_WORN = r"(?:欧码|穿的?|换成?|改成?|[买要拍]的?|平时|平常|一直|脚|鞋|收到的?|发的?)"
_NO_MEASURE = r"(?![\d.]| ?(?:[元块个件双只条天号斤岁年月日折分度米寸盒包套瓶袋箱支台把份张本倍]|cm|码|[A-Za-z]))"
_OF_SHOES = re.compile(r"[鞋靴脚码]|穿3|穿4")

# Clothes named by the wearer's height, children's above all.
_LENGTHS = r"(?:[6-9]0|1[0-8]0|1[5-8]5)"
_OF_CLOTHES = re.compile(r"[穿娃孩宝衣裤裙码岁]|[儿女][子儿]")

_CUPS = r"(?:70|75|80|85|90|95)[A-G]"
_MEMORY = r"(?:(?:16|32|64|128|256|512)GB?|[1248]TB?)"
_INCHES = r"\d{1,3}(?:\.\d)?英?寸"
# A waist of 2尺3寸 is a body's, 7寸照片 and a 3寸 cut are of anything.
_OF_BODIES = r"(?<!尺)(?<!围)"


def _said(match: re.Match[str]) -> str:
    return match["at"].upper()


def _spoken(match: re.Match[str]) -> str | None:
    number = number_of(match["at"])
    return None if number is None else str(number)


def _shoe(match: re.Match[str]) -> str | None:
    """Without 码 only where shoes or sizes are the talk."""
    return match["at"] if _OF_SHOES.search(match.string) else None


def _length(match: re.Match[str]) -> str | None:
    return match["at"] if _OF_CLOTHES.search(match.string) else None


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


SIZE_PATTERNS = (
    Pattern("size", _pattern(r"(?<![\dA-Za-z])(?P<at>1\d{2}/\d{2,3}[ABCY])(?![A-Za-z])"), _said),
    Pattern("size", _pattern(rf"(?<![A-Za-z0-9])(?P<at>{_LETTER_SIZE}){_NOT_A_SHAPE}"), _said),
    Pattern("size", _pattern(rf"(?P<at>{_WORD_SIZE})"), _said),
    Pattern("size", _pattern(rf"{_START}(?P<at>\d{{2,3}}|{_SHOE_SIZE})码"), _said),
    Pattern("size", _pattern(rf"(?<![零一二三四五六七八九十百千])(?P<at>{_SPOKEN_SIZE})码"), _spoken),
    Pattern("size", _pattern(rf"(?<![\dA-Za-z.月])(?P<at>{_SHOE_SIZE})(?:号(?!楼|店|线)|的(?!话))"), _said),
    Pattern("size", _pattern(rf"欧码[是: ]?(?P<at>{_SHOE_SIZE}){_NO_MEASURE}"), _said),
    Pattern("size", _pattern(rf"{_WORN}[是了: ]?(?P<at>{_SHOE_SIZE}){_NO_MEASURE}"), _shoe),
    Pattern(
        "size", _pattern(rf"(?:(?<=\d还是)|(?<=\d或)|(?<=\d到)|(?<=\d和))(?P<at>{_SHOE_SIZE}){_NO_MEASURE}"), _shoe
    ),
    Pattern(
        "size", _pattern(rf"{_START}(?P<at>{_SHOE_SIZE})(?=(?:还是|或|到|和)(?:3[4-9]|4[0-6])(?![\d.元块]))"), _shoe
    ),
    Pattern("size", _pattern(rf"{_START}(?P<at>{_SHOE_SIZE})(?=的?(?:换|改)成?(?:3[4-9]|4[0-6])(?![\d.元块]))"), _said),
    Pattern(
        "size", _pattern(rf"(?:(?<=\d换)|(?<=\d改)|(?<=\d换成)|(?<=\d改成))(?P<at>{_SHOE_SIZE}){_NO_MEASURE}"), _said
    ),
    Pattern("size", _pattern(rf"(?:穿|换成?|买|拍|选|还是)(?P<at>{_LENGTHS})(?=的|还是|[ ,。?]|\Z)"), _length),
    Pattern("size", _pattern(rf"{_START}(?P<at>{_LENGTHS})(?=还是{_LENGTHS}(?!\d))"), _length),
    Pattern("size", _pattern(rf"{_START}(?P<at>{_CUPS}){_END}"), _said),
    Pattern("size", _pattern(rf"{_START}(?P<at>{_MEMORY}){_END}"), _said),
    Pattern("size", _pattern(rf"{_START}{_OF_BODIES}(?P<at>{_INCHES})(?!照)"), _said),
)

# What fits into a bottle is no size of it, though the shop may sell a 500ml one.
NOT_SIZES = (
    Pattern(NOTHING, _pattern(r"(?:能|可以|要|再)?[装倒喝加兑]\d+(?:ml|毫升|g|克|L|升)(?!的)"), lambda match: ""),
    Pattern(NOTHING, _pattern(rf"(?<![A-Za-z0-9]){_LETTER_SIZE}[型形]"), lambda match: ""),
)

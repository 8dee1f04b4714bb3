"""One spelling for what buyers type in many: full width, traditional characters, !!!!, split numbers."""

import re

import zhconv

# Full-width forms and their half-width twins. 。、《》 have none and stay as they are.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xFFE5: "¥", 0xFF61: "。"}

# Nothing to see in these: zero-width characters, direction marks, control characters; half a
# surrogate pair cannot even be encoded. U+200D is left to _STRAY_JOINER, since emoji are glued with it.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_EMOJI = r"[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]"
_STRAY_JOINER = re.compile(rf"(?<!{_EMOJI})\u200d|\u200d(?!{_EMOJI})")

_DOTS = re.compile(r"\.{2,}|(?:…\.*){2,}|…\.+")
_REPEATED_SIGN = re.compile(r"([!?~。,、;:^])\1+")
# 哈哈哈哈哈 -> 哈哈哈; digits carry meaning, Arabic and Chinese ones alike, and are never shortened.
_REPEATED_LETTER = re.compile(rf"((?![\d_零〇一二两三四五六七八九十百千万亿幺])\w|(?!\ufe0f){_EMOJI})\1{{3,}}")
_WHITE_SPACE = re.compile(r"\s+")

# "138 1234 5678", "3871-0293-8471-0293": first and last group short, all between of four digits. A
# phone number followed by four digits of an order is two numbers: its first group is longer.
_SPLIT_NUMBER = re.compile(r"(?<![\d.])\d{3,6}(?:[ -]\d{4})+(?:[ -]\d{1,6})?(?![\d.]|[ -]\d)")
_PREFIXED_NUMBER = re.compile(
    r"(?<![A-Za-z0-9])(XS|SF|YTO?|JT|JD[A-Z]{0,2}|ZTO?|STO|EMS|YD|DPK)[ -]?"
    r"(\d{3,8}(?:[ -]\d{2,8})+(?:[ -]\d(?!\w))?|\d{7,})(?![\d.])",
    re.IGNORECASE,
)
_LEAST_DIGITS = 11  # a mobile number; anything shorter may be two measures side by side
_MOST_DIGITS = 19


def normalise(text: str) -> str:
    """``text`` in the one spelling that training data, classifier and patterns share.

    Never raises, whatever the text, and changes nothing when run again. Digits are kept; blanks and
    dashes inside one long number (order, waybill, mobile) go. Emoji are kept.
    """
    for _ in range(4):  # one step can enable another (a joiner between repeated signs); settles in two
        again = _normalise_once(text)
        if again == text:
            break
        text = again
    return text


def _normalise_once(text: str) -> str:
    text = _INVISIBLE.sub("", text).translate(_HALF_WIDTH)
    text = _STRAY_JOINER.sub("", text)
    text = zhconv.convert(text, "zh-cn")
    text = _DOTS.sub("…", text)
    text = _REPEATED_SIGN.sub(r"\1", text)
    text = _REPEATED_LETTER.sub(r"\1\1\1", text)
    text = _WHITE_SPACE.sub(" ", text).strip()
    text = _PREFIXED_NUMBER.sub(_join_prefixed, text)
    return _SPLIT_NUMBER.sub(_join, text)


def _join(match: re.Match[str]) -> str:
    digits = re.sub(r"[ -]", "", match.group())
    return digits if _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS else match.group()


def _join_prefixed(match: re.Match[str]) -> str:
    digits = re.sub(r"[ -]", "", match.group(2))
    return match.group(1) + digits if len(digits) <= _MOST_DIGITS else match.group()

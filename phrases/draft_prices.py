"""A price in a draft below what the person may give (BG)."""

import re
from collections.abc import Iterator

from phrases.private_data import Known, Spot
from phrases.speech_kinds import SpeechKind

_GIVES = re.compile("[给算卖收帮]您|优惠价|改[成到价]|成交|可以拿|到手|做到|便宜到")
_AMOUNT = re.compile(
    r"(?<![\d.])(\d{1,6}(?:\.\d{1,2})?)\s?(?:元|块钱?)(?!券|红包|优惠|运费|邮费|差价|定金|补偿|起|以上)"
)
_IS_NO_PRICE = re.compile(
    r"(?:满|减|省|优惠|券|差价?|运费|邮费|退款?|补|便宜|少|送|每|红包|返现?|赔|补偿)(?:了|您|的|还|是|共)?\s?$"
)
_REFUSES = re.compile("[您你](?:说|要|报|提|出)的|难|低于|做?不到|不了|原价|赔钱|亏")
_DISCOUNT = re.compile(r"(?<![\d.])([1-9]\d?(?:\.\d)?|[一二三四五六七八九]{1,2})\s?折(?![叠扣])")
_SPOKEN = str.maketrans("一二三四五六七八九", "123456789")
_ADVICE = "低于您能给的最低价，请先提交主管审批"


def find_low(text: str, known: Known) -> Iterator[Spot]:
    """Amounts and discounts offered for one piece; none where the floor is not known."""
    if known.floor_fen is None:
        return
    for hit, fen in _find_amounts(text):
        if fen < known.floor_fen and _offered(text, hit):
            yield Spot(*hit.span(), SpeechKind.PRICE, _ADVICE)
    for hit in _DISCOUNT.finditer(text):
        if (known.list_fen or 0) * _tenths(hit[1]) / 10 < known.floor_fen and known.list_fen and _offered(text, hit):
            yield Spot(*hit.span(), SpeechKind.PRICE, _ADVICE)


def find_prices(text: str) -> list[int]:
    """Each amount that is the price of something, in fen: no voucher, no freight, nothing off."""
    return [fen for _, fen in _find_amounts(text)]


def _find_amounts(text: str) -> Iterator[tuple[re.Match[str], int]]:
    for hit in _AMOUNT.finditer(text):
        if not _IS_NO_PRICE.search(_clause_before(text, hit.start())):
            yield hit, round(float(hit[1]) * 100)


def _tenths(said: str) -> float:
    """8, 85, 8.5, 八五 → 8 or 8.5."""
    value = float(said.translate(_SPOKEN))
    return value if value < 10 else value / 10


def _clause_before(text: str, at: int) -> str:
    return text[max(text.rfind(sign, 0, at) for sign in "，。！？；,!?\n") + 1 : at]


def _offered(text: str, hit: re.Match[str]) -> bool:
    after = re.split("[，。！？；,!?\n]", text[hit.end() : hit.end() + 12], maxsplit=1)[0]
    clause = _clause_before(text, hit.start()) + hit[0] + after
    return _GIVES.search(clause) is not None and _REFUSES.search(clause) is None

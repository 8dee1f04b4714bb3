"""Numbers, addresses and links in an agent's draft that are not this buyer's to have (PC-05, PC-24)."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from phrases.speech_kinds import SpeechKind


@dataclass(frozen=True)
class Known:
    """What may stand in a draft though it looks like somebody's data or like a claim.

    `phones`: the buyer's own, the shop's, hotlines, in any spelling. `addresses`: the buyer's own, the shop's.
    `texts`: what the buyer has before his eyes anyway: his own messages, the events of his parcels.
    `hosts`: where links may lead, subdomains too. `goods`: the record of the goods that the talk is about (title,
    selling points, attributes): what stands there may be claimed; none: claims are not looked at.
    `floor_fen` and `list_fen`: the lowest price that the person may give for it, and its price; None: not known.
    """

    phones: Collection[str] = ()
    addresses: Collection[str] = ()
    texts: Collection[str] = ()
    hosts: Collection[str] = ()
    goods: Collection[str] = ()
    floor_fen: int | None = None
    list_fen: int | None = None

    @cached_property
    def digits(self) -> frozenset[str]:
        """Every longer run of digits that is no secret."""
        joined = (_GAP.sub("", text) for text in (*self.phones, *self.texts, *self.addresses))
        return frozenset(_without_prefix(run) for text in joined for run in _RUN.findall(text))

    @cached_property
    def places(self) -> tuple[str, ...]:
        return tuple(_SPACE.sub("", text) for text in (*self.addresses, *self.texts))


class Spot(NamedTuple):
    """A stretch of the draft and what is wrong with it."""

    start: int
    end: int
    kind: SpeechKind
    advice: str
    instead: str | None = None


_GAP = re.compile(r"(?<=\d)[ -](?=\d)|(?<=\d)\) ?(?=\d)")
_RUN = re.compile(r"\d{6,19}[Xx]?")
_SPACE = re.compile(r"\s+")
_SPOKEN = str.maketrans("零〇一幺二两三四五六七八九", "0011223456789")
"""Sign for sign, so that places in the text stay."""

_ALONE = r"(?<![\dA-Za-z])"
_MOBILE = re.compile(rf"{_ALONE}(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{{4}}){{2}}(?![\d*])")
_LAND_LINE = re.compile(
    rf"{_ALONE}\(?0(?:10|2\d|[3-9]\d\d)\)?[ -]?[1-9]\d{{6,7}}(?!\d)|{_ALONE}[48]00[ -]?\d{{3}}[ -]?\d{{4}}(?!\d)"
)
_IDENTITY = re.compile(rf"{_ALONE}[1-9]\d{{5}}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}[\dXx](?!\d)")
_CARD = re.compile(rf"{_ALONE}\d{{4}}(?:[ -]?\d{{4}}){{3}}(?:[ -]?\d{{1,3}})?(?!\d)")
_CARD_TALK = re.compile(r"银行卡|这张卡|卡[里上号]|账[号户]|转账|打款|汇款|户名|开户")
_MAIL = re.compile(r"(?<![A-Za-z\d._+-])[A-Za-z\d._+-]{2,40}@[A-Za-z\d-]{1,40}(?:\.[A-Za-z\d-]{2,20}){1,3}")
_LINK = re.compile(
    r"(?:https?://|(?<![A-Za-z\d])www\.)[A-Za-z\d.-]{2,80}(?::\d+)?(?:/[^\s一-鿿，。！？）]{0,300})?"
    r"|(?<![@A-Za-z\d.-])[A-Za-z\d-]{1,40}\.(?:[A-Za-z\d-]{1,40}\.){0,3}"
    r"(?:com|cn|net|top|shop|vip|cc|xyz|org|me|link|club|site|online|store|tv|info)(?![A-Za-z\d-])(?:/[^\s一-鿿，。！？）]{0,300})?",
    re.IGNORECASE,
)
_HOST = re.compile(r"^(?:https?://)?(?:www\.)?([^/:]+)", re.IGNORECASE)

_ROOM = r"(?:[ -]?[\dA-Za-z一二三四五六七八九十]{1,5}(?:号楼|[栋幢座室层楼号]|单元)){0,4}(?:[ -]?\d{2,4}室?)?"
_DATE = "(?![到发送前左右下上晚早寄出就可能会才之])"
_ADDRESS = re.compile(
    rf"(?P<at>[一-鿿]{{2}}(?:路|街|大道|巷|胡同)[东南西北中]?(?:[一二三四五六七八九十]段)?\d{{1,5}}(?:弄\d{{1,4}})?号{_DATE}){_ROOM}"
    r"|(?P<estate>[一-鿿]{2}(?:小区|花园|公寓|苑|新村|社区|广场|大厦|家园|[村镇])[A-Za-z\d]{1,4}(?:号楼|[栋幢座组队]|单元))"
    rf"{_ROOM}"
)

_PHONE_ADVICE = "这个号码不是这位买家的，也不在店铺和快递的名单里，请核对后再发"
_IDENTITY_ADVICE = "聊天里不发完整的证件号，只核对后四位"
_ADDRESS_ADVICE = "这个地址不是这位买家的，请核对后再发"
_CARD_ADVICE = "不发银行卡号，只在订单页面付款和退款"
_LINK_ADVICE = "不发店铺以外的链接，商品和订单请用卡片发送"
_MAIL_ADVICE = "这个邮箱不是这位买家留的，请核对后再发"


def find_private(text: str, known: Known) -> Iterator[Spot]:
    """Everything of the kind, unless the buyer knows it already."""
    for pattern, kind, advice in (
        (_MOBILE, SpeechKind.PRIVACY, _PHONE_ADVICE),
        (_LAND_LINE, SpeechKind.PRIVACY, _PHONE_ADVICE),
        (_IDENTITY, SpeechKind.PRIVACY, _IDENTITY_ADVICE),
    ):
        for hit in pattern.finditer(text.translate(_SPOKEN) if pattern is _MOBILE else text):
            if pattern is _IDENTITY or _number(hit[0]) not in known.digits:
                yield Spot(*hit.span(), kind, advice)
    for hit in _ADDRESS.finditer(text):
        if not any((hit["at"] or hit["estate"]) in place for place in known.places):
            yield Spot(*hit.span(), SpeechKind.PRIVACY, _ADDRESS_ADVICE)
    for hit in _MAIL.finditer(text):
        if not any(hit[0].lower() in place.lower() for place in known.places):
            yield Spot(*hit.span(), SpeechKind.PRIVACY, _MAIL_ADVICE)


def find_ways_out(text: str, known: Known) -> Iterator[Spot]:
    """Bank cards and links that lead out of the shop."""
    for hit in _CARD.finditer(text):
        talk = _CARD_TALK.search(text, max(0, hit.start() - 20), hit.start())
        if (talk or _is_card(_number(hit[0]))) and _number(hit[0]) not in known.digits:
            yield Spot(*hit.span(), SpeechKind.DIVERT, _CARD_ADVICE)
    for hit in _LINK.finditer(text):
        if not _may_lead(hit[0], known.hosts):
            yield Spot(*hit.span(), SpeechKind.DIVERT, _LINK_ADVICE)


def _number(text: str) -> str:
    return _without_prefix("".join(sign for sign in text if sign.isdecimal() or sign in "Xx"))


def _without_prefix(digits: str) -> str:
    return digits[2:] if len(digits) == 13 and digits.startswith("861") else digits


def _is_card(digits: str) -> bool:
    """UnionPay by its first digits and the Luhn sum: of order numbers that long one in a thousand looks so."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return digits.startswith("62") and sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def _may_lead(link: str, hosts: Collection[str]) -> bool:
    host = _HOST.match(link)
    name = host[1].lower() if host else ""
    return any(name == own.lower() or name.endswith(f".{own.lower()}") for own in hosts)

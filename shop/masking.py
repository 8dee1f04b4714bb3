"""Personal data of buyers as staff see it: who needs what in full, and what stands there for everybody else. PC-04."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum

import structlog

from shop.model import Conversation, Holder, Receiver, Role, Staff

log = structlog.get_logger()

STARS = "****"
"""Always as many: the length of what is hidden says nothing."""
MOBILE = re.compile(r"(?<![\dA-Za-z])(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)")
IDENTITY = re.compile(
    r"(?<![\dA-Za-z])\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


class Personal(str, Enum):
    NAME = "姓名"
    PHONE = "电话"
    ADDRESS = "地址"


EVERYTHING, NOTHING = frozenset(Personal), frozenset[Personal]()


@dataclass(frozen=True)
class Need:
    """What a role sees in full: of every buyer, and of the buyer of a talk that its holder has."""

    always: frozenset[Personal] = NOTHING
    while_holding: frozenset[Personal] = NOTHING


NEEDS: dict[Role, Need] = {
    Role.MANAGER: Need(always=EVERYTHING),
    Role.SUPERVISOR: Need(always=EVERYTHING),
    Role.LEADER: Need(),
    Role.PRESALE_AGENT: Need(),
    Role.AFTERSALE_AGENT: Need(while_holding=EVERYTHING),
    Role.AGENT: Need(while_holding=EVERYTHING),
    Role.QUALITY: Need(),
    Role.WAREHOUSE: Need(always=frozenset({Personal.ADDRESS})),
}


def plain_to(staff: Staff, conversation: Conversation) -> frozenset[Personal]:
    """What of this talk's buyer the member of staff sees in full now."""
    if not staff.active:
        return NOTHING
    need = NEEDS[staff.role]
    holds = conversation.holder is Holder.AGENT and conversation.agent_id == staff.id
    return need.always | need.while_holding if holds else need.always


@dataclass
class Sight:
    """One look at one buyer's data: `plain` is given in full, `shown` is what was."""

    plain: frozenset[Personal]
    shown: set[Personal] = field(default_factory=set)

    def name(self, name: str) -> str:
        return self._see(Personal.NAME, name) or mask_name(name)

    def phone(self, phone: str) -> str:
        return self._see(Personal.PHONE, phone) or mask_phone(phone)

    def address(self, receiver: Receiver) -> str:
        """In full, or down to the district."""
        return self._see(Personal.ADDRESS, full_address(receiver)) or mask_address(receiver)

    def text(self, text: str) -> str:
        """What somebody wrote. A phone number in it is as hidden as elsewhere, that of an identity card always."""
        known = mask_identity(text)
        hidden = mask_mobile(known)
        return known if hidden == known else self._see(Personal.PHONE, known) or hidden

    def scan(self, text: str, receiver: Receiver) -> str:
        """What a courier wrote: the receiver's own name and number in it; others are the courier's, to be passed on."""
        for value, see in ((receiver.name, self.name), (receiver.phone, self.phone)):
            if value and value in text:
                text = text.replace(value, see(value))
        return text

    def _see(self, kind: Personal, value: str) -> str:
        """The value, and that it was seen; empty where it may not be."""
        if not value or kind not in self.plain:
            return ""
        self.shown.add(kind)
        return value


@contextmanager
def sight_of(staff: Staff, conversation: Conversation) -> Iterator[Sight]:
    """A look at the buyer's data, put into the log where anything was seen in full: who, whose, what kinds of it."""
    sight = Sight(plain_to(staff, conversation))
    yield sight
    if sight.shown:
        log.info(
            "personal_data.seen",
            staff=staff.id,
            role=staff.role.value,
            conversation_id=conversation.id,
            kinds=sorted(kind.value for kind in sight.shown),
        )


def mask_name(name: str) -> str:
    """李晓明 → 李**, whatever the length."""
    name = name.strip()
    return f"{name[0]}**" if name else ""


def mask_phone(phone: str) -> str:
    """13800138000 → 138****8000, with +86 or an extension too; of other numbers two digits stay, of short ones none."""
    mobile = MOBILE.search(phone)
    if mobile:
        return f"{mobile[1]}{STARS}{mobile[3]}"
    digits = "".join(filter(str.isdecimal, phone))
    if len(digits) < 7:
        return STARS if phone.strip() else ""
    return f"{STARS}{digits[-2:]}"


def full_address(receiver: Receiver) -> str:
    return _area(receiver) + receiver.address


def mask_address(receiver: Receiver) -> str:
    """浙江杭州市西湖区****."""
    return _area(receiver) + (STARS if receiver.address else "")


def _area(receiver: Receiver) -> str:
    """上海上海市闵行区 says the same thing twice."""
    province = "" if receiver.city.startswith(receiver.province) else receiver.province
    return f"{province}{receiver.city}{receiver.district}"


def mask_mobile(text: str) -> str:
    """Every mobile number inside words; an order or waybill number is none."""
    return MOBILE.sub(lambda found: f"{found[1]}{STARS}{found[3]}", text)


def mask_identity(text: str) -> str:
    """Every identity number inside words but for its last four signs: nobody here needs more of it (PC-06)."""
    return IDENTITY.sub(lambda found: f"{STARS}{found[0][-4:]}" if _is_identity(found[0]) else found[0], text)


def _is_identity(number: str) -> bool:
    """The check sign of GB 11643: an order number of the same length hardly ever has it."""
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return number[-1].upper() == _CHECK[total % 11]

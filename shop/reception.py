"""Who receives a buyer who comes: a person, the bot, or a person for whom the bot drafts. CW-05."""

from dataclasses import dataclass
from datetime import datetime, time
from hashlib import sha256

from shop.model import Conversation
from shop.policy import Policy, ReceptionMode, ReceptionSpan
from shop.ports import UnitOfWork
from shop.routing import choose
from shop.seats import is_staffed
from shop.times import local

DEFAULT = ReceptionSpan(time(0), time(0), ReceptionMode.BOT_FIRST)
"""At the hours that no span names."""


@dataclass(frozen=True)
class Reception:
    """`assisted`: the bot drafts for the person; never without `to_person`."""

    to_person: bool
    assisted: bool
    mode: ReceptionMode


def mode_at(policy: Policy, now: datetime) -> ReceptionSpan:
    """The first span that covers the time of day in the shop. Starts count, ends do not."""
    at = local(now).time()
    return next((span for span in policy.reception if _covers(span, at)), DEFAULT)


def _covers(span: ReceptionSpan, at: time) -> bool:
    """One that ends when it starts is the whole day."""
    if span.starts < span.ends:
        return span.starts <= at < span.ends
    return at >= span.starts or at < span.ends


def receive(uow: UnitOfWork, conversation: Conversation, policy: Policy, now: datetime) -> Reception:
    """Where a new session of the buyer begins. Assigns nobody; asked again on the same day it decides by the same lot.

    Whatever the mode, it is the bot where nobody is at work or has room at once (CW-05).
    """
    span = mode_at(policy, now)
    meant = _wants_person(span, conversation, now) and is_staffed(uow, policy, now)
    to_person = meant and choose(uow, conversation, policy).chair is not None
    return Reception(to_person, to_person and span.mode is ReceptionMode.ASSISTED, span.mode)


def _wants_person(span: ReceptionSpan, conversation: Conversation, now: datetime) -> bool:
    if span.mode is ReceptionMode.SHARED:
        return lot(conversation.id, now) < span.share
    return span.mode is not ReceptionMode.BOT_FIRST


def lot(conversation_id: str, now: datetime) -> int:
    """0 to 99, evenly spread, the same all day in the shop's time: a page that loads again changes nothing."""
    drawn = sha256(f"{conversation_id} {local(now).date()}".encode()).digest()
    return int.from_bytes(drawn[:8], "big") % 100

"""What a use case must know of the moment it runs in: the time, the rules, how the shop words things."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from shop.conversations import Line
from shop.model import Conversation
from shop.policy import Policy
from shop.ports import UnitOfWork

Say = Callable[..., Line]
"""A library entry with its facts: `say("agent_hello", service_name="小禾")`. Its text is empty where the shop wants
nothing to be said.
"""


class KeyedReply(NamedTuple):
    """What the shop itself answers to a keyword. `to_person`: and then a person takes over."""

    line: Line
    to_person: bool


ReplyTo = Callable[[UnitOfWork, Conversation, str], KeyedReply | None]
"""The answer to what a buyer typed, where one of the shop's keywords stands in it."""


def no_keywords(uow: UnitOfWork, conversation: Conversation, text: str) -> KeyedReply | None:
    return None


@dataclass(frozen=True)
class Moment:
    now: datetime
    policy: Policy
    say: Say
    reply_to: ReplyTo = no_keywords

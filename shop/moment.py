"""What a use case must know of the moment it runs in: the time, the rules, how the shop words things."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shop.conversations import Line
from shop.policy import Policy

Say = Callable[..., Line]
"""A library entry with its facts: `say("agent_hello", service_name="小禾")`."""


@dataclass(frozen=True)
class Moment:
    now: datetime
    policy: Policy
    say: Say

"""Whose turn it is in a talk that people hold: does the buyer wait for a word, or is everything answered?"""

from dataclasses import dataclass
from datetime import datetime

from shop.conversations import newest_first
from shop.handover import BOT
from shop.model import Conversation, Direction
from shop.ports import UnitOfWork

WAITING_NOTICES = frozenset(
    {
        "handover_queue",
        "handover_failed",
        "too_many",
        "agent_away",
        "agent_busy",
        "agent_slow",
        "transferred",
        "message_taken",
        "still_noted",
        "safe",
    }
)
"""What the shop says to who has to wait for a person; `safe` stands in where one of them cannot be worded. CW-03."""


@dataclass(frozen=True)
class Standing:
    """`waits_since`: from then on the buyer has waited for who holds the talk. `spoke_at`: all is answered, and that
    was the agent's last word. Neither where the agent came unasked and nobody has said anything yet.

    `told`: keys of what the shop has said of itself since anybody last answered.
    """

    waits_since: datetime | None = None
    spoke_at: datetime | None = None
    told: frozenset[str] = frozenset()


def find_standing(uow: UnitOfWork, conversation: Conversation) -> Standing:
    """Of a talk that people hold. A word that was taken back is no answer; nor is a colleague's before a transfer,
    which asked the buyer to wait. Waiting is counted from when this agent got the talk: the queue is not theirs.
    """
    taken = next(iter(uow.handovers.of_conversation(conversation.id)), None)
    waits_since, told = None, set()
    for message in newest_first(uow, conversation):
        if message.direction is Direction.BUYER:
            waits_since = message.created_at
        elif message.direction is Direction.SYSTEM:
            told.add(message.phrase_key or "")
        elif message.direction is Direction.BOT:
            break
        elif message.recalled_at is None:
            if waits_since is None and (taken is None or message.seq > taken.seq):
                return Standing(spoke_at=message.created_at, told=frozenset(told))
            break
    if taken is not None and (waits_since or taken.by == BOT or told & WAITING_NOTICES):
        waits_since = max(waits_since or taken.at, taken.at)
    return Standing(waits_since=waits_since, told=frozenset(told))

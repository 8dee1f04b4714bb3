"""A thought that a buyer splits over several messages: which message is only a piece of it?"""

import re
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

_SAYS_LITTLE = frozenset({"nlu_fallback", "inform", "chitchat"})
_ANSWERS = frozenset({"order_no", "order_tail", "waybill", "phone"})
"""Entities that are answered by themselves, with what the stores know of them."""
_LEADS_ON = re.compile(
    r"([,、，:：]|就是|然后|还有|另外|而且|因为|但是|不过|想问(一?下|问)?|问(一?下|个事)|(那|这)个|(那|这)款|我说的是)[~…]?$"
)
_ENDS = re.compile(r"[?？!！。吗么呢吧]$")


def is_piece(understood: dict[str, Any], tracker: DialogueStateTracker) -> bool:
    """Whether the words mean little alone: nothing that was asked for, no request, no number to look up.

    While the bot waits for an answer (the service form, a question that it asked) every word may be that answer.
    """
    text = str(understood.get("text") or "").strip()
    if _is_awaited(tracker) or any(entity["entity"] in _ANSWERS for entity in understood["entities"]):
        return False
    if _LEADS_ON.search(text):
        return True
    return understood["intent"]["name"] in _SAYS_LITTLE and not _ENDS.search(text)


def _is_awaited(tracker: DialogueStateTracker) -> bool:
    return bool(tracker.active_loop_name or tracker.get_slot("pending"))

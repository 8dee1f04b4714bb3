"""What can go wrong in the shop, as facts. Words for people are found at the edges, once.

ShopError
├── NotFound            ProductUnknown · OrderUnknown · WaybillUnknown · ConversationUnknown · RequestUnknown ·
│                       StaffUnknown
├── NotAllowed          OrderNotYours · VerificationFailed · TooManyTries · NotEligible · BeyondAuthority ·
│                       SignInFailed · NotYourTalk
├── Conflict            WrongState (Decided) · EpochPassed · AlreadyOpen · Duplicate · Taken · SpeechBlocked ·
│                       LeftOpen · NoteNeeded · AutoReplyMissing · CodeTaken · TooMany ·
│                       PhraseChanged · GroupInUse · NameTaken · KeywordTaken
└── BadInput            FieldWrong · TooLong · TooFast · PictureRefused · PhraseRefused · FileRefused ·
                        MoreThanPaid
"""

from typing import Any


class ShopError(Exception):
    """`facts` are what the words need; their names are the keyword arguments given."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(", ".join(f"{name}={value!r}" for name, value in facts.items()))
        self.facts = facts


class NotFound(ShopError):
    pass


class ProductUnknown(NotFound):
    pass


class OrderUnknown(NotFound):
    pass


class WaybillUnknown(NotFound):
    pass


class ConversationUnknown(NotFound):
    pass


class RequestUnknown(NotFound):
    pass


class StaffUnknown(NotFound):
    pass


class NotAllowed(ShopError):
    pass


class SignInFailed(NotAllowed):
    """Never says whether it was the name or the password."""


class NotYourTalk(NotAllowed):
    """A colleague holds the conversation, or the role has no part in it."""


class OrderNotYours(NotAllowed):
    """Never tell a buyer that the order exists: say the same as for OrderUnknown."""


class VerificationFailed(NotAllowed):
    pass


class TooManyTries(NotAllowed):
    pass


class NotEligible(NotAllowed):
    """`rule` names the rule, in words that a buyer may read."""


class BeyondAuthority(NotAllowed):
    pass


class Conflict(ShopError):
    pass


class WrongState(Conflict):
    pass


class Decided(WrongState):
    """Somebody was first: `agent` says who, `status` what was decided."""


class EpochPassed(Conflict):
    """The conversation changed hands while the bot was thinking."""


class AlreadyOpen(Conflict):
    """`number` is the open one."""


class Duplicate(Conflict):
    """The store has such a row already (same number, same turn …). The unit of work can only be left."""


class Taken(Conflict):
    """A colleague was first: `agent` says who."""


class LeftOpen(Conflict):
    """Buyers would be left behind: `talks` are their conversations."""


class AutoReplyMissing(Conflict):
    """Buyers would hear nothing in these states: `states` names them, as people read it."""


class NoteNeeded(Conflict):
    """Not without a word to the people in charge."""


class CodeTaken(Conflict):
    """Another phrase has the `code`; `team` says whether it is one that all share."""


class TooMany(Conflict):
    """There is room for `limit` and no more."""


class PhraseChanged(Conflict):
    """Somebody changed it meanwhile: `theirs` is the phrase as it is now, as plain data."""


class KeywordTaken(Conflict):
    """`keyword` and `other` stand in each other; `scene` is the reply that has the other one, empty for the same."""


class NameTaken(Conflict):
    """There is something of this `name` already."""


class GroupInUse(Conflict):
    """The group has `count` phrases: it takes another one for them."""


class SpeechBlocked(Conflict):
    """The words may not go to a buyer: `findings` says which and what to say instead."""


class BadInput(ShopError):
    pass


class FieldWrong(BadInput):
    pass


class TooLong(BadInput):
    pass


class TooFast(BadInput):
    pass


class PictureRefused(BadInput):
    pass


class MoreThanPaid(BadInput):
    """`left_fen` of what was paid for the order may still go back."""


class PhraseRefused(BadInput):
    """`why` in words for the person who wrote the phrase."""


class FileRefused(BadInput):
    """`problems`: a list of (line, column, reason in Chinese)."""

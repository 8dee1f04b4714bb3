"""What the console may send, checked before anything looks at it."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from desk import forms
from desk.forms import Form, Name, Seq, Text
from shop.agents import DRAFT_LENGTH
from shop.model import NoteKind, SeatState, ServiceKind, ServiceResult

Short = Annotated[Text, Field(max_length=200)]
Long = Annotated[Text, Field(max_length=20_000)]
"""Longer than anything that is kept, so that who pastes too much is told the limit."""
MOST_PHRASES = 10


class Nothing(Form):
    pass


class OfTalk(Form):
    talk: Name


class Listed(Form):
    which: Literal["mine", "queue", "bot", "all"]


class Search(Form):
    words: Short


class Fetch(forms.Fetch):
    talk: Name


class HandBack(OfTalk):
    settled: Long = ""


class Transfer(OfTalk):
    to_staff: Short = ""
    to_group: Short = ""
    reason: Short
    note: Long = ""


class Close(OfTalk):
    kind: Annotated[ServiceKind, Field(strict=False)]
    cause: Short
    result: Annotated[ServiceResult, Field(strict=False)]
    order_no: Short = ""


class UsedPhrase(Form):
    code: Name
    text: Long


class Send(OfTalk):
    """Exactly one of text, picture, card. `attached`: pictures of quick phrases that follow the text."""

    client_msg_id: Name
    text: Long | None = None
    picture: Name | None = None
    card: forms.Card | None = None
    phrases: Annotated[tuple[UsedPhrase, ...], Field(max_length=MOST_PHRASES, strict=False)] = ()
    anyway: bool = False
    attached: Annotated[tuple[Name, ...], Field(max_length=MOST_PHRASES, strict=False)] = ()

    @model_validator(mode="after")
    def check_one(self) -> "Send":
        if sum(part is not None for part in (self.text, self.picture, self.card)) != 1:
            raise ValueError("one of text, picture, card")
        if self.attached and self.text is None:
            raise ValueError("attached to a text")
        return self


class Check(OfTalk):
    text: Long


class OfMessage(OfTalk):
    seq: Seq


class Draft(OfTalk):
    text: Annotated[Text, Field(max_length=DRAFT_LENGTH)]


class Jot(OfTalk):
    client_msg_id: Name
    text: Long
    kind: Annotated[NoteKind, Field(strict=False)] = NoteKind.NOTE


class Tags(OfTalk):
    tags: Annotated[list[Short], Field(max_length=100)]


class Urgent(OfTalk):
    on: bool


class State(Form):
    state: Annotated[SeatState, Field(strict=False)]
    note: Short = ""


class Phrases(Form):
    talk: Name | None = None
    words: Annotated[Text, Field(max_length=500)] = ""
    group: Short = ""


class SavePhrase(Form):
    code: Short
    group: Short
    text: Long
    own: bool = True
    old_code: Short = ""


class RemovePhrase(Form):
    code: Short
    own: bool = True


class OfTask(Form):
    number: Name


class OfAlert(Form):
    id: Seq

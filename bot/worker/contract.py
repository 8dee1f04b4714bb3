"""What the desk and the worker say to each other, as JSON. Shapes: docs/decisions/0002-embedded-agent.md."""

from typing import Annotated, Any, TypedDict

from pydantic import BaseModel, Field, StringConstraints, ValidationError, model_validator

from bot.nlu.pictures import PICTURE_ONLY

LONGEST_TEXT = 5000
MOST_PIECES = 5
MOST_TEXTS = 300

Identifier = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]


class ParseRequest(BaseModel):
    text: Text


class TurnRequest(BaseModel):
    """`text` was typed by a buyer and is never a command; `payload` is one that the bot offered before.

    `earlier` are the pieces of the same thought, sent before `text` and not answered; `patient`: the rest of
    the thought may follow, so words that mean little alone need no answer yet.
    """

    conversation_id: Identifier
    turn_id: Identifier
    text: Text
    payload: Annotated[str, StringConstraints(max_length=LONGEST_TEXT, pattern=r"^/[^/\s]")] | None = None
    photos: list[str] = []
    earlier: Annotated[list[Text], Field(max_length=MOST_PIECES)] = []
    patient: bool = False

    @model_validator(mode="after")
    def check_something_said(self) -> "TurnRequest":
        if not (self.text.strip() or self.payload or self.photos):
            raise ValueError("text")
        return self

    @property
    def said(self) -> str:
        """What Rasa reads."""
        words = " ".join(piece for piece in (*self.earlier, self.text) if piece.strip())
        return self.payload or words or PICTURE_ONLY


class UnderstandRequest(BaseModel):
    """`intents`: what is wanted is asked for as well, not only what it is like."""

    texts: Annotated[list[Text], Field(max_length=MOST_TEXTS)]
    intents: bool = False


class Intent(TypedDict):
    name: str
    confidence: float


class Meanings(TypedDict):
    """One of each a text, in order. A vector has 512 figures and length one; an intent is None where none was asked
    for or recognised.
    """

    vectors: list[list[float]]
    intents: list[Intent | None]


class Reply(TypedDict):
    key: str
    text: str
    buttons: list[dict[str, str]]
    cards: list[dict[str, Any]]


class Understood(TypedDict):
    """`also` is the second request of the message, `mood` the value of a `bot.nlu.mood.Mood` or empty."""

    intent: dict[str, Any]
    ranking: list[dict[str, Any]]
    also: dict[str, Any] | None
    mood: str
    entities: list[dict[str, Any]]


class Answer(Understood):
    """`unfinished`: nothing was said or remembered, the rest of the thought is waited for."""

    turn_id: str
    unfinished: bool
    messages: list[Reply]
    handover: dict[str, Any] | None
    actions: list[str]


_WRONG = {
    "conversation_id": "会话编号 conversation_id 必须填写,且不超过 100 个字符",
    "turn_id": "轮次编号 turn_id 必须填写,且不超过 100 个字符",
    "text": f"消息内容 text 必须填写,且不超过 {LONGEST_TEXT} 个字符",
    "payload": "按钮指令 payload 必须以 / 开头",
    "photos": "图片 photos 必须是文件名的列表",
    "earlier": f"前文 earlier 必须是列表,最多 {MOST_PIECES} 段",
    "patient": "patient 必须是 true 或 false",
    "texts": f"texts 必须是文字的列表,最多 {MOST_TEXTS} 条,每条不超过 {LONGEST_TEXT} 个字符",
    "intents": "intents 必须是 true 或 false",
}


def explain(error: ValidationError) -> str:
    """What is wrong with a request, in Chinese and without what the buyer wrote."""
    fields = [str(problem["loc"][0]) if problem["loc"] else "text" for problem in error.errors(include_input=False)]
    return ";".join(dict.fromkeys(_WRONG.get(field, f"请求格式不正确:{field}") for field in fields))

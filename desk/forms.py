"""What sockets may send us, checked before anything looks at it."""

from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

from shop.errors import FieldWrong


def check_writable(text: str) -> str:
    """JSON can carry halves of characters, which no store and no log takes."""
    text.encode()
    return text


def check_secret_writable(secret: SecretStr) -> SecretStr:
    check_writable(secret.get_secret_value())
    return secret


Text = Annotated[str, AfterValidator(check_writable)]
Name = Annotated[Text, Field(min_length=1, max_length=64, pattern=r"^[^\x00]+$")]
Password = Annotated[SecretStr, Field(min_length=1, max_length=256), AfterValidator(check_secret_writable)]
Token = Annotated[Text, Field(max_length=4096)]
Seq = Annotated[int, Field(ge=0, le=2**31 - 1)]
F = TypeVar("F", bound="Form")


class Form(BaseModel):
    """Unknown fields are passed over: an older desk talks with a newer page."""

    model_config = ConfigDict(strict=True)


class Connect(Form):
    token: Token | None = None
    guest: Token | None = None
    product: Name | None = None


class Open(Connect):
    order: Name | None = None
    since: Seq | None = None
    """The newest seq that the client has; None or 0 for none."""


class Button(Form):
    seq: Seq
    index: Seq


class Card(Form):
    kind: Literal["order", "product"]
    id: Name


class Send(Form):
    """Exactly one of the four."""

    client_msg_id: Name
    text: Text | None = None
    picture: Name | None = None
    button: Button | None = None
    card: Card | None = None

    @model_validator(mode="after")
    def check_one(self) -> "Send":
        if sum(part is not None for part in (self.text, self.picture, self.button, self.card)) != 1:
            raise ValueError("one of text, picture, button, card")
        return self


class Fetch(Form):
    """Forward from `after`, or `limit` messages back from `before`."""

    after: Seq | None = None
    before: Seq | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50

    @model_validator(mode="after")
    def check_one(self) -> "Fetch":
        if (self.after is None) == (self.before is None):
            raise ValueError("one of after, before")
        return self


class Typing(Form):
    pass


class Read(Form):
    seq: Seq


class Rate(Form):
    service: Name
    stars: Annotated[int, Field(ge=1, le=5)]
    comment: Annotated[Text, Field(max_length=500)] = ""


class Person(Form):
    client_msg_id: Name


class SessionRequest(Form):
    """Of third-party widgets; what they send beside it is theirs."""

    session_id: Annotated[Text, Field(max_length=256)] | None = None


class UserUttered(Form):
    message: Text
    session_id: Any = None


def read(form: type[F], data: Any) -> F:
    """Raises FieldWrong, which names the field and keeps what was in it out of the logs."""
    try:
        return form.model_validate({} if data is None else data)
    except ValidationError as error:
        place = error.errors(include_input=False, include_url=False)[0]["loc"]
        raise FieldWrong(field=".".join(map(str, place)) or "form") from error

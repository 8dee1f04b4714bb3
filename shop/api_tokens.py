"""Tokens for the shop's own programs: made once, shown once, ended at any time."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from shop.changes import note_change
from shop.errors import FieldWrong, NotFound, TooMany
from shop.model import ApiToken, ChangeKind, Staff
from shop.ports import UnitOfWork
from shop.sign_in import TOUCH, digest

BEGINS = "dx_"
"""So that a token is known for one wherever it turns up."""
NAME_LENGTH = 30
MOST = 20


@dataclass(frozen=True)
class MadeToken:
    """`secret` is shown now and never again."""

    token: ApiToken
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Bearer:
    """Who asks with a token. `due`: its last use should be noted (`touch_token`)."""

    token: ApiToken
    staff: Staff
    due: bool


def make_token(
    uow: UnitOfWork, by: Staff, name: str, scopes: Sequence[str], *, known: Collection[str], now: datetime
) -> MadeToken:
    """`known`: all scopes that there are. Raises FieldWrong(field), TooMany(limit)."""
    name, chosen = name.strip(), sorted(set(scopes))
    if not 0 < len(name) <= NAME_LENGTH or not name.isprintable():
        raise FieldWrong(field="name", label="名称", value=name)
    if not chosen or not set(chosen) <= set(known):
        raise FieldWrong(field="scopes", label="权限", value=chosen)
    uow.api_tokens.hold()
    if len(uow.api_tokens.standing()) >= MOST:
        raise TooMany(limit=MOST)
    secret = BEGINS + secrets.token_urlsafe(32)
    token = ApiToken(digest(secret), name, by.id, chosen, now)
    uow.api_tokens.add(token)
    note_change(uow, by, ChangeKind.PROGRAM_ACCESS, name, "新增", now, after={"scopes": chosen})
    return MadeToken(token, secret)


def end_token(uow: UnitOfWork, by: Staff, token_id: str, now: datetime) -> None:
    """From the next question on it is refused. Twice is once. Raises NotFound."""
    token = uow.api_tokens.find(token_id)
    if token is None:
        raise NotFound(token_id=token_id)
    if token.ended_at is None:
        token.ended_at = now
        note_change(uow, by, ChangeKind.PROGRAM_ACCESS, token.name, "停用", now, before={"scopes": list(token.scopes)})


def find_bearer(uow: UnitOfWork, secret: str, now: datetime) -> Bearer | None:
    """None for a token that nobody made, that was ended, or whose maker has left."""
    token = uow.api_tokens.find(digest(secret)) if secret.startswith(BEGINS) else None
    staff = uow.people.find(token.staff_id) if token is not None and token.ended_at is None else None
    if token is None or staff is None or not staff.active:
        return None
    return Bearer(token, staff, due=token.used_at is None or now >= token.used_at + TOUCH)


def touch_token(uow: UnitOfWork, token_id: str, now: datetime) -> None:
    token = uow.api_tokens.find(token_id)
    if token is not None:
        token.used_at = now

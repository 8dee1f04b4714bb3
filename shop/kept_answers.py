"""Asking twice does once: what was answered to a question is kept for a day, for who sends it again."""

from datetime import datetime, timedelta

from shop.errors import Conflict, Duplicate, FieldWrong
from shop.model import KeptAnswer
from shop.ports import UnitOfWork

KEPT = timedelta(hours=24)


class StillAnswering(Conflict):
    """The same question is being answered at this moment. `key`."""


class ToldOnce(Conflict):
    """It was done; what was answered is not told a second time. `key`."""


def begin_answer(uow: UnitOfWork, who: str, key: str, question: str, now: datetime) -> KeptAnswer | None:
    """None: it is new, and kept as being answered; the same question goes to nobody else from now on.

    Raises StillAnswering, ToldOnce; FieldWrong where the key came with another question.
    """
    known = uow.kept_answers.find(who, key)
    if known is None or now - known.at >= KEPT:
        uow.kept_answers.forget(now - KEPT)
        try:
            uow.kept_answers.add(KeptAnswer(who, key, question, now))
        except Duplicate as error:
            raise StillAnswering(key=key) from error
        return None
    if known.question != question:
        raise FieldWrong(field="Idempotency-Key", value=key)
    if known.status is None:
        raise StillAnswering(key=key)
    if known.body is None:
        raise ToldOnce(key=key)
    return known


def keep_answer(uow: UnitOfWork, who: str, key: str, status: int, body: str | None) -> None:
    """`body` None: never to be told again."""
    known = uow.kept_answers.find(who, key)
    if known is not None:
        known.status, known.body = status, body


def forget_answer(uow: UnitOfWork, who: str, key: str) -> None:
    """Nothing was done: the same may be asked anew."""
    known = uow.kept_answers.find(who, key)
    if known is not None:
        uow.kept_answers.remove(known)

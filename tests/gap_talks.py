"""Talks in which the bot answers as it is told, well or not, through the use cases of every message."""

from collections.abc import Sequence
from uuid import uuid4

from shop.arriving import post_buyer_message
from shop.conversations import Draft, Line, open_conversation
from shop.first_message import FIRST_TODAY
from shop.moment import Moment
from shop.ports import UnitOfWork
from shop.turns import Answer, Handover, commit_reply, fail_turn
from shop.wiring import Services

ASKED_BACK = Answer([Line("您要问的是哪一项？", "clarify")], intent="nlu_fallback", confidence=0.3)
LOST = Answer([Line("", "handover_queue")], Handover("机器人没听懂"), "nlu_fallback", 0.2)
BEYOND = Answer([Line("抱歉", "refusal")], intent="out_of_scope", confidence=0.8)
FINE = Answer([Line("今天发货", "ship_time")], intent="ask_ship_time", confidence=0.9)


def say(key: str, **facts: object) -> Line:
    """All that is on as shipped."""
    return Line("" if key == FIRST_TODAY else key, key)


def moment_of(services: Services, uow: UnitOfWork) -> Moment:
    return Moment(services.clock.now(), uow.policies.current(), say)


def open_talk(services: Services, guest: str = "g1", buyer_id: str | None = None) -> str:
    with services.unit_of_work() as uow:
        nick = buyer_id or guest
        talk = open_conversation(uow, buyer_id, None if buyer_id else guest, nick, now=services.clock.now()).id
        uow.commit()
    return talk


def send(services: Services, talk: str, text: str, **draft: object) -> str:
    """What the buyer writes to the bot; the id of its turn."""
    with services.unit_of_work() as uow:
        said = Draft(text, **draft)  # type: ignore[arg-type]
        posted = post_buyer_message(uow, talk, uuid4().hex, lambda u, c: said, moment_of(services, uow))
        uow.commit()
    assert posted.turn_id, "the bot does not hold the talk"
    return posted.turn_id


def answer(services: Services, turn_id: str, said: Answer | None, earlier: Sequence[str] = ()) -> None:
    """None: the worker gives none."""
    with services.unit_of_work() as uow:
        at = moment_of(services, uow)
        if said is None:
            fail_turn(uow, turn_id, at, earlier=earlier)
        else:
            commit_reply(uow, turn_id, said, at, earlier=earlier)
        uow.commit()


def ask(services: Services, guest: str, text: str, said: Answer | None = ASKED_BACK) -> str:
    """One question and its answer; the id of the talk."""
    talk = open_talk(services, guest)
    answer(services, send(services, talk, text), said)
    return talk

"""A counter: agents at their seats, one guest, and the desk's look around, each step in a transaction of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar
from uuid import uuid4

from at_work import employ, put_seat

from shop import drafts
from shop.agents import keep_draft, post_agent_message, recall
from shop.arriving import Posted, post_buyer_message
from shop.conversations import Line, messages_after, open_conversation
from shop.first_message import FIRST_TODAY
from shop.model import Alert, AlertKind, Conversation, Direction, Message, ServiceKind, ServiceResult
from shop.moment import Moment
from shop.ports import UnitOfWork
from shop.reaching import call_person
from shop.services import Ending
from shop.silence import Step, find_silent
from shop.takeover import Goal, close, take, transfer
from shop.turns import Answer, commit_reply
from shop.wiring import Services

T = TypeVar("T")
AGENT, COLLEAGUE, LEADER = "321", "331", "200"


def say(key: str, **facts: Any) -> Line:
    """All that is on as shipped."""
    return Line("" if key == FIRST_TODAY else key, key)


class Counter:
    """What the guest hears of the shop is its keys."""

    def __init__(self, services: Services, guest: str = "g1", staff: tuple[str, ...] = (AGENT,)) -> None:
        self.services = services
        for staff_id in staff:
            put_seat(services, staff_id)
        with self.working() as uow:
            self.talk = open_conversation(uow, None, guest, "访客", now=self.now).id

    @property
    def now(self) -> datetime:
        return self.services.clock.now()

    @contextmanager
    def working(self) -> Iterator[UnitOfWork]:
        with self.services.unit_of_work() as uow:
            yield uow
            uow.commit()

    def at(self, uow: UnitOfWork) -> Moment:
        return Moment(self.now, uow.policies.current(), say)

    def rule(self, **rules: int) -> None:
        with self.working() as uow:
            for name, value in rules.items():
                uow.policies.set(name, value, by="test", at=self.now)

    def do(self, step: Callable[[UnitOfWork, str, Moment], T]) -> T:
        with self.working() as uow:
            return step(uow, self.talk, self.at(uow))

    def look(self) -> list[Step]:
        """One look of the desk; what it found and did."""
        with self.services.unit_of_work() as uow:
            found = find_silent(uow, self.at(uow))
        for talk, step in found:
            with self.working() as uow:
                step(uow, talk, self.at(uow))
        return [step for _, step in found]

    def buyer_says(self, text: str = "在吗") -> Posted:
        with self.working() as uow:
            return post_buyer_message(uow, self.talk, uuid4().hex, drafts.text(text), self.at(uow))

    def bot_says(self, posted: Posted, text: str = "有货的") -> None:
        assert posted.turn_id
        with self.working() as uow:
            commit_reply(uow, posted.turn_id, Answer([Line(text, "stock")]), self.at(uow))

    def call_person(self) -> None:
        """The bot gives the talk to people, for a reason that people have, too, when they pass a talk on."""
        self.do(lambda uow, talk, at: call_person(uow, uow.conversations.lock(talk), "买家要求", at))

    def take(self, staff_id: str = AGENT) -> None:
        with self.working() as uow:
            take(uow, self.talk, employ(uow, staff_id), self.at(uow))

    def agent_says(self, text: str = "有的", staff_id: str = AGENT) -> Message:
        with self.working() as uow:
            staff = employ(uow, staff_id)
            say = drafts.text(text)
            return post_agent_message(uow, self.talk, staff, uuid4().hex, say, now=self.now).message

    def agent_takes_back(self, message: Message) -> None:
        with self.working() as uow:
            recall(uow, self.talk, employ(uow, message.author_id), message.seq, self.at(uow))

    def agent_types(self, text: str = "您看", staff_id: str = AGENT) -> None:
        with self.working() as uow:
            keep_draft(uow, self.talk, employ(uow, staff_id), text, self.now)

    def transfer(self, to_staff: str = "", to_group: str = "", by: str = AGENT) -> None:
        goal = Goal("升级处理", to_staff=to_staff, to_group=to_group)
        with self.working() as uow:
            transfer(uow, self.talk, employ(uow, by), goal, self.at(uow))

    def close(self, by: str = AGENT) -> None:
        ending = Ending(ServiceKind.QUESTION, "物流进度", ServiceResult.SOLVED)
        with self.working() as uow:
            close(uow, self.talk, employ(uow, by), ending, self.at(uow))

    @property
    def conversation(self) -> Conversation:
        with self.services.unit_of_work() as uow:
            found = uow.conversations.find(self.talk)
        assert found
        return found

    @property
    def messages(self) -> list[Message]:
        with self.services.unit_of_work() as uow:
            return list(messages_after(uow, self.talk, 0))

    @property
    def heard(self) -> list[str]:
        """Keys of what the shop said of itself, beside the agent's greeting."""
        told = (m for m in self.messages if m.direction in (Direction.SYSTEM, Direction.BOT))
        return [m.phrase_key or "" for m in told if m.phrase_key != "agent_hello"]

    def alerts(self, kind: AlertKind) -> list[Alert]:
        """Oldest first."""
        with self.services.unit_of_work() as uow:
            return [alert for alert in uow.alerts.after(0) if alert.kind is kind]

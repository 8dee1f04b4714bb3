"""A desk that pushes, and things to push."""

import json

from receiving import Receiver
from wire import SECRET

from desk.app import create_app
from desk.context import Desk
from phrases import PhraseBook
from shop.conversations import Line, append_line, open_conversation
from shop.model import Direction, Webhook
from shop.settings import DeskSettings
from shop.wiring import Services
from tests.shop.heard import outbox


def make_desk(services: Services, book: PhraseBook, hosts: str = "127.0.0.1") -> Desk:
    settings = DeskSettings(secret=SECRET, var=services.settings.var, webhook_hosts=hosts)
    desk: Desk = create_app(services, settings, book).other_asgi_app.state.desk
    return desk


def speak(services: Services, *texts: str, buyer: str = "g1") -> None:
    """A transaction for each, as the shop has them."""
    now = services.clock.now()
    for text in texts:
        with services.unit_of_work() as uow:
            talk = open_conversation(uow, None, buyer, "晴天", now=now)
            append_line(uow, uow.conversations.lock(talk.id), Direction.BUYER, Line(text), now)
            uow.commit()


def texts(receiver: Receiver) -> list[str]:
    return [json.loads(each.body)["facts"]["text"] for each in receiver.heard]


def states(services: Services, webhook: Webhook) -> list[str]:
    return [each.state.value for each in outbox(services, webhook)]

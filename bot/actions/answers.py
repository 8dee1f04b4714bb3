"""Intent → answer, for questions that come in the middle of something else."""

from collections.abc import Callable

from bot.actions.base import ShopAction
from bot.actions.talk import Talk
from bot.actions.topics import TOPICS

Answer = Callable[[Talk], None]


def answer_for(intent: str) -> Answer:
    """How an intent is answered outside its rule. One that needs an order starts the form for it."""
    if intent in TOPICS:
        return lambda talk: _start_form(talk, intent)
    return next((cls().answer for cls in _actions() if cls.intent == intent), lambda talk: talk.say("noted"))


def _start_form(talk: Talk, topic: str) -> None:
    talk.remember(next_topic=topic, order_no=None)
    talk.follow_up = "service_form"


def _actions() -> list[type[ShopAction]]:
    return [cls for cls in ShopAction.__subclasses__() if cls.intent]

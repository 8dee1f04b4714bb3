"""Two requests in one message: both are served, in the order that helps."""

from bot.actions.answers import answer_for
from bot.actions.talk import Talk
from bot.actions.topics import FAULT_TOPICS, TOPICS
from bot.nlu.near_intents import are_one_wish

FAULTS = frozenset(FAULT_TOPICS.values())
WISHES = {"request_exchange": "换货", "request_return": "退货退款", "request_refund": "退款", "ask_repair": "维修"}
"""Wishes that a fault goes with: 碎了一个 给换一下 is one case, and the wish its remedy."""


def answer_second(talk: Talk) -> None:
    """After the answer to the first, which needed no order: the second, or the form that it needs."""
    if talk.also and talk.follow_up is None and talk.also != talk.intent:
        answer_for(talk.also)(talk)


def begin(talk: Talk, main: str) -> str:
    """The topic of the form that `main` starts. A question beside it is answered at once, before the form asks
    anything; another wish about an order waits in the slot `later`."""
    also = talk.also
    if {main, also} & FAULTS and {main, also} & WISHES.keys():
        fault, wish = (main, also) if main in FAULTS else (also, main)
        talk.remember(wish=WISHES[wish])
        return fault
    if also == "ask_human" or (also in TOPICS and not are_one_wish(main, also)):
        talk.remember(later=also)
    elif also and also not in TOPICS:
        answer_for(also)(talk)
        talk.follow_up = None
    return main

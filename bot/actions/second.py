"""Several requests in one message: all are served, in the order that helps (PC-21)."""

import re

from bot.actions.answers import answer_for
from bot.actions.talk import BESIDE, Talk
from bot.actions.topics import FAULT_TOPICS, TOPICS
from bot.nlu.near_intents import are_one_wish

FAULTS = frozenset(FAULT_TOPICS.values())
WISHES = {"request_exchange": "换货", "request_return": "退货退款", "request_refund": "退款", "ask_repair": "维修"}
"""Wishes that a fault goes with: 碎了一个 给换一下 is one case, and the wish its remedy."""


CLAUSES = re.compile(r"[\s,，。.!！?？;；、~]+|(?<=[吗呢嘛])")
MANY = 3
"""From so many clauses on a message may ask more than two things."""
SHARE = 0.06
"""Of the second's likelihood: of 12 messages with three or four questions all but one third question have more, and
of 1,536 of the blind set with one or two, 11 show a third that nobody asked, most of which is answered harmlessly."""


def answer_second(talk: Talk) -> None:
    """After the answer to the first, which needed no order: the second, or the form that it needs, then the others.

    Where it is still to be said which product is meant, the second waits with the first.
    """
    if not talk.also or talk.follow_up is not None or talk.also == talk.intent:
        return
    if talk.also in TOPICS and talk.pending == "bargain":  # 便宜20: a buyer who haggles has bought nothing yet
        return
    if talk.said("which_product") and talk.also not in TOPICS:
        talk.remember(pending=f"{talk.pending}{BESIDE}{talk.also}")
        return
    others = [] if talk.also in TOPICS else _find_others(talk)
    for intent in (talk.also, *others):
        answer_for(intent)(talk)


def _find_others(talk: Talk) -> list[str]:
    """Questions beyond the second: only such as need no order."""
    clauses = [clause for clause in CLAUSES.split(talk.text) if len(clause) > 1]
    if len(clauses) < MANY:
        return []
    least = SHARE * talk.chances.get(talk.also, 1.0)
    likely = [name for name, chance in talk.chances.items() if chance >= least]
    return [name for name in likely if name not in (talk.intent, talk.also, *TOPICS)][: len(clauses) - 2]


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

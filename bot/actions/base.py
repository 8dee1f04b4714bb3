"""The frame of every action: a unit of work around it, one place where a ShopError becomes a phrase."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.shortcuts import take_shortcut
from bot.actions.talk import BESIDE, Talk, person_button
from bot.nlu.mood import Mood
from shop.errors import NotEligible, OrderUnknown, ShopError, WaybillUnknown, WrongState
from shop.wiring import Services, wire

DISPUTES = re.compile(
    r"凭什么|凭啥|搞错|弄错|说错|不对|不合理|不讲理|乱说|胡说|瞎说|骗人|霸王|(怎么|咋|为什么|为啥)就?(不能|不可以|不行|不给|不让)"
)
"""The buyer does not agree with what was said."""

OTHER_ORDER = re.compile(r"(另|别的|其他|其它|换)(外)?(一)?(个|笔|单)?的?(订单|单子|单)|不是这(个|笔|一)?(订单|单)")
"""The buyer means another order than the one spoken of."""

NOT_ALLOWED = "not_eligible"
PERSON_OFFERED = "ask_human"
"""Pending after a refusal, with the rule that was told."""
ERROR_PHRASES: dict[type[ShopError], str] = {
    OrderUnknown: "order_unknown",
    WaybillUnknown: "waybill_unknown",
    NotEligible: NOT_ALLOWED,
    WrongState: NOT_ALLOWED,
}
"""What a buyer is told of an error; any other is a fault of ours and goes up."""


STAYS = "bargain"
"""What the bot is waiting for (`pending`) lasts one message; only a price that was named is kept in mind."""


@lru_cache(maxsize=1)
def _own_shop() -> Services:
    return wire()


class ShopAction(Action, ABC):
    """An action named after its intent. Subclasses say what to answer; nothing is kept unless all went well."""

    shop: Callable[[], Services] = staticmethod(_own_shop)
    """This process's shop, opened when first asked for. Tests put theirs here."""
    intent = ""
    in_form = False
    """Part of the service form, which hears a correction of the order itself."""
    soothes = False
    """Begins with an apology of its own, or needs none."""
    understood = True
    """Answers something that was understood: the misses before are forgotten (NL-10)."""

    def name(self) -> str:
        return f"action_{self.intent}"

    @abstractmethod
    def answer(self, talk: Talk) -> None:
        """Say something, remember something."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        shop = type(self).shop()
        with shop.unit_of_work() as uow:
            talk = Talk(uow, shop.clock.now(), tracker, dispatcher)
            told(talk, self.answer if self.in_form else self._answer_alone)
            if not talk.is_draft:
                uow.commit()
            return talk.events() + ([FollowupAction(talk.follow_up)] if talk.follow_up else [])

    def _answer_alone(self, talk: Talk) -> None:
        """Outside the form: words that are plain by themselves first."""
        pending = talk.slot("pending")
        if settle_dispute(talk):
            return
        if self.understood and not self.soothes:
            calm_down(talk)
        if not restart_form(talk) and not take_shortcut(talk):
            self.answer(talk)
            if self.understood:
                _answer_second(talk)
        if self.understood:
            offer_person(talk, again=not self.soothes)
        if pending != STAYS and "pending" not in talk.changes:
            talk.remember(pending=None)
        if self.understood:
            talk.remember(misses=0)


def calm_down(talk: Talk) -> None:
    """An angry buyer is soothed before the facts (NL-25), once a conversation: said again it sounds hollow. PH-29."""
    if talk.mood is Mood.ANGRY and not talk.said_before("soothe"):
        talk.soothe()


def offer_person(talk: Talk, again: bool) -> bool:
    """After the facts: who is angry several messages in a row gets a person (True), who is for the first time is
    asked whether to have one; with `again` False the answer has asked that itself."""
    anger = int(talk.slot("anger") or 0) + 1 if talk.mood is Mood.ANGRY else 0
    talk.remember(anger=anger)
    if anger >= talk.policy.angry_messages:
        talk.remember(anger=0)
        if not talk.said("handover_queue"):
            talk.hand_over("买家情绪激动")
        return True
    if anger and again and talk.follow_up is None:
        talk.say("soothe", cause="转人工", buttons=[person_button()])
    return False


def settle_dispute(talk: Talk) -> bool:
    """A rule is stated once; who does not agree talks to a person about it and hears it no second time (PC-22)."""
    disputes = DISPUTES.search(talk.text) and not OTHER_ORDER.search(talk.text)
    if talk.pending != PERSON_OFFERED or not disputes:
        return False
    _leave_dispute(talk)
    return True


def _leave_dispute(talk: Talk) -> None:
    talk.remember(pending=None, misses=0)
    talk.say(NOT_ALLOWED, disputed=True)
    talk.hand_over("买家不认可规则")


def _answer_second(talk: Talk) -> None:
    from bot.actions.second import answer_second  # it looks the answer up among the actions, which stand on this

    answer_second(talk)


def restart_form(talk: Talk) -> bool:
    """不对,是另一个订单: the last question about an order is asked again, for another one."""
    if not (OTHER_ORDER.search(talk.text) and talk.slot("topic") and talk.conversation.order_no):
        return False
    talk.follow_up = "service_form"
    return True


def told(talk: Talk, answer: Callable[[Talk], None]) -> None:
    """Run it; an error that a buyer may hear of is said in the library's words. Any other goes up."""
    before = talk.slot("pending")
    try:
        answer(talk)
    except ShopError as error:
        key = next((phrase for kind, phrase in ERROR_PHRASES.items() if isinstance(error, kind)), None)
        if key is None:
            raise
        facts: dict[str, Any] = {n: v for n, v in error.facts.items() if isinstance(v, str | int | bool)}
        if key == NOT_ALLOWED:
            rule = str(facts.get("rule", ""))
            if rule and before == f"{PERSON_OFFERED}{BESIDE}{rule}":
                return _leave_dispute(talk)
            talk.remember(pending=f"{PERSON_OFFERED}{BESIDE}{rule}")  # a yes to the offer of a person
            facts["buttons"] = [person_button()]
        talk.say(key, **facts)

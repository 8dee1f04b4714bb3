"""Small talk, bare facts, and what was not understood."""

import re

from bot.actions.answers import answer_for
from bot.actions.bargain import offers_standing
from bot.actions.base import DISPUTES, PERSON_OFFERED, ShopAction
from bot.actions.facts import take_facts
from bot.actions.talk import Talk, button, person_button
from phrases.labels import INTENT_LABELS

TAKES_OFFER = re.compile(
    r"^((好(的|吧|滴|嘞|呀)?|行(吧|啊|的)?|可以的?|成交|ok|OK)(?=[,，。!！~ 就那]|$)|要了|就这|那就(这|要))"
)
PRAISE = re.compile(r"好看|漂亮|喜欢|不错|好美|眼光|可爱|高级|想要")
OFFERED = 3
AGREES = {"bargain": "request_price_change", "ask_human": "ask_human"}
"""What a bare yes means, by what was said last."""
EXPECTED: dict[str, tuple[str, ...]] = {
    "ask_size": ("height_cm", "weight_kg", "product"),
    "ask_delivery_area": ("place",),
    "ask_shipping_fee": ("place",),
    "ask_recommendation": ("money",),
}
"""Facts that answer a question asked last; any other question was which product."""


def agrees_to(talk: Talk) -> str | None:
    """The intent that a yes stands for now; to a price only while one is named."""
    if talk.pending == "bargain" and not offers_standing(talk):
        return None
    return AGREES.get(talk.pending)


def answer_pending(talk: Talk) -> bool:
    """The fact that was asked for last; False where the message does not hold it."""
    pending, beside = talk.pending, talk.beside_pending
    asked = pending not in ("", PERSON_OFFERED) and not offers_standing(talk)
    if not asked or not any(talk.entity(name) for name in EXPECTED.get(pending, ("product",))):
        return False
    talk.remember(pending=None)
    answer_for(pending)(talk)
    if beside:
        answer_for(beside)(talk)
    return True


class Greet(ShopAction):
    intent = "greet"

    def answer(self, talk: Talk) -> None:
        talk.say("greeting")


class Goodbye(ShopAction):
    intent = "goodbye"
    soothes = True

    def answer(self, talk: Talk) -> None:
        talk.say("goodbye")


class Thank(ShopAction):
    intent = "thank"
    soothes = True

    def answer(self, talk: Talk) -> None:
        talk.say("thanks")


class Affirm(ShopAction):
    """A bare yes; to an offer that stands it is the wish to have it, to the offer of a person to talk to one."""

    intent = "affirm"

    def answer(self, talk: Talk) -> None:
        if meant := agrees_to(talk):
            answer_for(meant)(talk)
        else:
            talk.say("agreed")


class Deny(ShopAction):
    intent = "deny"

    def answer(self, talk: Talk) -> None:
        talk.remember(pending=None)
        if DISPUTES.search(talk.text):
            talk.say("declined", disputed=True, buttons=[person_button()])
        else:
            talk.say("declined")


class AskBot(ShopAction):
    intent = "ask_bot"

    def answer(self, talk: Talk) -> None:
        talk.say("about_me", buttons=[person_button()])


class UrgeReply(ShopAction):
    intent = "urge_reply"
    soothes = True

    def answer(self, talk: Talk) -> None:
        talk.say("sorry_wait", buttons=[person_button()])


class Chitchat(ShopAction):
    """Praise of a best-seller is taken up, only where the record says that it is one (requirement PS-06)."""

    intent = "chitchat"
    soothes = True

    def answer(self, talk: Talk) -> None:
        product = talk.product()
        if product is not None and product.best_seller and PRAISE.search(talk.text):
            talk.say("compliment", product=product.title)
        else:
            talk.say("chitchat")


class OutOfScope(ShopAction):
    intent = "out_of_scope"

    def answer(self, talk: Talk) -> None:
        talk.say(
            "refusal",
            about="店外",
            buttons=[button(INTENT_LABELS[i], i) for i in ("ask_recommendation", "track_order")],
        )


class Inform(ShopAction):
    """A bare fact answers the question that was asked last, or shows what is on record about it."""

    intent = "inform"

    def answer(self, talk: Talk) -> None:
        if not answer_pending(talk) and not take_facts(talk):
            talk.say("noted", picture=bool(talk.photos))


class Clarify(ShopAction):
    """Not sure: a fact in the message is taken up, else one question with the likeliest meanings (NL-10).

    A second miss in a row, or a message of which nothing is likely, goes to a person with the transcript.
    """

    intent = "clarify"
    understood = False

    def answer(self, talk: Talk) -> None:
        if talk.photos and talk.text.startswith("["):
            talk.say("noted", picture=True)
            return
        if TAKES_OFFER.match(talk.text) and (meant := agrees_to(talk)):
            answer_for(meant)(talk)
            return
        if answer_pending(talk) or take_facts(talk):
            talk.remember(misses=0)
            return
        misses = int(talk.slot("misses") or 0) + 1
        talk.remember(misses=misses)
        likely = likely_meanings(talk)
        if misses >= talk.policy.misses or not likely:
            talk.remember(misses=0)
            talk.hand_over("机器人没听懂")
            return
        talk.say("clarify", buttons=[*(button(INTENT_LABELS[name], name) for name in likely), person_button()])


def likely_meanings(talk: Talk) -> list[str]:
    """Two or three intents that the message may mean, the likeliest first; none where nothing is likely."""
    least = talk.policy.offer_percent / 100
    meanings = [name for name in talk.chances if name in INTENT_LABELS]
    likely = sum(talk.chances[name] >= least for name in meanings)
    return meanings[: min(max(likely, 2), OFFERED)] if likely else []


class DefaultFallback(ShopAction):
    """No rule fits: the same as not being understood."""

    intent = "default_fallback"
    understood = False

    def answer(self, talk: Talk) -> None:
        Clarify().answer(talk)

"""Bargaining: stand, value, one offer, a request to the manager, a counter-offer, a person (BG-01 to BG-06)."""

from collections.abc import Callable

from bot.actions.base import ShopAction
from bot.actions.presale import ask_product
from bot.actions.talk import Talk, button, person_button
from phrases.describe import describe_tier
from phrases.labels import ACCEPT_OFFER, STILL_DEAR
from shop.bargaining import (
    Ask,
    Move,
    answer_bargain,
    find_offer_for,
    price_change_state,
    use_offer,
)
from shop.cards import product_card
from shop.model import BargainMove, Offer, Order, TaskKind
from shop.offers import Subject, about_order, about_product, is_open
from shop.orders import own_orders, unpaid
from shop.presale import best_tiers, running_promotions


class Bargain(ShopAction):
    intent = "bargain"

    def answer(self, talk: Talk) -> None:
        haggle(talk)


def haggle(talk: Talk) -> None:
    """About the product named or in view, else the one unpaid order."""
    subject = find_subject(talk)
    if subject is None:
        ask_product(talk, "bargain")
        return
    talk.remember(pending="bargain")
    move = answer_bargain(
        talk.uow,
        talk.conversation,
        subject,
        _asked(talk),
        policy=talk.policy,
        now=talk.now,
        turn_id=talk.turn_id,
    )
    ANSWERS[move.kind](talk, subject, move)


def find_subject(talk: Talk) -> Subject | None:
    waiting = unpaid(own_orders(talk.uow, talk.conversation))
    if not talk.entity("product") and len(waiting) == 1:
        return about_order(waiting[0])
    product = talk.product()
    return about_product(product) if product else None


def offers_standing(talk: Talk) -> list[Offer]:
    """What was offered in this talk and still holds."""
    return [o for o in talk.uow.offers.of_conversation(talk.conversation.id) if is_open(o, talk.now)]


def _asked(talk: Talk) -> Ask:
    """What the buyer named: a price, so much less, or a discount."""
    money, discount = talk.entity("money"), talk.entity("discount")
    less = any(word in talk.text for word in ("便宜", "减", "少", "优惠", "抹"))
    return Ask(
        price_fen=money if money and not less else None,
        off_fen=money if money and less else None,
        discount=discount,
    )


def _title(talk: Talk, subject: Subject) -> str | None:
    product = talk.uow.products.find(subject.product_code) if subject.product_code else None
    order = talk.uow.orders.find(subject.order_no) if subject.order_no else None
    return product.title if product else order.goods if order else None


def _say_stand(talk: Talk, subject: Subject, move: Move) -> None:
    product = talk.uow.products.find(subject.product_code) if subject.product_code else None
    reached = best_tiers(running_promotions(talk.uow, talk.now, product), subject.list_fen)
    talk.say("bargain_stand", promotions=[describe_tier(p, tier) for p, tier in reached] or None)


def _say_value(talk: Talk, subject: Subject, move: Move) -> None:
    talk.say("bargain_value")


def _say_offer(talk: Talk, subject: Subject, move: Move) -> None:
    talk.say(
        "bargain_offer",
        product=_title(talk, subject),
        offer_fen=move.offer_fen,
        saved_fen=move.saved_fen,
        discount=move.discount if move.discount and move.discount % 10 == 0 else None,
        expires_at=move.expires_at.isoformat() if move.expires_at else None,
        buttons=_choices(),
    )


def _say_standing(talk: Talk, subject: Subject, move: Move) -> None:
    talk.say(
        "bargain_offer",
        standing=True,
        product=_title(talk, subject),
        offer_fen=move.offer_fen,
        expires_at=move.expires_at.isoformat() if move.expires_at else None,
        buttons=_choices(),
    )


def _say_ask_leader(talk: Talk, subject: Subject, move: Move) -> None:
    due = talk.due_in(talk.policy.approval_minutes)
    talk.say("bargain_ask_leader", asked_fen=move.asked_fen, due_at=due.isoformat())


def _say_counter(talk: Talk, subject: Subject, move: Move) -> None:
    talk.say("bargain_counter", offer_fen=move.offer_fen, buttons=_choices())


def _to_person(talk: Talk, subject: Subject, move: Move) -> None:
    talk.say("bargain_to_person")
    talk.hand_over("议价超出权限", f"{_title(talk, subject)} 原价{subject.list_fen / 100:.2f}")


ANSWERS: dict[BargainMove, Callable[[Talk, Subject, Move], None]] = {
    BargainMove.STAND: _say_stand,
    BargainMove.VALUE: _say_value,
    BargainMove.OFFER: _say_offer,
    BargainMove.STANDING: _say_standing,
    BargainMove.ASK_LEADER: _say_ask_leader,
    BargainMove.COUNTER: _say_counter,
    BargainMove.TO_PERSON: _to_person,
}


def _choices() -> list[dict[str, str]]:
    return [button(ACCEPT_OFFER, "request_price_change"), button(STILL_DEAR, "bargain"), person_button()]


class RequestPriceChange(ShopAction):
    """The price in the store is changed by an offer that stands; the total said is the store's (PY-01)."""

    intent = "request_price_change"

    def answer(self, talk: Talk) -> None:
        orders = unpaid(own_orders(talk.uow, talk.conversation))
        for order in orders:
            offer = find_offer_for(talk.uow, talk.conversation, order, talk.now)
            if offer is None:
                continue
            use_offer(talk.uow, offer, order, talk.now)
            change = price_change_state(order, offer)
            if change.changed:
                talk.say("price_changed", total_fen=change.total_fen, order_no=order.order_no)
                return
        self._no_offer(talk, orders)

    def _no_offer(self, talk: Talk, orders: list[Order]) -> None:
        """An offer waits for its order; without one it is bargaining."""
        standing = offers_standing(talk)
        if not standing:
            haggle(talk)
        elif orders:
            due = talk.put_task(TaskKind.PRICE_CHANGE, f"改价:{talk.text}"[:200])
            talk.say("price_waiting", due_at=due.isoformat(), buttons=[person_button()])
        else:
            self._wait_for_order(talk, standing[0])

    def _wait_for_order(self, talk: Talk, offer: Offer) -> None:
        product = talk.uow.products.find(offer.product_code) if offer.product_code else None
        talk.say(
            "bargain_offer",
            standing=True,
            to_order=True,
            product=product.title if product else None,
            offer_fen=offer.price_fen,
            expires_at=offer.expires_at.isoformat(),
            cards=[product_card(product)] if product else [],
        )

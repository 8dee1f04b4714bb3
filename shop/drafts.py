"""What a buyer can put into a message, each checked against the conversation it goes to. PC-01."""

import json
from itertools import islice

from shop.cards import order_card, product_card
from shop.conversations import Draft, Say, newest_first
from shop.errors import FieldWrong, TooLong
from shop.model import Conversation, Direction, Message
from shop.orders import access_order
from shop.ports import UnitOfWork

ASK_HUMAN = "/ask_human"
PICTURE_TEXT = "[图片]"
"""Stands for a picture wherever only text goes."""
PERSON_TEXT = "转人工"
OFFERS_LOOKED_AT = 200
"""Messages back: an older button is no longer on anybody's screen."""


def text(words: str) -> Say:
    """Typed words, 1 to `policy.text_limit` characters after trimming; a leading slash is a slash and no command."""

    def write(uow: UnitOfWork, conversation: Conversation) -> Draft:
        clean, limit = words.replace("\x00", "").strip(), uow.policies.current().text_limit
        if not clean:
            raise FieldWrong(field="text")
        if len(clean) > limit:
            raise TooLong(limit=limit, length=len(clean))
        return Draft(clean)

    return write


def person() -> Say:
    """转人工."""
    return lambda uow, conversation: Draft(PERSON_TEXT, payload=ASK_HUMAN)


def picture(picture_id: str) -> Say:
    """`picture_id` must have been checked to belong to the conversation."""
    return lambda uow, conversation: Draft(PICTURE_TEXT, kind="picture", cards=({"picture": picture_id},))


def button(seq: int, index: int) -> Say:
    """A button of a message of this conversation; what it does is looked up, never sent by the client."""

    def press(uow: UnitOfWork, conversation: Conversation) -> Draft:
        message = uow.messages.find(conversation.id, seq)
        if message is None or message.direction is Direction.BUYER or not 0 <= index < len(message.buttons):
            raise FieldWrong(field="button")
        return _pressed(message.buttons[index])

    return press


def offered(payload: str) -> Say:
    """A payload that a third-party widget sends back counts if a button here carried it; else it is text."""

    def press(uow: UnitOfWork, conversation: Conversation) -> Draft:
        for message in islice(newest_first(uow, conversation), OFFERS_LOOKED_AT):
            for choice in _buttons_offered(message):
                if choice["payload"] == payload:
                    return _pressed(choice)
        return text(payload)(uow, conversation)

    return press if payload.startswith("/") else text(payload)


def _buttons_offered(message: Message) -> list[dict[str, str]]:
    return [] if message.direction is Direction.BUYER else message.buttons


def _pressed(choice: dict[str, str]) -> Draft:
    """A button without a payload says its title, as in Rasa."""
    return Draft(choice["title"], payload=choice.get("payload", ""))


def send_order(order_no: str) -> Say:
    """One of the buyer's own orders, or one that this guest has proved to own. Raises OrderUnknown for any other."""

    def send(uow: UnitOfWork, conversation: Conversation) -> Draft:
        order = access_order(uow, conversation, order_no)
        payload = _inform(order_no=order.order_no)
        return Draft(f"[订单] {order.order_no}", "card", payload, (order_card(order),), order_no=order.order_no)

    return send


def send_product(code: str) -> Say:
    """A product of the shop; it comes into view."""

    def send(uow: UnitOfWork, conversation: Conversation) -> Draft:
        product = uow.products.get(code)
        payload = _inform(product=product.code)
        return Draft(f"[商品] {product.title}", "card", payload, (product_card(product),), product_code=product.code)

    return send


def _inform(**entities: str) -> str:
    return "/inform" + json.dumps(entities, ensure_ascii=False)

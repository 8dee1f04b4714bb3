"""The talk in the shop window: opening it, its messages, what the shop says unasked. CW-01, CW-02.

Nothing here commits: the caller ends the transaction, so that a message, its turn and a change of holder
stand or fall together.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from shop.errors import ConversationUnknown, TooFast
from shop.model import Buyer, Conversation, Direction, Holder, Message
from shop.policy import Policy
from shop.ports import UnitOfWork

SESSION_IDLE = timedelta(hours=4)
"""A talk that rested this long begins anew with a welcome."""
PAGE = 50
FIRST_PAGE = 4
"""Mostly the newest few are all that is looked at."""


@dataclass(frozen=True)
class Line:
    """What the shop says: a text, the library entry it came from, and what is shown with it."""

    text: str
    key: str | None = None
    buttons: Sequence[Mapping[str, str]] = ()
    cards: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Draft:
    """A buyer's message before it has a number. `payload` is set only where the shop itself offered it."""

    text: str
    kind: str = "text"
    payload: str = ""
    cards: Sequence[Mapping[str, Any]] = ()
    product_code: str | None = None
    order_no: str | None = None


Say = Callable[[UnitOfWork, Conversation], Draft]
"""Makes the draft inside the transaction, where it can be checked against the conversation."""
Speak = Callable[[UnitOfWork, Conversation], Line]
"""Words for a moment that only the transaction knows, e.g. the place in the queue."""


def open_conversation(
    uow: UnitOfWork,
    buyer_id: str | None,
    guest_id: str | None,
    nick: str,
    *,
    now: datetime,
    product_code: str | None = None,
) -> Conversation:
    """The buyer's (or guest's) one conversation, or a new one; a product that is known comes into view."""
    conversation = find_conversation(uow, buyer_id, guest_id)
    if conversation is None:
        conversation = _start(uow, buyer_id, guest_id, nick, now)
    conversation.nick = nick or conversation.nick
    if product_code and uow.products.find(product_code):
        conversation.product_code = product_code
    return conversation


def find_conversation(uow: UnitOfWork, buyer_id: str | None, guest_id: str | None) -> Conversation | None:
    if buyer_id is not None:
        return uow.conversations.find_by_buyer(buyer_id)
    return uow.conversations.find(conversation_id(buyer_id, guest_id))


def conversation_id(buyer_id: str | None, guest_id: str | None) -> str:
    """Follows from who talks, so that two windows that open at once cannot start two conversations."""
    name = f"buyer:{buyer_id}" if buyer_id is not None else f"guest:{guest_id}"
    return uuid5(NAMESPACE_URL, name).hex


def _start(uow: UnitOfWork, buyer_id: str | None, guest_id: str | None, nick: str, now: datetime) -> Conversation:
    if buyer_id is not None and uow.buyers.find(buyer_id) is None:
        uow.buyers.add(Buyer(id=buyer_id, nick=nick, registered_at=now))
    conversation = Conversation(id=conversation_id(buyer_id, guest_id), created_at=now, buyer_id=buyer_id, nick=nick)
    uow.conversations.add(conversation)
    return conversation


def choose_order(uow: UnitOfWork, conversation: Conversation, order_no: str) -> None:
    """The order whose page the window was opened from; another buyer's is ignored like one that does not exist."""
    order = uow.orders.find(order_no)
    if order is not None and conversation.buyer_id == order.buyer_id:
        conversation.order_no = order_no


def greet(uow: UnitOfWork, conversation_id: str, welcome: Speak, now: datetime) -> Message | None:
    """The welcome, once per session (CW-02); None where this session has it, a person holds the talk, or the shop
    wants none.
    """
    conversation = uow.conversations.lock(conversation_id)
    last = uow.messages.find(conversation.id, conversation.last_seq)
    if conversation.holder is not Holder.BOT or (last is not None and now - last.created_at < SESSION_IDLE):
        return None
    line = welcome(uow, conversation)
    return append_line(uow, conversation, Direction.BOT, line, now) if line.text else None


def is_known_buyer(uow: UnitOfWork, conversation: Conversation) -> bool:
    """Has bought here before (CW-15)."""
    return conversation.buyer_id is not None and bool(uow.orders.of_buyer(conversation.buyer_id))


def store_buyer_message(  # noqa: PLR0917  # the parts of one message
    uow: UnitOfWork, conversation: Conversation, client_msg_id: str, say: Say, policy: Policy, now: datetime
) -> tuple[Message, Draft]:
    """What the buyer says, as the next message of the conversation (locked). Raises TooFast, TooLong, FieldWrong …"""
    _check_speed(uow, conversation, policy, now)
    draft = say(uow, conversation)
    return _append_draft(uow, conversation, draft, client_msg_id, now), draft


def _check_speed(uow: UnitOfWork, conversation: Conversation, policy: Policy, now: datetime) -> None:
    """Counted per conversation, never per address: whole offices and phone networks share one."""
    since = now - timedelta(seconds=policy.burst_seconds)
    recent = [m for m in newest_first(uow, conversation, since) if m.direction is Direction.BUYER]
    if len(recent) >= policy.burst_messages:
        raise TooFast(messages=policy.burst_messages, seconds=policy.burst_seconds)


def newest_first(uow: UnitOfWork, conversation: Conversation, since: datetime | None = None) -> Iterator[Message]:
    """Messages younger than `since`, the newest first."""
    below, size = conversation.last_seq + 1, FIRST_PAGE
    while page := uow.messages.before(conversation.id, below, size):
        for message in reversed(page):
            if since is not None and message.created_at <= since:
                return
            yield message
        below, size = page[0].seq, min(2 * size, PAGE)


def said_this_session(uow: UnitOfWork, conversation: Conversation, key: str, now: datetime) -> bool:
    """Whether these words were said since the talk last rested for SESSION_IDLE."""
    later = now
    for message in newest_first(uow, conversation):
        if later - message.created_at >= SESSION_IDLE:
            return False
        if message.phrase_key == key:
            return True
        later = message.created_at
    return False


def _append_draft(
    uow: UnitOfWork, conversation: Conversation, draft: Draft, client_msg_id: str, now: datetime
) -> Message:
    pressed = [{"title": draft.text, "payload": draft.payload}] if draft.payload else []
    line = Line(draft.text, buttons=pressed, cards=draft.cards)
    conversation.last_buyer_at = now
    conversation.product_code = draft.product_code or conversation.product_code
    conversation.order_no = draft.order_no or conversation.order_no
    return append_line(uow, conversation, Direction.BUYER, line, now, kind=draft.kind, client_msg_id=client_msg_id)


def append_notice(uow: UnitOfWork, conversation: Conversation, line: Line, now: datetime) -> Message:
    return append_line(uow, conversation, Direction.SYSTEM, line, now, kind="notice")


def say_notice(uow: UnitOfWork, conversation: Conversation, line: Line, now: datetime) -> Sequence[Message]:
    """Nothing where the shop has switched these words off."""
    return [append_notice(uow, conversation, line, now)] if line.text else []


def append_line(
    uow: UnitOfWork,
    conversation: Conversation,
    direction: Direction,
    line: Line,
    now: datetime,
    **more: Any,
) -> Message:
    """The next message of a conversation that this transaction has locked."""
    conversation.last_seq += 1
    message = Message(
        conversation_id=conversation.id,
        seq=conversation.last_seq,
        direction=direction,
        kind=more.pop("kind", "text"),
        text=line.text,
        created_at=now,
        phrase_key=line.key,
        buttons=[dict(button) for button in line.buttons],
        cards=[dict(card) for card in line.cards],
        **more,
    )
    uow.messages.add(message)
    return message


def get_conversation(uow: UnitOfWork, conversation_id: str) -> Conversation:
    conversation = uow.conversations.find(conversation_id)
    if conversation is None:
        raise ConversationUnknown(conversation_id=conversation_id)
    return conversation


def messages_after(uow: UnitOfWork, conversation_id: str, seq: int, limit: int | None = None) -> Sequence[Message]:
    """What a client that stopped at `seq` missed, in order."""
    return uow.messages.after(conversation_id, seq, limit)


def messages_before(uow: UnitOfWork, conversation_id: str, seq: int, limit: int = PAGE) -> Sequence[Message]:
    """The history above `seq`, in order."""
    return uow.messages.before(conversation_id, seq, limit)

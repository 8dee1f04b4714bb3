"""A price that an agent wants to give: within the own rights at once, beyond them as a request to the leader. HE-06.

Only who holds the talk bargains in it.
"""

from dataclasses import dataclass

from shop.approvals import ask_leader, lowest_of
from shop.changes import note_change
from shop.errors import AlreadyOpen, BeyondAuthority, FieldWrong
from shop.model import Approval, ApprovalState, ChangeKind, Conversation, Offer, Staff
from shop.moment import Moment
from shop.offers import Subject, about_order, about_product, find_standing, give_offer
from shop.orders import access_order
from shop.ports import UnitOfWork
from shop.takeover import check_note, get_own

GIVEN, ASKED = "客服给价", "提交申请"


@dataclass(frozen=True)
class Wish:
    """For an unpaid order of the buyer's, else for a product (the variant, or the cheapest)."""

    price_fen: int
    product_code: str = ""
    sku: str = ""
    order_no: str = ""
    reason: str = ""


def give_price(uow: UnitOfWork, conversation_id: str, staff: Staff, wish: Wish, at: Moment) -> Offer:
    """The buyer's from now on; a better one that stands stays.

    Raises NotYourTalk, ProductUnknown, OrderUnknown, WrongState for an order that is paid, FieldWrong for a price that
    makes no sense, BeyondAuthority(role, lowest_fen), TooLong.
    """
    conversation = get_own(uow, conversation_id, staff)
    subject = _subject(uow, conversation, wish)
    lowest = lowest_of(staff.role, subject.list_fen, at.policy)
    if lowest is None or wish.price_fen < lowest:
        raise BeyondAuthority(role=staff.role.value, lowest_fen=lowest)
    standing = find_standing(uow, conversation, subject, at.now)
    if standing is not None and standing.price_fen <= wish.price_fen:
        return standing
    offer = give_offer(uow, conversation, subject, wish.price_fen, policy=at.policy, now=at.now, by=staff.id)
    before, after = {"price_fen": subject.list_fen}, {"price_fen": wish.price_fen, **_about(wish)}
    note_change(uow, staff, ChangeKind.APPROVAL, offer.number, GIVEN, at.now, before=before, after=after)
    return offer


def ask_for_price(uow: UnitOfWork, conversation_id: str, staff: Staff, wish: Wish, at: Moment) -> Approval:
    """Before the leaders, with the reason. Raises the same but for the authority, and AlreadyOpen(number)."""
    conversation = get_own(uow, conversation_id, staff)
    subject = _subject(uow, conversation, wish)
    for known in uow.approvals.of_conversation(conversation_id):
        same = (known.product_code, known.order_no) == (subject.product_code, subject.order_no)
        if same and known.state is ApprovalState.WAITING:
            raise AlreadyOpen(number=known.number)
    approval = ask_leader(uow, conversation, subject, wish.price_fen, attempt=1, now=at.now, turn_id="")
    after = {"price_fen": wish.price_fen, **_about(wish)}
    before = {"price_fen": subject.list_fen}
    note_change(uow, staff, ChangeKind.APPROVAL, approval.number, ASKED, at.now, before=before, after=after)
    return approval


def _subject(uow: UnitOfWork, conversation: Conversation, wish: Wish) -> Subject:
    if bool(wish.order_no) == bool(wish.product_code):
        raise FieldWrong(field="product_code")
    if wish.order_no:
        subject = about_order(access_order(uow, conversation, wish.order_no))
    else:
        product = uow.products.get(wish.product_code)
        variant = next((v for v in product.variants if v.sku == wish.sku), None)
        subject = about_product(product, variant)
    if not 0 < wish.price_fen < subject.list_fen:
        raise FieldWrong(field="price_fen", value=wish.price_fen, low=1, high=subject.list_fen - 1)
    return subject


def _about(wish: Wish) -> dict[str, str]:
    reason = check_note(wish.reason)
    parts = {"product_code": wish.product_code, "order_no": wish.order_no, "reason": reason}
    return {name: value for name, value in parts.items() if value}

"""What comes of a leader's decision: the buyer hears it at once, or who holds the talk gets it to say. BG-06, BG-07."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from shop.agents import Jotted, add_note
from shop.approvals import decide_approval
from shop.bargain_moves import Move
from shop.bargaining import announce_decision
from shop.changes import note_change
from shop.conversations import Line, append_line, append_notice
from shop.errors import RequestUnknown
from shop.model import (
    AgentDraft,
    Alert,
    AlertKind,
    Approval,
    ApprovalState,
    BargainMove,
    ChangeKind,
    Conversation,
    Direction,
    Holder,
    Note,
    NoteKind,
    Staff,
)
from shop.moment import Moment
from shop.ports import UnitOfWork
from shop.reaching import call_person
from shop.times import local

BEYOND = "议价超出权限"
"""Why a person is called who then decides whether to take the sale (BG-09)."""


@dataclass(frozen=True)
class Verdict:
    """`price_fen` only where the leader names another price than was asked for."""

    state: ApprovalState
    price_fen: int | None = None


@dataclass(frozen=True)
class Handed:
    """To the agent who holds the talk. `draft` None: there is one already, or nothing to say."""

    agent_id: str
    note: Note
    draft: str | None


def find_item(uow: UnitOfWork, approval: Approval) -> str:
    """What it is about, in the shop's words."""
    return find_named(uow, approval.product_code, approval.order_no)


def find_named(uow: UnitOfWork, product_code: str | None, order_no: str | None) -> str:
    """The title of the product, else the goods of the order."""
    product = uow.products.find(product_code) if product_code else None
    order = uow.orders.find(order_no) if order_no else None
    return product.title if product else order.goods if order else ""


def get_approval(uow: UnitOfWork, number: str) -> Approval:
    """Raises RequestUnknown."""
    approval = uow.approvals.find(number)
    if approval is None:
        raise RequestUnknown(number=number)
    return approval


def answer_request(  # noqa: PLR0917  # who decides what, when, and how it is said
    uow: UnitOfWork,
    number: str,
    leader: Staff,
    verdict: Verdict,
    at: Moment,
    choices: Sequence[Mapping[str, str]] = (),
) -> Handed | None:
    """Decides, writes the decision down and passes it on. `choices`: the buttons under a price that is named.

    None where the buyer has been told. Raises what `decide_approval` raises.
    """
    conversation = uow.conversations.lock(get_approval(uow, number).conversation_id)
    approval = decide_approval(
        uow,
        number,
        by=leader.id,
        role=leader.role,
        verdict=verdict.state,
        price_fen=verdict.price_fen,
        policy=at.policy,
        now=at.now,
    ).approval
    _note(uow, approval, leader, at)
    move = announce_decision(uow, number, at.policy, at.now)
    line = _word(uow, approval, move, at, choices)
    if conversation.holder is Holder.AGENT:
        return _hand(uow, conversation, approval, leader, move, line, at)
    if conversation.holder is Holder.QUEUE:
        append_notice(uow, conversation, replace(line, buttons=()), at.now)
        return None
    append_line(uow, conversation, Direction.BOT, line, at.now)
    if move.kind is BargainMove.TO_PERSON:
        note = f"{find_item(uow, approval)} 原价{approval.list_fen / 100:.2f}"
        call_person(uow, conversation, BEYOND, at, note=note)
    return None


def _note(uow: UnitOfWork, approval: Approval, leader: Staff, at: Moment) -> None:
    asked = {"asked_fen": approval.asked_fen, "talk": approval.conversation_id}
    before = {"state": ApprovalState.WAITING.value, "price_fen": approval.list_fen, **asked}
    decided = approval.decided_fen or approval.list_fen
    after = {**before, "state": approval.state.value, "price_fen": decided}
    note_change(
        uow, leader, ChangeKind.APPROVAL, approval.number, approval.state.value, at.now, before=before, after=after
    )


def _word(uow: UnitOfWork, approval: Approval, move: Move, at: Moment, choices: Sequence[Mapping[str, str]]) -> Line:
    """The amounts are those of the offer that now stands."""
    if move.kind is BargainMove.TO_PERSON:
        return at.say("bargain_to_person")
    if move.kind is BargainMove.COUNTER:
        line = at.say("bargain_counter", offer_fen=move.offer_fen, asked_fen=approval.asked_fen)
    else:
        line = at.say(
            "bargain_offer",
            approved=True,
            changed=approval.state is ApprovalState.CHANGED,
            product=find_item(uow, approval),
            offer_fen=move.offer_fen,
            expires_at=move.expires_at.isoformat() if move.expires_at else None,
        )
    return replace(line, buttons=tuple(choices))


def _hand(  # noqa: PLR0917  # the parts of one message to a colleague
    uow: UnitOfWork,
    conversation: Conversation,
    approval: Approval,
    leader: Staff,
    move: Move,
    line: Line,
    at: Moment,
) -> Handed:
    """A note that stays, an alert that rings, and the words to send where nothing is being written."""
    agent_id = conversation.agent_id or ""
    words = _brief(uow, approval, leader, move)
    note = add_note(uow, conversation.id, leader, Jotted(f"approval-{approval.number}", words, NoteKind.NOTE), at.now)
    uow.alerts.add(Alert(AlertKind.APPROVAL, at.now, conversation.id, to_staff=agent_id, note=words))
    written = uow.agent_drafts.find(conversation.id, agent_id)
    draft = None if move.kind is BargainMove.TO_PERSON or (written and written.text.strip()) else line.text
    if draft is not None:
        uow.agent_drafts.put(AgentDraft(conversation.id, agent_id, draft, at.now))
    return Handed(agent_id, note, draft)


def _brief(uow: UnitOfWork, approval: Approval, leader: Staff, move: Move) -> str:
    """For colleagues only."""
    head = f"{leader.name}{approval.state.value}议价申请 {approval.number}({find_item(uow, approval)})"
    if move.offer is None:
        return f"{head},没有可给的优惠价,请您与买家商量"
    until = f"{local(move.offer.expires_at):%m-%d %H:%M} 前有效"
    return f"{head},可以给 {move.offer.price_fen / 100:.2f} 元,{until}"

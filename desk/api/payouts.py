"""Refunds and compensations: given within one's own rights, asked for beyond them, decided by leaders. HE-06, HE-07."""

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field, model_validator

from desk import payouts
from desk.access import CurrentDesk, CurrentTeller
from desk.api.rights import Leader, Receiver
from desk.forms import Form, Name, Text
from desk.shown import Json
from shop.model import PayoutCause, PayoutForm, PayoutKind, PayoutState
from shop.payout_answers import Verdict
from shop.payouts import Wish

router = APIRouter(prefix="/payouts")
VERDICTS = {"同意": PayoutState.GRANTED, "改金额": PayoutState.CHANGED, "拒绝": PayoutState.REJECTED}
Fen = Annotated[int, Field(ge=1, le=2**31 - 1)]
Words = Annotated[Text, Field(max_length=200, pattern=r"^[^\x00]*$")]


class Asked(Form):
    """`client_id`: made by the page for this wish; sent again with the same one, nothing is given a second time."""

    talk: Name
    client_id: Name
    order_no: Name
    kind: Literal["退款", "补偿"]
    amount_fen: Fen
    cause: Annotated[str, Field(pattern="^(" + "|".join(cause.value for cause in PayoutCause) + ")$")] = "其他"
    form: Literal["现金", "优惠券"] = "现金"
    request_no: Name | None = None
    reason: Words = ""

    def as_wish(self) -> Wish:
        return Wish(
            order_no=self.order_no,
            kind=PayoutKind(self.kind),
            amount_fen=self.amount_fen,
            cause=PayoutCause(self.cause),
            client_id=self.client_id,
            form=PayoutForm(self.form),
            request_no=self.request_no or "",
            reason=self.reason,
        )


class Decision(Form):
    """`amount_fen` with 改金额, and only then."""

    verdict: Literal["同意", "改金额", "拒绝"]
    amount_fen: Fen | None = None
    words: Words = ""

    @model_validator(mode="after")
    def check_amount(self) -> "Decision":
        if (self.verdict == "改金额") != (self.amount_fen is not None):
            raise ValueError("amount_fen with 改金额")
        return self


@router.get("")
async def requests(staff: Leader, desk: CurrentDesk) -> Json:
    """`{waiting: [payout] oldest first, decided: [payout] newest first}`."""
    return await desk.look(lambda uow: payouts.list_payouts(uow, desk, staff))


@router.get("/choices/{talk}")
async def choices(talk: Name, staff: Receiver, desk: CurrentDesk) -> Json:
    """`{causes, orders}`, see `shop.payout_choices.find_choices`; of a talk that one holds."""
    return await payouts.show_choices(desk, talk, staff)


@router.post("")
async def give(form: Asked, staff: Receiver, desk: CurrentDesk, teller: CurrentTeller) -> Json:
    """Errors `beyond_authority` with `most_fen`, `more_than_paid` with `left_fen`, `already_open`, `conflict`."""
    return {"payout": await payouts.give(desk, teller, form.talk, staff, form.as_wish())}


@router.post("/requests")
async def ask(form: Asked, staff: Receiver, desk: CurrentDesk, teller: CurrentTeller) -> Json:
    """Before the leaders, with a reason. Errors `more_than_paid`, `already_open`, `conflict`."""
    return {"payout": await payouts.ask_leaders(desk, teller, form.talk, staff, form.as_wish())}


@router.post("/{number}/decision")
async def decide(number: Name, form: Decision, staff: Leader, desk: CurrentDesk, teller: CurrentTeller) -> Json:
    """Errors `beyond_authority`, `more_than_paid`, `decided` with `agent` and `status` where somebody was first."""
    verdict = Verdict(VERDICTS[form.verdict], form.amount_fen, form.words)
    return {"payout": await payouts.decide(desk, teller, number, staff, verdict)}

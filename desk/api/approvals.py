"""Prices beyond the bot's and the agents' rights: asked for, decided. BG-05 to BG-08, HE-06."""

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field, model_validator

from desk import approving
from desk.access import CurrentDesk, CurrentTeller
from desk.api.rights import Leader, Receiver
from desk.forms import Form, Name, Text
from desk.shown import Json
from shop.agent_prices import Wish
from shop.approval_answers import Verdict
from shop.model import ApprovalState

router = APIRouter()
VERDICTS = {"同意": ApprovalState.GRANTED, "拒绝": ApprovalState.REJECTED, "改价": ApprovalState.CHANGED}
Fen = Annotated[int, Field(ge=1, le=2**31 - 1)]


class Decision(Form):
    """`price_fen` with 改价, and only then."""

    verdict: Literal["同意", "拒绝", "改价"]
    price_fen: Fen | None = None

    @model_validator(mode="after")
    def check_price(self) -> "Decision":
        if (self.verdict == "改价") != (self.price_fen is not None):
            raise ValueError("price_fen with 改价")
        return self


class Asked(Form):
    """For an unpaid order or for a product, one of them."""

    talk: Name
    price_fen: Fen
    product_code: Name | None = None
    sku: Name | None = None
    order_no: Name | None = None
    reason: Annotated[Text, Field(max_length=200, pattern=r"^[^\x00]*$")] = ""

    def as_wish(self) -> Wish:
        return Wish(self.price_fen, self.product_code or "", self.sku or "", self.order_no or "", self.reason)


@router.get("/approvals")
async def requests(staff: Leader, desk: CurrentDesk) -> Json:
    """`{waiting: [request] oldest first, decided: [request] newest first, role, minutes}`."""
    return await desk.look(lambda uow: approving.list_requests(uow, desk, staff))


@router.get("/approvals/count")
async def count(staff: Leader, desk: CurrentDesk) -> Json:
    return {"waiting": await approving.count_waiting(desk)}


@router.post("/approvals/{number}/decision")
async def decide(number: Name, form: Decision, staff: Leader, desk: CurrentDesk, teller: CurrentTeller) -> Json:
    """Errors `beyond_authority` with `lowest_fen`, `decided` with `agent` and `status` where somebody was first."""
    verdict = Verdict(VERDICTS[form.verdict], form.price_fen)
    return {"request": await approving.decide(desk, teller, number, staff, verdict)}


@router.post("/approvals")
async def ask(form: Asked, staff: Receiver, desk: CurrentDesk, teller: CurrentTeller) -> Json:
    """What is beyond one's own rights, before the leaders; of a talk that one holds. Error `already_open`."""
    return {"request": await approving.ask_leaders(desk, teller, form.talk, staff, form.as_wish())}


@router.post("/offers")
async def give(form: Asked, staff: Receiver, desk: CurrentDesk, teller: CurrentTeller) -> Json:
    """A price within one's own rights; error `beyond_authority` with `lowest_fen` for any other."""
    return {"offer": await approving.give(desk, teller, form.talk, staff, form.as_wish())}

"""Picking a demo buyer; listed by `desk.app` only where `SHOP_DEMO` is set."""

from datetime import timedelta
from itertools import islice

from fastapi import APIRouter
from pydantic import BaseModel, Field

from desk.access import CurrentDesk
from shop.demo import PERSONAS
from shop.errors import NotFound
from shop.model import Buyer
from shop.ports import UnitOfWork

router = APIRouter(prefix="/api/demo")

LIFETIME = timedelta(hours=12)
MOST = 30


class Wish(BaseModel):
    nick: str = Field(min_length=1, max_length=64)


@router.get("/buyers")
def buyers() -> list[dict[str, str]]:
    """Nick, and what to try as that buyer."""
    return [{"nick": nick, "hint": hint} for nick, hint in islice(PERSONAS.items(), MOST)]


@router.post("/token")
async def token(desk: CurrentDesk, wish: Wish) -> dict[str, str]:
    def use_case(uow: UnitOfWork) -> Buyer:
        found = uow.buyers.find_by_nick(wish.nick)
        if found is None:
            raise NotFound(nick=wish.nick)
        return found

    buyer = await desk.look(use_case)
    return {"token": desk.tokens.for_buyer(buyer.id, buyer.nick, LIFETIME)}

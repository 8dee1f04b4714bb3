"""Tokens for the shop's own programs, and the description of the API that they read."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, Field

from desk.access import CurrentDesk
from desk.api.rights import PEOPLE_ONLY, PREFIX, Manager
from desk.forms import Name, Text
from desk.shown import Json, iso
from shop.api_tokens import MOST, end_token, make_token
from shop.model import ApiToken
from shop.ports import UnitOfWork

router = APIRouter(prefix=f"/{PEOPLE_ONLY}", tags=["接口令牌"])
READ, WRITE, BOTH = ("read",), ("write",), ("read", "write")
AREAS: dict[str, tuple[str, tuple[str, ...]]] = {
    "replies": ("自动回复", BOTH),
    "phrases": ("快捷短语", BOTH),
    "phrase-groups": ("短语分组", BOTH),
    "care": ("话术体检", READ),
    "gaps": ("没答好的问题", BOTH),
    "teaching": ("教机器人", BOTH),
    "rules": ("店铺规则", BOTH),
    "people": ("员工", READ),
    "approvals": ("审批", BOTH),
    "offers": ("优惠申请", WRITE),
    "payouts": ("退款与补偿", BOTH),
    "discounts": ("优惠统计", READ),
    "changes": ("操作记录", READ),
    "webhooks": ("消息推送", BOTH),
}
"""The first part of a path below /api/v1: what managers call it, and what a program may do there. Hiring, dismissing
and passwords are for people alone: a token that leaks must not let anybody in.
"""
SCOPES = tuple(f"{area}:{deed}" for area, (_, deeds) in AREAS.items() for deed in deeds)


class TokenForm(BaseModel):
    name: Annotated[Text, Field(max_length=64)]
    scopes: Annotated[list[Name], Field(max_length=len(SCOPES))]


@router.get("")
async def tokens(desk: CurrentDesk, staff: Manager) -> Json:
    """`{tokens, limit, areas: {area: {name, deeds}}}`; ended ones are not told any more."""
    areas = {area: {"name": name, "deeds": deeds} for area, (name, deeds) in AREAS.items()}

    def use_case(uow: UnitOfWork) -> list[Json]:
        return [_show(uow, token) for token in uow.api_tokens.standing()]

    return {"tokens": await desk.look(use_case), "limit": MOST, "areas": areas}


@router.post("")
async def make(response: Response, desk: CurrentDesk, staff: Manager, form: TokenForm) -> Json:
    """`{token, secret}`: the secret this once. Raises FieldWrong, TooMany."""

    def use_case(uow: UnitOfWork) -> Json:
        made = make_token(uow, staff, form.name, form.scopes, known=SCOPES, now=desk.now())
        return {"token": _show(uow, made.token), "secret": made.secret}

    response.headers["Cache-Control"] = "no-store"
    return await desk.change(use_case)


@router.delete("/{token_id}")
async def end(desk: CurrentDesk, staff: Manager, token_id: Name) -> Json:
    """Raises NotFound."""
    await desk.change(lambda uow: end_token(uow, staff, token_id, desk.now()))
    return {}


@router.get("/openapi.json")
async def describe(request: Request, staff: Manager) -> dict[str, Any]:
    """The whole API, as OpenAPI 3."""
    described = get_openapi(title=request.app.title, version="1", routes=request.app.routes)
    paths = {path: deeds for path, deeds in described["paths"].items() if path.startswith(PREFIX)}
    return {**described, "paths": paths}


def _show(uow: UnitOfWork, token: ApiToken) -> Json:
    maker = uow.people.find(token.staff_id)
    return {
        "id": token.id,
        "name": token.name,
        "scopes": list(token.scopes),
        "by": maker.name if maker else "",
        "created_at": iso(token.created_at),
        "used_at": token.used_at and iso(token.used_at),
    }

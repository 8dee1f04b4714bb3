"""Sign-in of staff. Never logged: password, token, cookie, nor an id that was refused: people mistake fields."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated

import structlog
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from desk.access import CurrentDesk, show_page
from desk.context import Desk
from desk.forms import Name, Password
from desk.rights import may
from desk.shown import Json
from desk.staff_access import (
    COOKIE,
    OWN_PAGE,
    CurrentStaff,
    describe_staff,
    local_path,
    session_of_cookie,
    staff_of_cookie,
)
from shop.demo.people import demo_sign_ins
from shop.errors import SignInFailed
from shop.passwords import DEMO_PASSWORD, Verdict, verify_password
from shop.ports import UnitOfWork
from shop.sign_in import SignedIn, begin_sign_in, finish_sign_in, sign_out

router = APIRouter()
log = structlog.get_logger()

_VERIFYING = ThreadPoolExecutor(2, "passwords")
"""Each takes 64 MiB and a core's whole attention; more at once would only starve the talks."""
_UNSTORED = {"Cache-Control": "no-store"}


class SignIn(BaseModel):
    staff_id: Name
    password: Password


@router.get("/signin")
async def page(request: Request, desk: CurrentDesk, wished: Annotated[str, Query(alias="next")] = "") -> Response:
    """Says who is signed in already, and lets somebody else in."""
    me = await staff_of_cookie(desk, request.headers.get("cookie", ""))
    accounts = await _demo_accounts(desk) if desk.settings.demo else []
    password = DEMO_PASSWORD if accounts else ""
    facts = {"onward": local_path(wished), "me": me, "accounts": accounts, "demo_password": password}
    answer = show_page(request, "signin.html", **facts)
    answer.headers.update(_UNSTORED)
    return answer


async def _demo_accounts(desk: Desk) -> list[Json]:
    """Those of the demo staff who are here, and have a console."""

    def use_case(uow: UnitOfWork) -> list[Json]:
        found = [(uow.people.find(staff_id), name) for staff_id, name in demo_sign_ins()]
        here = [staff for staff, name in found if staff and staff.active and staff.name == name]
        return [describe_staff(staff) for staff in here if staff.password_hash and may(staff, "look")]

    return await desk.look(use_case)


@router.post("/api/staff/sign-in", dependencies=[OWN_PAGE])
async def enter(request: Request, response: Response, desk: CurrentDesk, form: SignIn) -> Json:
    """`me`, and the cookie. Raises SignInFailed whatever was wrong, TooManyTries(minutes)."""
    address = request.client.host if request.client else ""
    before = session_of_cookie(request.headers.get("cookie", ""))
    signed = await _sign_in(desk, form, address, before)
    if signed is None:
        log.info("desk.sign_in_refused", address=address)
        raise SignInFailed()
    log.info("desk.signed_in", staff_id=signed.staff.id, address=address)
    hours = (await desk.look(lambda uow: uow.policies.current())).session_hours
    response.headers.update(_UNSTORED)
    response.set_cookie(
        COOKIE,
        signed.token,
        max_age=hours * 3600,
        path="/",
        secure=_is_https(request),
        httponly=True,
        samesite="strict",
    )
    return describe_staff(signed.staff)


async def _sign_in(desk: Desk, form: SignIn, address: str, before: str) -> SignedIn | None:
    """Reads, verifies outside any transaction, writes. `before`: this browser's session, which ends."""
    now, password = desk.now(), form.password.get_secret_value()
    claim = await desk.look(
        lambda uow: begin_sign_in(uow, form.staff_id, address, now=now, policy=uow.policies.current())
    )
    verdict = await asyncio.get_running_loop().run_in_executor(
        _VERIFYING, verify_password, password, claim.password_hash
    )
    if password == DEMO_PASSWORD and not desk.settings.demo:
        verdict = Verdict(False)  # a real shop that began as a demo

    def use_case(uow: UnitOfWork) -> SignedIn | None:
        signed = finish_sign_in(uow, claim, verdict, now=now, policy=uow.policies.current())
        if signed is not None:
            sign_out(uow, before, now)
        return signed

    return await desk.change(use_case)


def _is_https(request: Request) -> bool:
    """Also behind a proxy on another machine, whose word uvicorn does not take: here a lie would help nobody."""
    told = request.headers.get("x-forwarded-proto", "").partition(",")[0].strip().lower()
    return "https" in (request.url.scheme, told)


@router.post("/api/staff/sign-out", dependencies=[OWN_PAGE])
async def leave(request: Request, response: Response, desk: CurrentDesk) -> Json:
    """Safe to repeat, and without a cookie."""
    session_id, now = session_of_cookie(request.headers.get("cookie", "")), desk.now()
    if session_id:
        await desk.change(lambda uow: sign_out(uow, session_id, now))
    response.delete_cookie(COOKIE, path="/", secure=_is_https(request), httponly=True, samesite="strict")
    return {}


@router.get("/api/staff/me")
async def me(response: Response, staff: CurrentStaff) -> Json:
    response.headers.update(_UNSTORED)
    return describe_staff(staff)

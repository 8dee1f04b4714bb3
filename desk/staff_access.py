"""Which member of staff asks: the cookie that sign-in sets, and the rights that go with it.

The cookie is not enough where something is changed: the page must be ours, too (`check_own_page`).
"""

import re
from collections.abc import Collection
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse
from starlette.requests import cookie_parser

from desk.access import CurrentDesk
from desk.context import Desk
from desk.rights import ForeignPage, may
from desk.rights import check_right as check_right  # noqa: PLC0414  # passed on
from desk.shown import Json
from desk.tokens import TokenRefused
from shop.model import Role, Staff
from shop.ports import UnitOfWork
from shop.sign_in import Signed, digest, find_signed, touch_session

COOKIE = "xiaoer_staff"
HOME = "/console"
SIGN_IN = "/signin"
READING = frozenset({"GET", "HEAD", "OPTIONS"})
_LOCAL = re.compile(r"/(?!/)[^\\\x00-\x20\x7f]*")
"""A path of this site. Browsers read // and /\\ as another site's name, and pass over tabs and line ends."""


async def staff_of_cookie(desk: Desk, cookie_header: str) -> Staff | None:
    """Of a Cookie header. None where nobody is signed in with it any more; being asked for keeps a session alive."""
    return await staff_of_session(desk, session_of_cookie(cookie_header))


def session_of_cookie(cookie_header: str) -> str:
    """The session's id: what sockets may keep, and `staff_of_session` takes. Empty without a cookie."""
    token = cookie_parser(cookie_header).get(COOKIE, "")
    return digest(token) if token else ""


async def signed_in(desk: Desk, session_ids: Collection[str]) -> dict[str, Role]:
    """Those of them that still hold, with the role of whose they are. Only looks: no person asked."""

    def use_case(uow: UnitOfWork) -> dict[str, Role]:
        policy, now = uow.policies.current(), desk.now()
        found = {session_id: find_signed(uow, session_id, now, policy) for session_id in session_ids}
        return {session_id: signed.staff.role for session_id, signed in found.items() if signed}

    return await desk.look(use_case)


async def staff_of_session(desk: Desk, session_id: str) -> Staff | None:
    """Being asked for keeps a session alive."""
    now = desk.now()

    def use_case(uow: UnitOfWork) -> Signed | None:
        return find_signed(uow, session_id, now, uow.policies.current())

    signed = await desk.look(use_case) if session_id else None
    if signed is None:
        return None
    if signed.due:
        await desk.change(lambda uow: touch_session(uow, session_id, now))
    return signed.staff


async def get_staff(request: Request, desk: CurrentDesk) -> Staff:
    """Raises TokenRefused, and ForeignPage for methods that change something."""
    if request.method not in READING:
        check_own_page(request)
    cookies = request.headers.get("cookie", "")
    staff = await staff_of_cookie(desk, cookies)
    if staff is None:
        raise TokenRefused(reason="expired" if session_of_cookie(cookies) else "missing")
    return staff


CurrentStaff = Annotated[Staff, Depends(get_staff)]


def check_own_page(request: Request) -> None:
    """Raises ForeignPage."""
    if not is_own_page(request.headers.get("origin", ""), request.headers.get("host", "")):
        raise ForeignPage(origin=request.headers.get("origin", ""))


OWN_PAGE = Depends(check_own_page)


def is_own_page(origin: str, host: str) -> bool:
    """Whether the page that asks came from this server: the Origin header names the host that was asked."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and parts.netloc.lower() == host.lower()


def local_path(wished: str) -> str:
    """Where to go after sign-in: a path of this site, else the console."""
    return wished if _LOCAL.fullmatch(wished) else HOME


def to_sign_in(request: Request) -> RedirectResponse:
    """For pages that nobody may see unsigned: sign-in leads back to them."""
    wished = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"{SIGN_IN}?next={quote(wished, safe='')}", status_code=303)


def describe_staff(staff: Staff) -> Json:
    """`me` of docs/console.md."""
    leader, manages = may(staff, "lead"), may(staff, "manage")
    return {"id": staff.id, "name": staff.name, "role": staff.role.value, "leader": leader, "manages": manages}

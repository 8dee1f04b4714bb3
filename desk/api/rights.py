"""Who may call a route of the API: the right stands in its signature. HE-07.

Asked by a page with the cookie of sign-in, or by another program with `Authorization: Bearer dx_…`. A token may what
its scopes say (`replies:read`, `replies:write`: the first part of the path, and whether something is changed), and
never more than the member of staff who made it may. Tokens themselves are made by people alone.
"""

from typing import Annotated

from fastapi import Depends, Header, Request

from desk.access import CurrentDesk
from desk.context import Desk
from desk.rights import Action, ScopeMissing, check_right
from desk.staff_access import READING, get_staff, staff_of_cookie
from desk.tokens import TokenRefused
from shop.api_tokens import Bearer, find_bearer, touch_token
from shop.model import Staff
from shop.ports import UnitOfWork

PREFIX = "/api/v1"
PEOPLE_ONLY = "tokens"
_BEARER = "Bearer "


class Needs:
    """Raises TokenRefused, RightMissing, ScopeMissing; ForeignPage where a page of elsewhere changes something."""

    def __init__(self, action: Action) -> None:
        self.action = action

    async def __call__(
        self, request: Request, desk: CurrentDesk, authorization: Annotated[str, Header(include_in_schema=False)] = ""
    ) -> Staff:
        if authorization.startswith(_BEARER):
            staff = await _staff_of_token(desk, authorization.removeprefix(_BEARER).strip(), scope_of(request))
        else:
            staff = await get_staff(request, desk)
        check_right(staff, self.action)
        return staff


async def is_known(request: Request, desk: Desk) -> bool:
    """Whether anybody may ask anything with what this question carries."""
    given = request.headers.get("authorization", "")
    if given.startswith(_BEARER):
        secret = given.removeprefix(_BEARER).strip()
        return await desk.look(lambda uow: find_bearer(uow, secret, desk.now()) is not None)
    return await staff_of_cookie(desk, request.headers.get("cookie", "")) is not None


def scope_of(request: Request) -> str:
    """What a token needs for this question."""
    area = request.url.path.removeprefix(f"{PREFIX}/").partition("/")[0]
    return f"{area}:{'read' if request.method in READING else 'write'}"


async def _staff_of_token(desk: Desk, secret: str, scope: str) -> Staff:
    now = desk.now()

    def use_case(uow: UnitOfWork) -> Bearer | None:
        return find_bearer(uow, secret, now)

    bearer = await desk.look(use_case)
    if bearer is None:
        raise TokenRefused(reason="wrong")
    if scope not in bearer.token.scopes:
        raise ScopeMissing(scope=scope)
    if bearer.due:
        await desk.change(lambda uow: touch_token(uow, bearer.token.id, now))
    return bearer.staff


Manager = Annotated[Staff, Depends(Needs("manage"))]
Leader = Annotated[Staff, Depends(Needs("lead"))]
Receiver = Annotated[Staff, Depends(Needs("receive"))]
Looker = Annotated[Staff, Depends(Needs("look"))]

"""Every route of the API against every role, made from the routes themselves: one without a right fails. HE-07."""

from collections.abc import Iterator

import httpx
import pytest
from consoles import sign_in
from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from wire import RunningDesk

from desk import api
from desk.api.rights import Looker, Needs
from desk.rights import RIGHTS
from shop.model import Role, Staff
from shop.wiring import Services

ROUTES = [route for router in api.ROUTERS for route in router.routes if isinstance(route, APIRoute)]
READING = {"GET", "HEAD"}
NOWHERE = "0"
"""In place of every part of a path: the right is asked before anything is looked for."""


def needs_of(dependant: Dependant) -> Iterator[Needs]:
    if isinstance(dependant.call, Needs):
        yield dependant.call
    for each in dependant.dependencies:
        yield from needs_of(each)


def name_of(route: APIRoute) -> str:
    return f"{'/'.join(sorted(route.methods))} {route.path}"


@pytest.mark.req("HE-07")
@pytest.mark.parametrize("route", ROUTES, ids=name_of)
def test_every_route_says_whose_it_is(route: APIRoute) -> None:
    assert len(list(needs_of(route.dependant))) == 1


def test_a_route_without_a_right_is_found() -> None:
    router = APIRouter()

    @router.get("/open")
    def nobody_asked() -> None: ...

    @router.get("/closed")
    def asked(staff: Looker) -> None: ...

    found = [len(list(needs_of(route.dependant))) for route in router.routes if isinstance(route, APIRoute)]
    assert found == [0, 1]


@pytest.fixture
def cookies(desk: RunningDesk, services: Services) -> dict[Role, str]:
    """A member of staff of each role, signed in."""
    with services.unit_of_work() as uow:
        for number, role in enumerate(Role):
            uow.people.add(Staff(f"r{number}", f"同事{number}", role))
        uow.commit()
    return {role: sign_in(services, f"r{number}") for number, role in enumerate(Role)}


@pytest.mark.req("HE-07")
@pytest.mark.parametrize("route", ROUTES, ids=name_of)
async def test_each_role_gets_just_where_its_right_leads(
    desk: RunningDesk, cookies: dict[Role, str], route: APIRoute
) -> None:
    [needs] = needs_of(route.dependant)
    path = api.PREFIX + "/".join(NOWHERE if part.startswith("{") else part for part in route.path.split("/"))
    async with httpx.AsyncClient(base_url=desk.url, trust_env=False, timeout=60) as http:
        for method in route.methods:
            unsigned = await http.request(method, path, headers={"Origin": desk.url})
            assert unsigned.status_code == 401, (method, path)
            for role, cookie in cookies.items():
                answer = await http.request(method, path, headers={"Cookie": cookie, "Origin": desk.url})
                refused = answer.status_code == 403 and answer.json()["error"]["code"] == "right_missing"
                assert refused == (role not in RIGHTS[needs.action]), (method, path, role, answer.text)
                assert answer.status_code < 500, (method, path, role, answer.text)
                if method not in READING:
                    elsewhere = await http.request(method, path, headers={"Cookie": cookie, "Origin": "http://else"})
                    assert elsewhere.status_code == 403, (method, path, role)

"""Other programs at the API: what a token opens, and what it does not."""

from collections.abc import AsyncIterator

import httpx
import pytest
from consoles import sign_in
from wire import RunningDesk

from desk.api.tokens import AREAS, SCOPES
from shop.model import Role
from shop.wiring import Services

PATHS = {area: f"/api/v1/{area}" for area, (_, deeds) in AREAS.items() if "read" in deeds}
"""What can be read in each."""


@pytest.fixture
async def manager(desk: RunningDesk, services: Services) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Cookie": sign_in(services, "100"), "Origin": desk.url}
    async with httpx.AsyncClient(base_url=desk.url, headers=headers, trust_env=False, timeout=60) as http:
        yield http


@pytest.fixture
async def program(desk: RunningDesk) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=desk.url, trust_env=False, timeout=60) as http:
        yield http


async def bearer(manager: httpx.AsyncClient, *scopes: str) -> dict[str, str]:
    answer = await manager.post("/api/v1/tokens", json={"name": "进销存", "scopes": [*scopes]})
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['secret']}"}


def code_of(answer: httpx.Response) -> str:
    return "" if answer.is_success else str(answer.json()["error"]["code"])


@pytest.mark.parametrize("area", PATHS)
async def test_a_token_opens_what_its_scope_names_and_nothing_else(
    manager: httpx.AsyncClient, program: httpx.AsyncClient, area: str
) -> None:
    headers = await bearer(manager, f"{area}:read")
    for other, path in PATHS.items():
        assert code_of(await program.get(path, headers=headers)) == ("" if other == area else "scope_missing"), path


async def test_who_may_read_may_not_change(manager: httpx.AsyncClient, program: httpx.AsyncClient) -> None:
    headers = await bearer(manager, *(f"{area}:read" for area in PATHS))
    edit = {"changes": [{"name": "text_limit", "value": 300, "expected": None}]}
    refused = await program.patch("/api/v1/rules", headers=headers, json=edit)
    assert code_of(refused) == "scope_missing"
    assert refused.json()["error"]["scope"] == "rules:write"
    assert "rules:write" in refused.json()["error"]["text"]


async def test_no_token_hires_or_resets_passwords(manager: httpx.AsyncClient, program: httpx.AsyncClient) -> None:
    headers = await bearer(manager, *SCOPES)
    for path in ("people", "people/100/password"):
        assert code_of(await program.post(f"/api/v1/{path}", headers=headers, json={})) == "scope_missing"
    wish = {"name": "更多", "scopes": ["people:write"]}
    assert (await manager.post("/api/v1/tokens", json=wish)).status_code == 422


async def test_no_token_makes_tokens(manager: httpx.AsyncClient, program: httpx.AsyncClient) -> None:
    headers = await bearer(manager, *SCOPES)
    assert code_of(await program.get("/api/v1/tokens", headers=headers)) == "scope_missing"
    wish = {"name": "又一个", "scopes": ["rules:read"]}
    assert code_of(await program.post("/api/v1/tokens", headers=headers, json=wish)) == "scope_missing"


async def test_a_token_may_no_more_than_its_maker(
    manager: httpx.AsyncClient, program: httpx.AsyncClient, services: Services
) -> None:
    headers = await bearer(manager, *SCOPES)
    assert (await program.get("/api/v1/rules", headers=headers)).is_success
    with services.unit_of_work() as uow:
        uow.people.lock("100").role = Role.AGENT
        uow.commit()
    assert code_of(await program.get("/api/v1/rules", headers=headers)) == "right_missing"


async def test_an_ended_token_is_refused_from_the_next_question_on(
    manager: httpx.AsyncClient, program: httpx.AsyncClient
) -> None:
    headers = await bearer(manager, "rules:read")
    [token] = (await manager.get("/api/v1/tokens")).json()["tokens"]
    assert token["used_at"] is None
    assert (await program.get("/api/v1/rules", headers=headers)).is_success
    assert (await manager.get("/api/v1/tokens")).json()["tokens"][0]["used_at"] is not None
    assert (await manager.delete(f"/api/v1/tokens/{token['id']}")).is_success
    assert (await program.get("/api/v1/rules", headers=headers)).status_code == 401
    assert (await manager.get("/api/v1/tokens")).json()["tokens"] == []


@pytest.mark.parametrize("given", ["Bearer", "Bearer dx_x", "Basic abc", "Bearer " + "x" * 5000])
async def test_what_is_no_token_is_refused(program: httpx.AsyncClient, given: str) -> None:
    assert (await program.get("/api/v1/rules", headers={"Authorization": given})).status_code == 401


async def test_a_sign_in_does_not_help_a_wrong_token(manager: httpx.AsyncClient) -> None:
    """Whoever sends a token is judged by it."""
    assert (await manager.get("/api/v1/rules", headers={"Authorization": "Bearer dx_x"})).status_code == 401


async def test_the_description_names_every_route(manager: httpx.AsyncClient) -> None:
    described = (await manager.get("/api/v1/tokens/openapi.json")).json()
    assert described["openapi"].startswith("3.")
    assert {path.split("/")[3] for path in described["paths"]} == {*AREAS, "tokens"}


def test_every_area_is_one_of_the_api() -> None:
    from desk import api

    parts = {route.path.split("/")[1] for router in api.ROUTERS for route in router.routes}  # type: ignore[attr-defined]
    assert parts == {*AREAS, "tokens"}

"""A key belongs to one question of one asker; a failure of the desk's own leaves it free."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from consoles import sign_in
from wire import RunningDesk

from desk.api.idempotency import MOST_BYTES
from shop import phrase_groups
from shop.wiring import Services

GROUPS = "/api/v1/phrase-groups"
KEY = {"Idempotency-Key": "k1"}


@pytest.fixture
async def manager(desk: RunningDesk, services: Services) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Cookie": sign_in(services, "100"), "Origin": desk.url}
    async with httpx.AsyncClient(base_url=desk.url, headers=headers, trust_env=False, timeout=60) as http:
        yield http


def code_of(answer: httpx.Response) -> str:
    return "" if answer.is_success else str(answer.json()["error"]["code"])


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/v1/replies"), ("PUT", GROUPS), ("POST", f"{GROUPS}?again=1")],
    ids=["path", "method", "query"],
)
async def test_the_same_words_to_another_address_are_another_question(
    manager: httpx.AsyncClient, method: str, path: str
) -> None:
    body = {"name": "大促"}
    assert (await manager.post(GROUPS, json=body, headers=KEY)).is_success
    other = await manager.request(method, path, json=body, headers=KEY)
    assert code_of(other) == "field_wrong"


async def test_another_token_with_the_same_key_is_answered_for_itself(
    manager: httpx.AsyncClient, desk: RunningDesk
) -> None:
    wish = {"name": "进销存", "scopes": ["phrase-groups:write"]}
    secrets = [(await manager.post("/api/v1/tokens", json=wish)).json()["secret"] for _ in range(2)]
    async with httpx.AsyncClient(base_url=desk.url, trust_env=False, timeout=60) as program:
        answers = [
            await program.post(GROUPS, json={"name": "大促"}, headers={**KEY, "Authorization": f"Bearer {secret}"})
            for secret in secrets
        ]
    assert [code_of(answer) for answer in answers] == ["", "name_taken"]


async def test_after_a_failure_of_the_desk_the_same_may_be_asked_anew(
    manager: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, broken = phrase_groups.add_group, [True]

    def add_group(*args: Any, **more: Any) -> Any:
        if broken.pop() if broken else False:
            raise RuntimeError("told to fail")
        return real(*args, **more)

    monkeypatch.setattr(phrase_groups, "add_group", add_group)
    # The desk closes the line after such a failure; the next question must not be on its way on it.
    first = await manager.post(GROUPS, json={"name": "大促"}, headers={**KEY, "Connection": "close"})
    assert first.status_code == 500
    assert (await manager.post(GROUPS, json={"name": "大促"}, headers=KEY)).is_success


async def test_what_is_too_long_to_be_compared_is_refused_and_done_by_nobody(manager: httpx.AsyncClient) -> None:
    headers = {**KEY, "Content-Type": "application/json"}
    body = b'{"name": "x"' + b" " * MOST_BYTES + b"}"
    assert (await manager.post(GROUPS, content=body, headers=headers)).status_code == 422
    assert "x" not in (await manager.get(GROUPS)).json()["groups"]

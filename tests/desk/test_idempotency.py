"""The same question twice at the API does once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from consoles import sign_in
from wire import RunningDesk

from shop.wiring import Services

TOKENS = "/api/v1/tokens"
Json = dict[str, Any]


@pytest.fixture
async def manager(desk: RunningDesk, services: Services) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Cookie": sign_in(services, "100"), "Origin": desk.url}
    async with httpx.AsyncClient(base_url=desk.url, headers=headers, trust_env=False, timeout=60) as http:
        yield http


async def add_group(http: httpx.AsyncClient, key: str, name: str = "大促", **headers: str) -> httpx.Response:
    return await http.post("/api/v1/phrase-groups", json={"name": name}, headers={"Idempotency-Key": key, **headers})


async def groups(http: httpx.AsyncClient) -> list[str]:
    return [*(await http.get("/api/v1/phrase-groups")).json()["groups"]]


async def test_what_was_answered_is_told_again_and_done_once(manager: httpx.AsyncClient) -> None:
    before = await groups(manager)
    first, again = await add_group(manager, "k1"), await add_group(manager, "k1")
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert sorted(await groups(manager)) == sorted([*before, "大促"])


async def test_a_refusal_is_told_again_too(manager: httpx.AsyncClient) -> None:
    first, again = await add_group(manager, "k1", ""), await add_group(manager, "k1", "")
    assert first.status_code == again.status_code
    assert 400 <= again.status_code < 500
    assert first.json() == again.json()


async def test_at_the_same_moment_one_is_done_and_the_others_wait_or_hear_the_same(manager: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(add_group(manager, "k1") for _ in range(8)))
    done = [answer.json() for answer in answers if answer.is_success]
    assert done
    assert all(answer == done[0] for answer in done)
    refused = {answer.json()["error"]["code"] for answer in answers if not answer.is_success}
    assert refused <= {"still_answering"}
    assert (await groups(manager)).count("大促") == 1


async def test_a_key_belongs_to_its_question_and_to_who_asks(
    manager: httpx.AsyncClient, desk: RunningDesk, services: Services
) -> None:
    assert (await add_group(manager, "k1")).is_success
    other = await add_group(manager, "k1", "别的")
    assert other.status_code == 422
    assert "别的" not in await groups(manager)
    headers = {"Cookie": sign_in(services, "100"), "Origin": desk.url}
    async with httpx.AsyncClient(base_url=desk.url, headers=headers, trust_env=False, timeout=60) as elsewhere:
        assert (await add_group(elsewhere, "k1", "别的")).is_success


async def test_who_is_out_meanwhile_hears_nothing(manager: httpx.AsyncClient, services: Services) -> None:
    assert (await add_group(manager, "k1")).is_success
    with services.unit_of_work() as uow:
        for session in uow.staff_sessions.open_of("100"):
            session.ended_at = services.clock.now()
        uow.commit()
    assert (await add_group(manager, "k1")).status_code == 401


async def test_after_a_day_a_key_is_free_again(manager: httpx.AsyncClient, services: Services, clock: Any) -> None:
    assert (await add_group(manager, "k1", "甲")).is_success
    clock.advance(hours=25)
    manager.headers["Cookie"] = sign_in(services, "100")
    assert (await add_group(manager, "k1", "乙")).is_success
    with services.unit_of_work() as uow:
        uow.kept_answers.forget(clock.now())
        uow.commit()


async def test_a_new_token_is_told_once_and_stored_nowhere(manager: httpx.AsyncClient, services: Services) -> None:
    wish = {"name": "进销存", "scopes": ["rules:read"]}
    first = await manager.post(TOKENS, json=wish, headers={"Idempotency-Key": "k1"})
    again = await manager.post(TOKENS, json=wish, headers={"Idempotency-Key": "k1"})
    assert first.is_success
    assert again.json()["error"]["code"] == "told_once"
    assert len((await manager.get(TOKENS)).json()["tokens"]) == 1
    assert first.json()["secret"].encode() not in services_file(services)


def services_file(services: Services) -> bytes:
    """All that the store has on disk."""
    path = services.settings.database_url.removeprefix("sqlite:///")
    return b"".join(Path(path + end).read_bytes() for end in ("", "-wal"))


@pytest.mark.parametrize("key", ["", "x" * 65, "a b", "键"])
async def test_a_key_is_short_and_plain(manager: httpx.AsyncClient, key: str) -> None:
    before = await groups(manager)
    headers = {b"Idempotency-Key": key.encode(), b"Content-Type": b"application/json"}
    answer = await manager.post("/api/v1/phrase-groups", content=b'{"name": "x"}', headers=headers)  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert await groups(manager) == before


async def test_without_a_key_all_is_as_before(manager: httpx.AsyncClient) -> None:
    for status in (201, 409):
        assert (await manager.post("/api/v1/phrase-groups", json={"name": "大促"})).status_code == status

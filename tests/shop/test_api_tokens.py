"""Tokens for the shop's own programs, in the store."""

from threading import Barrier, Thread
from typing import Any

import pytest
from at_work import employ

from shop.api_tokens import MOST, end_token, find_bearer, make_token, touch_token
from shop.errors import FieldWrong, NotFound, TooMany
from shop.model import ChangeKind, Staff
from shop.sign_in import digest
from shop.wiring import Services

KNOWN = ("replies:read", "replies:write", "rules:read")


def made(services: Services, name: str = "进销存", scopes: tuple[str, ...] = ("rules:read",)) -> str:
    with services.unit_of_work() as uow:
        secret = make_token(uow, employ(uow, "100"), name, scopes, known=KNOWN, now=services.clock.now()).secret
        uow.commit()
    return secret


def bearer(services: Services, secret: str) -> Staff | None:
    with services.unit_of_work() as uow:
        found = find_bearer(uow, secret, services.clock.now())
        return found.staff if found else None


def test_who_has_the_token_asks_as_its_maker_and_the_store_does_not_know_it(services: Services) -> None:
    secret = made(services)
    asking = bearer(services, secret)
    assert asking is not None
    assert asking.id == "100"
    with services.unit_of_work() as uow:
        [token] = uow.api_tokens.standing()
        assert token.id == digest(secret)
        [change] = uow.changes.of(ChangeKind.PROGRAM_ACCESS, "进销存", 5)
        assert secret not in str(vars(token)) + str(vars(change))
        assert change.after == {"scopes": ["rules:read"]}


def test_an_ended_token_is_none_and_ending_twice_is_once(services: Services) -> None:
    secret = made(services)
    for _ in range(2):
        with services.unit_of_work() as uow:
            end_token(uow, employ(uow, "100"), digest(secret), services.clock.now())
            uow.commit()
    assert bearer(services, secret) is None
    with services.unit_of_work() as uow:
        assert [change.action for change in uow.changes.of(ChangeKind.PROGRAM_ACCESS, "进销存", 5)] == ["停用", "新增"]


def test_who_has_left_leaves_no_token_behind(services: Services) -> None:
    secret = made(services)
    with services.unit_of_work() as uow:
        uow.people.lock("100").active = False
        uow.commit()
    assert bearer(services, secret) is None


@pytest.mark.parametrize("secret", ["", "dx_", "dx_nobody", "nonsense", "dx_\ud800"])
def test_what_nobody_made_is_none(services: Services, secret: str) -> None:
    assert bearer(services, secret) is None


@pytest.mark.parametrize(
    ("name", "scopes"),
    [("", ("rules:read",)), ("长" * 31, ("rules:read",)), ("甲\n", ()), ("甲", ()), ("甲", ("all",))],
)
def test_a_token_needs_a_name_and_scopes_that_there_are(services: Services, name: str, scopes: tuple[str, ...]) -> None:
    with pytest.raises(FieldWrong):
        made(services, name, scopes)


def test_what_nobody_made_cannot_be_ended(services: Services) -> None:
    with services.unit_of_work() as uow, pytest.raises(NotFound):
        end_token(uow, employ(uow, "100"), "0" * 64, services.clock.now())


def test_its_last_use_is_noted_once_a_minute(services: Services, clock: Any) -> None:
    secret = made(services)
    due = []
    for seconds in (0, 10, 60):
        clock.advance(seconds=seconds)
        with services.unit_of_work() as uow:
            found = find_bearer(uow, secret, clock.now())
            assert found is not None
            due.append(found.due)
            if found.due:
                touch_token(uow, found.token.id, clock.now())
            uow.commit()
    assert due == [True, False, True]


def test_two_at_once_cannot_make_more_than_the_limit(services: Services) -> None:
    for number in range(MOST - 1):
        made(services, f"程序{number}")
    together, refused = Barrier(2), []

    def add(name: str) -> None:
        together.wait()
        try:
            made(services, name)
        except TooMany:
            refused.append(name)

    adding = [Thread(target=add, args=(name,)) for name in ("甲", "乙")]
    for thread in adding:
        thread.start()
    for thread in adding:
        thread.join()
    assert len(refused) == 1
    with services.unit_of_work() as uow:
        assert len(uow.api_tokens.standing()) == MOST

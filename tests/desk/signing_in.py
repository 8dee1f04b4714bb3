"""Staff of a test shop, and their browsers."""

from typing import Any

import httpx
from wire import RunningDesk

from shop.model import Role, Staff
from shop.passwords import hash_password
from shop.wiring import Services

PASSWORD = "青山绿水-2026"
HASH = hash_password(PASSWORD)
COOKIE = "xiaoer_staff"


def hire(services: Services) -> None:
    """A manager 100, an agent 321, and 349, who has left; all had the same password."""
    with services.unit_of_work() as uow:
        uow.people.add(Staff("100", "云舒", Role.MANAGER, password_hash=HASH))
        uow.people.add(Staff("321", "小禾", Role.PRESALE_AGENT, password_hash=HASH))
        uow.people.add(Staff("349", "小旧", Role.AGENT, active=False, password_hash=HASH))
        uow.commit()


def browser_at(desk: RunningDesk, address: str = "", **headers: str) -> httpx.Client:
    """With cookies of its own, and the Origin that pages of the desk would send."""
    forwarded = {"x-forwarded-for": address} if address else {}
    return httpx.Client(
        base_url=desk.url, headers={"origin": desk.url, **forwarded, **headers}, trust_env=False, timeout=60
    )


def sign_in(browser: httpx.Client, staff_id: str = "321", password: str = PASSWORD, **more: Any) -> httpx.Response:
    return browser.post("/api/staff/sign-in", json={"staff_id": staff_id, "password": password}, **more)


def me(browser: httpx.Client) -> str | None:
    answer = browser.get("/api/staff/me")
    return answer.json()["id"] if answer.status_code == 200 else None

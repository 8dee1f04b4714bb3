"""Sign-in of staff over real HTTP: who gets in, with which cookie, and when it is over."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookies import Morsel, SimpleCookie
from threading import Event
from typing import Any

import httpx
import pytest
from signing_in import COOKIE, HASH, PASSWORD, browser_at, hire, me, sign_in
from wire import RunningDesk, free_port

from desk.pages import staff
from phrases import PhraseBook
from shop.passwords import DEMO_PASSWORD, hash_password
from shop.settings import DeskSettings
from shop.staff import dismiss, set_password
from shop.wiring import Services


@pytest.fixture(autouse=True)
def team(services: Services) -> None:
    hire(services)


@pytest.fixture
def other_desk(services: Services, desk_settings: DeskSettings, book: PhraseBook) -> Iterator[RunningDesk]:
    """A second one over the same store."""
    running = RunningDesk(services, desk_settings.model_copy(update={"desk_port": free_port()}), book)
    yield running
    running.stop()


def cookie_of(answer: httpx.Response) -> "Morsel[str]":
    return SimpleCookie(answer.headers["set-cookie"])[COOKIE]


@pytest.mark.req("OR-03", "HE-07")
def test_who_signs_in_is_known_by_name_and_role(desk: RunningDesk) -> None:
    browser = browser_at(desk)
    answer = sign_in(browser, "100")
    expected = {"id": "100", "name": "云舒", "role": "经理", "leader": True, "manages": True}
    assert (answer.status_code, answer.json()) == (200, expected)
    assert browser.get("/api/staff/me").json() == expected
    assert sign_in(browser_at(desk)).json()["leader"] is False


def test_the_cookie_is_kept_from_scripts_other_sites_and_caches(desk: RunningDesk) -> None:
    answer = sign_in(browser_at(desk))
    cookie = cookie_of(answer)
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (True, "strict", "/", "")
    assert cookie["max-age"] == str(12 * 3600)
    assert cookie["domain"] == ""
    assert answer.headers["cache-control"] == "no-store"
    assert cookie.value not in answer.text
    behind_tls = sign_in(browser_at(desk, **{"x-forwarded-proto": "https"}))
    assert cookie_of(behind_tls)["secure"] is True


def test_a_wrong_password_an_unknown_id_and_one_who_left_get_the_same_answer(desk: RunningDesk) -> None:
    answers = [
        sign_in(browser_at(desk), *tried)
        for tried in (("321", "wrong-password"), ("nobody", PASSWORD), ("349", PASSWORD))
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1
    assert answers[0].json()["error"] == {"code": "sign_in_failed", "text": "工号或密码不正确，请您核对后再试~"}
    assert all("set-cookie" not in answer.headers for answer in answers)


def test_an_unknown_id_takes_as_much_work_as_a_wrong_password(desk: RunningDesk) -> None:
    """Hashing is most of it. Processor time, the desk's too, because other programs blur the clock on the wall."""
    spent: dict[str, list[float]] = {"321": [], "nobody": []}
    for _ in range(4):
        for staff_id, times in spent.items():
            started = time.process_time()
            sign_in(browser_at(desk), staff_id, "wrong-password")
            times.append(time.process_time() - started)
    known, unknown = (min(times) for times in spent.values())
    assert 0.6 < unknown / known < 1.6


def test_failures_close_an_id_over_two_desks_and_a_restart_until_they_are_old(
    desk: RunningDesk, other_desk: RunningDesk, clock: Any
) -> None:
    for tried in (desk, other_desk, desk, other_desk, desk):
        assert sign_in(browser_at(tried), password="wrong-password").status_code == 401
    desk.stop()
    desk.start()
    for tried in (desk, other_desk):
        answer = sign_in(browser_at(tried))
        assert answer.status_code == 429
        assert answer.json()["error"]["code"] == "too_many_tries"
        assert answer.json()["error"]["minutes"] == 15
        assert "15 分钟后" in answer.json()["error"]["text"]
    assert sign_in(browser_at(desk), "100").status_code == 200
    clock.advance(minutes=15)
    assert sign_in(browser_at(desk)).status_code == 200


def test_an_address_that_guesses_many_ids_has_to_wait_and_nobody_else(desk: RunningDesk, services: Services) -> None:
    with services.unit_of_work() as uow:
        uow.policies.set("sign_in_tries", 2, "100", services.clock.now())
        uow.commit()
    guesser = browser_at(desk, "203.0.113.9")
    with ThreadPoolExecutor(4) as pool:
        guesses = pool.map(lambda number: sign_in(guesser, f"guess-{number}", "wrong-password"), range(20))
    assert {answer.status_code for answer in guesses} == {401}
    assert sign_in(guesser).status_code == 429
    assert sign_in(browser_at(desk, "203.0.113.10")).status_code == 200


def test_guesses_sent_at_once_are_all_counted(desk: RunningDesk) -> None:
    browser = browser_at(desk)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: sign_in(browser, password="wrong-password"), range(8)))
    assert sorted(answer.status_code for answer in answers) == [401] * 5 + [429] * 3


def test_two_machines_are_signed_in_at_once_and_out_one_by_one(desk: RunningDesk) -> None:
    here, there = browser_at(desk), browser_at(desk)
    sign_in(here)
    sign_in(there)
    assert here.cookies[COOKIE] != there.cookies[COOKIE]
    stolen = here.cookies[COOKIE]
    for _ in range(2):
        answer = here.post("/api/staff/sign-out")
        assert (answer.status_code, answer.json()) == (200, {})
    assert COOKIE not in here.cookies
    assert (me(here), me(there)) == (None, "321")
    assert me(browser_at(desk, cookie=f"{COOKIE}={stolen}")) is None


def test_signing_in_as_somebody_else_ends_the_session_before(desk: RunningDesk) -> None:
    browser = browser_at(desk)
    sign_in(browser)
    before = browser.cookies[COOKIE]
    assert sign_in(browser, "100", "wrong-password").status_code == 401
    assert me(browser) == "321"
    sign_in(browser, "100")
    assert me(browser) == "100"
    assert me(browser_at(desk, cookie=f"{COOKIE}={before}")) is None


def test_who_is_dismissed_or_has_a_new_password_is_out_at_once(desk: RunningDesk, services: Services) -> None:
    agent, manager = browser_at(desk), browser_at(desk)
    sign_in(agent)
    sign_in(manager, "100")
    with services.unit_of_work() as uow:
        dismiss(uow, "321", lambda *_: None, now=services.clock.now())
        set_password(uow, "100", hash_password("another-one-8"), now=services.clock.now())
        uow.commit()
    for browser in (agent, manager):
        answer = browser.get("/api/staff/me")
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "token_expired")
    assert sign_in(agent).status_code == 401
    assert sign_in(manager, "100", "another-one-8").status_code == 200


def test_a_session_that_is_used_lasts_its_hours_and_an_idle_one_does_not(desk: RunningDesk, clock: Any) -> None:
    used, idle = browser_at(desk), browser_at(desk)
    sign_in(used)
    sign_in(idle)
    for _ in range(11):
        clock.advance(hours=1)
        assert me(used) == "321"
    assert me(idle) is None
    clock.advance(hours=1)
    assert me(used) is None
    assert sign_in(used).status_code == 200


def test_without_or_with_a_made_up_cookie_nobody_is_signed_in(desk: RunningDesk) -> None:
    for cookie in ("", f"{COOKIE}=", f"{COOKIE}=made-up", f"{COOKIE}=\xe4\xb8\xad", "=;;=", "other=1"):
        answer = httpx.get(f"{desk.url}/api/staff/me", headers={"cookie": cookie.encode("latin-1")}, trust_env=False)
        assert answer.status_code == 401, cookie
    assert browser_at(desk).post("/api/staff/sign-out").status_code == 200


def test_the_page_says_who_is_signed_in_already(desk: RunningDesk) -> None:
    browser = browser_at(desk)
    assert "小禾" not in browser.get("/signin").text
    sign_in(browser)
    assert "小禾" in browser.get("/signin").text


def test_demo_accounts_are_shown_only_in_the_demo(demo_desk: RunningDesk, desk: RunningDesk) -> None:
    shown = httpx.get(f"{demo_desk.url}/signin", trust_env=False).text
    assert DEMO_PASSWORD in shown
    assert all(name in shown for name in ("云舒", "小禾", "小满", "知夏"))
    assert "小旧" not in shown
    assert "阿仓" not in shown  # has no console
    hidden = httpx.get(f"{desk.url}/signin", trust_env=False).text
    assert DEMO_PASSWORD not in hidden
    assert "演示" not in hidden


def test_the_demo_password_opens_the_demo_and_no_shop_that_grew_out_of_one(
    demo_desk: RunningDesk, desk_settings: DeskSettings, book: PhraseBook
) -> None:
    assert sign_in(browser_at(demo_desk), "100", DEMO_PASSWORD).status_code == 200
    real = RunningDesk(demo_desk.services, desk_settings.model_copy(update={"desk_port": free_port()}), book)
    try:
        assert sign_in(browser_at(real), "100", DEMO_PASSWORD).status_code == 401
    finally:
        real.stop()


def test_logs_say_who_came_in_and_carry_no_secret(desk: RunningDesk, capfd: pytest.CaptureFixture[str]) -> None:
    browser = browser_at(desk)
    secrets = ["wrong-password", PASSWORD, "my-password-as-id"]
    sign_in(browser, password="wrong-password")
    sign_in(browser, "my-password-as-id", "wrong-password")
    sign_in(browser)
    secrets += [browser.cookies[COOKIE], HASH]
    me(browser)
    sign_in(browser, headers={"origin": "https://evil.example"})
    sign_in(browser, password="x" * 257)
    browser.post("/api/staff/sign-out")
    logged = "".join(capfd.readouterr())
    assert "desk.signed_in" in logged
    assert "desk.sign_in_refused" in logged
    assert not [secret for secret in secrets if secret in logged]


def test_other_talks_go_on_while_a_password_is_verified(desk: RunningDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Verifying must hold neither the event loop nor the one writer of the store."""
    verifying, go_on = Event(), Event()

    def slow(password: str, password_hash: str) -> Any:
        verifying.set()
        assert go_on.wait(10)
        return verify(password, password_hash)

    verify = staff.verify_password
    monkeypatch.setattr(staff, "verify_password", slow)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(sign_in, browser_at(desk))
        assert verifying.wait(10)
        try:
            assert httpx.get(f"{desk.url}/health", trust_env=False, timeout=5).status_code == 200
            with desk.services.unit_of_work() as uow:
                uow.policies.set("burst_messages", 21, "100", desk.services.clock.now())
                uow.commit()
        finally:
            go_on.set()
        assert waiting.result(10).status_code == 200

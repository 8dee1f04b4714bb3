"""Where sign-in leads, which pages and roles may do what, and what is said where they may not."""

import httpx
import pytest
from signing_in import COOKIE, PASSWORD, browser_at, hire, me, sign_in
from wire import RunningDesk

from desk import staff_access
from desk.errors import as_json, speak
from desk.rights import RIGHTS, RightMissing, check_right
from shop import errors
from shop.model import LEADERS, Role, Staff
from shop.passwords import PasswordRefused
from shop.wiring import Services


@pytest.fixture(autouse=True)
def team(services: Services) -> None:
    hire(services)


ORIGINS = (
    "https://evil.example",
    "null",
    "",
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    "http://[",
    "{host}.evil.example",
)


@pytest.mark.parametrize("origin", ORIGINS)
def test_a_page_from_elsewhere_can_sign_nobody_in_or_out(desk: RunningDesk, origin: str) -> None:
    browser = browser_at(desk)
    sign_in(browser)
    foreign = {"origin": origin.replace("{host}", desk.url)}
    for answer in (sign_in(browser, headers=foreign), browser.post("/api/staff/sign-out", headers=foreign)):
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "foreign_page")
        assert "set-cookie" not in answer.headers
    assert me(browser) == "321"


def test_a_request_without_an_origin_is_refused(desk: RunningDesk) -> None:
    body = {"staff_id": "321", "password": PASSWORD}
    assert httpx.post(f"{desk.url}/api/staff/sign-in", json=body, trust_env=False).status_code == 403


def test_only_json_of_the_right_shape_is_read(desk: RunningDesk) -> None:
    browser, path = browser_at(desk), "/api/staff/sign-in"
    body = f'{{"staff_id": "321", "password": "{PASSWORD}"}}'.encode()
    refused = [
        browser.post(path, data={"staff_id": "321", "password": PASSWORD}),
        browser.post(path, content=body, headers={"content-type": "text/plain"}),
        browser.post(path, content=body),
        browser.post(
            path, content=b'{"staff_id": "321", "password": "\\ud800"}', headers={"content-type": "application/json"}
        ),
        sign_in(browser, "\x00"),
        sign_in(browser, "3" * 65),
        sign_in(browser, password="x" * 257),
        sign_in(browser, password=""),
        browser.post(path, json=["321", PASSWORD]),
    ]
    assert [answer.status_code for answer in refused] == [422] * len(refused)
    assert all(PASSWORD not in answer.text for answer in refused)
    assert me(browser) is None


PATHS = {
    "": "/console",
    "/": "/",
    "/console?talk=1&x=2#end": "/console?talk=1&amp;x=2#end",
    "//evil.example": "/console",
    "/\\evil.example": "/console",
    "/\t/evil.example": "/console",
    "\\\\evil.example": "/console",
    " //evil.example": "/console",
    "/ok\n//evil.example": "/console",
    "https://evil.example/": "/console",
    "javascript:alert(1)": "/console",
    "console": "/console",
    '/"><script>': "/&#34;&gt;&lt;script&gt;",
}


@pytest.mark.parametrize("wished", PATHS)
def test_sign_in_leads_to_pages_of_this_site_only(desk: RunningDesk, wished: str) -> None:
    page = httpx.get(f"{desk.url}/signin", params={"next": wished}, trust_env=False)
    assert page.status_code == 200
    assert f'data-onward="{PATHS[wished]}"' in page.text
    assert "evil" not in page.text
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.req("HE-07")
def test_rights_are_those_of_the_table() -> None:
    for role in Role:
        staff = Staff("1", "小禾", role)
        for action, roles in RIGHTS.items():
            if role in roles:
                check_right(staff, action)
            else:
                with pytest.raises(RightMissing):
                    check_right(staff, action)
    assert RIGHTS["manage"] == {Role.MANAGER}
    assert RIGHTS["lead"] == LEADERS
    assert {role for role in Role if role not in RIGHTS["look"]} == {Role.WAREHOUSE}
    assert RIGHTS["look"] - RIGHTS["receive"] == {Role.QUALITY}


def test_a_socket_is_let_in_by_the_same_cookie() -> None:
    assert staff_access.session_of_cookie("") == staff_access.session_of_cookie("other=1") == ""
    assert len(staff_access.session_of_cookie(f"other=1; {COOKIE}=token")) == 64
    assert staff_access.is_own_page("https://desk.example", "desk.example")
    assert not staff_access.is_own_page("https://desk.example", "")
    assert not staff_access.is_own_page("", "")


SAID = [
    (errors.SignInFailed(), 401, "sign_in_failed", {}),
    (errors.TooManyTries(minutes=3), 429, "too_many_tries", {"minutes": 3}),
    (errors.NotYourTalk(agent="小禾"), 403, "not_your_talk", {"agent": "小禾"}),
    (errors.Taken(agent="小禾"), 409, "taken", {"agent": "小禾"}),
    (errors.SpeechBlocked(findings=[{"word": "保证"}]), 409, "speech", {"findings": [{"word": "保证"}]}),
    (errors.LeftOpen(rows=[]), 409, "left_open", {"rows": []}),
    (errors.AutoReplyMissing(states="挂起、示忙"), 409, "auto_reply_missing", {}),
    (errors.NoteNeeded(state="示忙"), 409, "note_needed", {}),
    (errors.StaffUnknown(staff_id="9"), 404, "staff_unknown", {}),
    (PasswordRefused(why="太常见"), 422, "password_refused", {}),
    (RightMissing(action="manage", role="质检"), 403, "right_missing", {}),
]


@pytest.mark.parametrize("said", SAID, ids=lambda said: said[2])
def test_what_staff_are_told_has_words_a_code_and_the_facts_that_the_console_needs(
    said: tuple[errors.ShopError, int, str, dict[str, object]],
) -> None:
    error, status, code, facts = said
    spoken = speak(error)
    body = as_json(spoken)
    text = body.pop("text")
    assert (spoken.status, body) == (status, {"code": code, **facts})
    assert "{" not in text
    assert all(str(fact) in text for fact in facts.values() if code in ("too_many_tries", "taken"))

"""Staff over HTTP: hired, changed, signed out, let go; whoever is signed in hears of it at once."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from consoles import ConsoleClient, sign_in
from wire import Client, RunningDesk

from desk.rights import RIGHTS, SAYING
from shop.model import ChangeKind, Group, Holder, Role, SeatState, Staff
from shop.wiring import Services

Open = Callable[..., Awaitable[ConsoleClient]]
Join = Callable[..., Awaitable[Client]]
PASSWORD = "落花有意-7788"


@pytest.fixture
async def manager(desk: RunningDesk, services: Services) -> Any:
    headers = {"Cookie": sign_in(services, "100"), "Origin": desk.url}
    async with httpx.AsyncClient(base_url=f"{desk.url}/api/v1", headers=headers, trust_env=False, timeout=60) as http:
        yield http


async def enter(desk: RunningDesk, staff_id: str, password: str) -> httpx.Response:
    async with httpx.AsyncClient(base_url=desk.url, trust_env=False, timeout=60) as http:
        form = {"staff_id": staff_id, "password": password}
        return await http.post("/api/staff/sign-in", json=form, headers={"Origin": desk.url})


async def person(http: httpx.AsyncClient, staff_id: str) -> dict[str, Any]:
    people = (await http.get("/people")).json()["people"]
    found: dict[str, Any] = next(each for each in people if each["id"] == staff_id)
    return found


def new(staff_id: str = "351", name: str = "知秋", role: str = "综合客服", **more: Any) -> dict[str, Any]:
    return {"staff_id": staff_id, "name": name, "role": role, **more}


@pytest.mark.req("HE-07", "OR-03")
async def test_who_is_hired_signs_in_with_the_password_told_once(
    desk: RunningDesk, manager: httpx.AsyncClient, services: Services, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = await manager.post("/people", json=new(" ３５１ ", groups=[]))
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
    password = answer.json()["password"]
    assert (await enter(desk, "351", password)).status_code == 200
    again = await manager.post("/people", json=new("352", "惊蛰", password=PASSWORD))
    assert again.json() == {"password": None}
    assert (await enter(desk, "352", PASSWORD)).status_code == 200
    listed = await manager.get("/people")
    assert password not in listed.text
    assert "argon2" not in listed.text
    with services.unit_of_work() as uow:
        notes = [uow.changes.of(ChangeKind.STAFF, staff_id, 9) for staff_id in ("351", "352")]
    assert [note.action for [note] in notes] == ["添加员工"] * 2
    said = "".join(capfd.readouterr()) + repr([(n.before, n.after) for [n] in notes])
    assert password not in said
    assert PASSWORD not in said
    assert "argon2" not in said


@pytest.mark.parametrize(
    ("form", "status", "code", "word"),
    [
        (new("100"), 409, "id_taken", "100"),
        (new("有 空格"), 422, "person_refused", "工号"),
        (new(name="云舒"), 422, "person_refused", "花名"),
        (new(name="很长" * 11), 422, "person_refused", "花名"),
        (new(groups=["nowhere"]), 422, "person_refused", "技能组"),
        (new(password="short"), 422, "password_refused", "至少"),
        (new(password="351-351-351"), 422, "password_refused", "工号"),
        (new(role="老板"), 422, "field_wrong", "内容"),
        (new(name="知\x00秋"), 422, "field_wrong", "内容"),
    ],
)
async def test_who_cannot_be_hired_so_is_refused_in_words(
    manager: httpx.AsyncClient, form: dict[str, Any], status: int, code: str, word: str
) -> None:
    answer = await manager.post("/people", json=form)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert word in answer.json()["error"]["text"]
    assert "351" not in {each["id"] for each in (await manager.get("/people")).json()["people"]}


@pytest.mark.req("HE-07")
async def test_the_page_says_what_each_role_may_do(manager: httpx.AsyncClient) -> None:
    roles = {role["role"]: role["may"] for role in (await manager.get("/people")).json()["roles"]}
    assert set(SAYING) == set(RIGHTS)
    assert roles == {role.value: [SAYING[action] for action, who in RIGHTS.items() if role in who] for role in Role}
    assert [name for name, may in roles.items() if SAYING["manage"] in may] == ["经理"]


@pytest.mark.req("HE-07")
async def test_a_new_role_counts_at_once_and_the_console_opens_anew(
    manager: httpx.AsyncClient, console: Open, services: Services
) -> None:
    agent = await console("331")
    await agent.refused("note", talk="nowhere", client_msg_id="n", text="x", kind="悄悄话")
    assert (await manager.patch("/people/331", json={"role": "组长"})).status_code == 200
    await agent.wait("disconnect")
    found = await person(manager, "331")
    assert (found["role"], found["groups"]) == ("组长", ["lead"])
    with services.unit_of_work() as uow:
        [note] = uow.changes.of(ChangeKind.STAFF, "331", 9)
    assert note.before and note.after
    assert (note.before["role"], note.after["role"], note.by) == ("售后客服", "组长", "100")


async def test_name_groups_and_limit_are_changed_and_the_seat_is_told(
    manager: httpx.AsyncClient, console: Open, services: Services
) -> None:
    with services.unit_of_work() as uow:
        uow.groups.add(Group("tea", "茶具"))
        uow.commit()
    agent = await console("331")
    form = {"name": "小雪", "groups": ["tea"], "max_buyers": 3}
    assert (await manager.patch("/people/331", json=form)).status_code == 200
    await agent.wait("seat", lambda seat: seat["name"] == "小雪" and seat["limit"] == 3 and seat["groups"] == ["茶具"])
    found = await person(manager, "331")
    assert (found["name"], found["max_buyers"], found["limit"]) == ("小雪", 3, 3)
    assert (await manager.patch("/people/331", json={"max_buyers": 201})).status_code == 422
    assert (await manager.patch("/people/331", json={"name": "云舒"})).status_code == 422


@pytest.mark.req("HE-07", "OR-03")
async def test_a_reset_password_ends_all_sessions_of_that_person(
    desk: RunningDesk, manager: httpx.AsyncClient, console: Open
) -> None:
    agent = await console("331")
    assert len((await person(manager, "331"))["sessions"]) == 1
    answer = await manager.post("/people/331/password", json={"password": PASSWORD})
    assert answer.json() == {"password": None}
    await agent.wait("signed_out")
    assert (await person(manager, "331"))["sessions"] == []
    assert (await enter(desk, "331", PASSWORD)).status_code == 200
    made = (await manager.post("/people/331/password", json={})).json()["password"]
    assert (await enter(desk, "331", PASSWORD)).status_code == 401
    assert (await enter(desk, "331", made)).status_code == 200
    weak = await manager.post("/people/331/password", json={"password": "12345678"})
    assert weak.json()["error"]["code"] == "password_refused"


async def test_signing_somebody_out_leaves_the_password(manager: httpx.AsyncClient, console: Open) -> None:
    agent = await console("331")
    assert (await manager.delete("/people/331/sessions")).status_code == 204
    await agent.wait("signed_out")
    assert (await manager.delete("/people/100/sessions")).status_code == 204
    assert (await manager.get("/people")).status_code == 200, "one's own session here stays"


@pytest.mark.req("HE-07")
@pytest.mark.parametrize("deed", ["dismissed", "moved to the warehouse"])
async def test_who_goes_leaves_no_buyer_behind(
    manager: httpx.AsyncClient, console: Open, join: Join, services: Services, deed: str
) -> None:
    agent, buyer = await console("331"), await join()
    await buyer.say("在吗")
    talk = buyer.opened["conversation_id"]
    await agent.done("take", talk=talk)
    colleague = await console("321", at_work=False)
    await colleague.done("enter")
    if deed == "dismissed":
        assert (await manager.delete("/people/331")).status_code == 204
        await agent.wait("signed_out")
    else:
        assert (await manager.patch("/people/331", json={"role": "仓库"})).status_code == 200
        await agent.wait("disconnect")
    await buyer.wait("holder", lambda holder: holder["holder"] == "queue")
    await colleague.wait("seat", lambda seat: seat["staff_id"] == "331" and seat["state"] == "离线")
    with services.unit_of_work() as uow:
        conversation, seat = uow.conversations.find(talk), uow.seats.find("331")
        assert conversation and seat
        assert (conversation.holder, seat.state) == (Holder.QUEUE, SeatState.OFFLINE)
        assert conversation.queue_reason == ("客服离职" if deed == "dismissed" else "客服岗位变动")
    await colleague.done("state", state="在线")
    await colleague.wait("assigned", lambda news: news["talk"] == talk)


async def test_a_talk_left_with_who_may_not_have_it_is_found_at_the_next_look_around(
    desk: RunningDesk, console: Open, join: Join, services: Services
) -> None:
    """As after a crash between the dismissal and the release."""
    agent, buyer = await console("331"), await join()
    await buyer.say("在吗")
    await agent.done("take", talk=buyer.opened["conversation_id"])
    with services.unit_of_work() as uow:
        uow.people.lock("331").active = False
        uow.commit()
    await buyer.wait("holder", lambda holder: holder["holder"] == "queue")


@pytest.mark.req("HE-07")
async def test_the_last_manager_stays(manager: httpx.AsyncClient, services: Services) -> None:
    for answer in (
        await manager.delete("/people/100"),
        await manager.patch("/people/100", json={"role": "组长", "name": "云起"}),
    ):
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "last_manager")
    found = await person(manager, "100")
    assert (found["role"], found["name"], found["active"]) == ("经理", "云舒", True)
    with services.unit_of_work() as uow:
        uow.people.add(Staff("101", "南山", Role.MANAGER))
        uow.commit()
    assert (await manager.delete("/people/100")).status_code == 204
    assert (await manager.get("/people")).status_code == 401


async def test_nobody_who_left_is_changed(manager: httpx.AsyncClient, services: Services) -> None:
    with services.unit_of_work() as uow:
        uow.people.add(Staff("349", "旧人", Role.AGENT, active=False))
        uow.commit()
    for staff_id in ("349", "nobody"):
        for answer in (
            await manager.patch(f"/people/{staff_id}", json={"name": "新名"}),
            await manager.post(f"/people/{staff_id}/password", json={}),
            await manager.delete(f"/people/{staff_id}/sessions"),
            await manager.delete(f"/people/{staff_id}"),
        ):
            assert answer.status_code == 404

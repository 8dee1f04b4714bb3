"""`/api/v1/phrases` and `/api/v1/phrase-groups` over real HTTP. PH-01, PH-09, PH-11, PH-32, PH-33."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from consoles import ConsoleClient, sign_in
from wire import RunningDesk

from phrases.transfer.reading import MAX_BYTES
from shop.model import ChangeKind, PhraseUse
from shop.wiring import Services

HEAD = "快捷短语编码,快捷短语,快捷短语分组\r\n"


@pytest.fixture
async def http(desk: RunningDesk, services: Services) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Cookie": sign_in(services, "100"), "Origin": desk.url}
    async with httpx.AsyncClient(base_url=f"{desk.url}/api/v1", headers=headers, trust_env=False, timeout=60) as client:
        yield client


async def done(http: httpx.AsyncClient, method: str, path: str, **given: Any) -> Any:
    answer = await http.request(method, path, **given)
    assert answer.is_success, answer.text
    return answer.json()


async def refused(http: httpx.AsyncClient, method: str, path: str, status: int, **given: Any) -> dict[str, Any]:
    answer = await http.request(method, path, **given)
    assert answer.status_code == status, answer.text
    error: dict[str, Any] = answer.json()["error"]
    return error


async def listed(http: httpx.AsyncClient) -> dict[str, dict[str, Any]]:
    return {phrase["code"]: phrase for phrase in (await done(http, "GET", "/phrases"))["phrases"]}


def a_file(rows: str, **more: str) -> dict[str, Any]:
    return {"files": {"file": ("千牛.csv", (HEAD + rows).encode("gbk"), "text/csv")}, "data": more}


@pytest.mark.req("PH-01", "PH-09")
async def test_a_phrase_is_added_changed_and_removed_and_counted(http: httpx.AsyncClient) -> None:
    before = await done(http, "GET", "/phrases")
    form = {"group": "物流", "text": "您的包裹我帮您看看"}
    made = (await done(http, "POST", "/phrases", json=form))["phrase"]
    after = await done(http, "GET", "/phrases")
    assert (after["count"], after["limits"]["phrases"]) == (before["count"] + 1, 100)
    code = made["code"]
    edit = {**form, "code": "bg1", "version": made["version"]}
    assert (await done(http, "PUT", f"/phrases/{code}", json=edit))["phrase"]["code"] == "bg1"
    assert (await refused(http, "POST", "/phrases", 409, json={**form, "code": "bg1", "text": "别的"}))[
        "code"
    ] == "code_taken"
    assert (await refused(http, "PUT", "/phrases/zz9", 404, json={**form, "text": "没有这一条"}))["code"] == "not_found"
    await done(http, "DELETE", "/phrases/bg1?version=1")
    assert set(await listed(http)) == {phrase["code"] for phrase in before["phrases"]}


@pytest.mark.req("PH-01")
async def test_the_hundred_and_first_is_refused_in_chinese_and_nothing_changes(http: httpx.AsyncClient) -> None:
    count = (await done(http, "GET", "/phrases"))["count"]
    rows = "".join(f"xx{n},这是第{n}句您看看,物流\r\n" for n in range(101 - count))
    checked = await done(http, "POST", "/phrases/import", **a_file(rows))
    assert [row["verdict"] for row in checked["rows"]][-2:] == ["新增", "超出"]
    lines = [row["line"] for row in checked["rows"]]
    form = a_file(rows, state=checked["state"], lines=json.dumps(lines))
    assert (await refused(http, "POST", "/phrases/import/rows", 409, **form))["code"] == "too_many"
    assert (await done(http, "GET", "/phrases"))["count"] == count
    form = a_file(rows, state=checked["state"], lines=json.dumps(lines[1:]))
    assert (await done(http, "POST", "/phrases/import/rows", **form))["added"] == 100 - count
    error = await refused(http, "POST", "/phrases", 409, json={"group": "物流", "text": "再来一句您看看"})
    assert error["text"] == "最多只能放 100 条，请您先删掉不用的再添加~"
    assert (await done(http, "GET", "/phrases"))["count"] == 100


@pytest.mark.req("PH-09", "PH-32")
@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"group": "物流", "text": "这个不行"}, 422),
        ({"group": "物流", "text": "您好{不存在}"}, 422),
        ({"group": "物流", "text": "  "}, 422),
        ({"group": "物流", "text": "长" * 501}, 413),
        ({"group": " ", "text": "您好呀"}, 422),
        ({"group": "物流", "text": "您好呀", "code": "编码"}, 422),
        ({"group": "物流\x00", "text": "您好呀"}, 422),
        ({"group": "物流", "text": 5}, 422),
        ({}, 422),
    ],
)
async def test_what_cannot_be_saved_changes_nothing(http: httpx.AsyncClient, form: dict[str, Any], status: int) -> None:
    before = await listed(http)
    assert (await refused(http, "POST", "/phrases", status, json=form))["text"]
    assert (await http.put("/phrases/hy1", json=form)).status_code == status
    assert await listed(http) == before


@pytest.mark.req("PH-33")
async def test_the_second_of_two_editors_gets_both_texts_and_old_ones_come_back(http: httpx.AsyncClient) -> None:
    shipped = (await listed(http))["hy1"]
    form = {"group": shipped["group"], "code": "hy1", "version": shipped["version"]}
    first = (await done(http, "PUT", "/phrases/hy1", json={**form, "text": "先写的，您好"}))["phrase"]
    error = await refused(http, "PUT", "/phrases/hy1", 409, json={**form, "text": "后写的，您好"})
    assert (error["code"], error["theirs"]["text"], error["theirs"]["by"]) == ("phrase_changed", "先写的，您好", "云舒")
    await done(http, "PUT", "/phrases/hy1", json={**form, "text": "后写的，您好", "version": first["version"]})
    changes = (await done(http, "GET", "/phrases/hy1/history"))["changes"]
    assert [change["after"]["text"] for change in changes] == ["后写的，您好", "先写的，您好"]
    restored = {"change": changes[-1]["id"], "before": True}
    assert (await done(http, "POST", "/phrases/hy1/restore", json=restored))["phrase"]["text"] == shipped["text"]
    await done(http, "DELETE", "/phrases/hy1")
    assert [phrase["code"] for phrase in (await done(http, "GET", "/phrases/removed"))["phrases"]] == ["hy1"]
    await done(http, "POST", "/phrases/hy1/restore", json={})
    assert (await listed(http))["hy1"]["text"] == shipped["text"]
    await refused(http, "POST", "/phrases/hy1/restore", 404, json={"change": 10**9})


@pytest.mark.req("PH-11")
async def test_groups_are_the_managers_and_every_console_has_them_at_once(http: httpx.AsyncClient, console) -> None:
    agent: ConsoleClient = await console("321")
    await done(http, "POST", "/phrase-groups", json={"name": "双11/大促"})
    await agent.wait("phrases", lambda news: "双11/大促" in news["groups"])
    assert (await refused(http, "POST", "/phrase-groups", 409, json={"name": "物流"}))["code"] == "name_taken"
    await done(http, "POST", "/phrases", json={"group": "双11/大促", "text": "大促的订单按付款先后发出", "code": "dc1"})
    await done(http, "PUT", "/phrase-groups/name", json={"name": "双11/大促", "to": "活动"})
    [found] = (await agent.done("phrases", words="", group="活动"))["found"]
    assert found["code"] == "dc1"
    names = (await done(http, "PUT", "/phrase-groups/order", json={"names": ["活动"]}))["names"]
    assert names[0] == "活动"
    error = await refused(http, "POST", "/phrase-groups/removal", 409, json={"name": "活动"})
    assert (error["code"], error["count"]) == ("group_in_use", 1)
    assert await done(http, "POST", "/phrase-groups/removal", json={"name": "活动", "to": "物流"}) == {"moved": 1}
    assert "活动" not in (await done(http, "GET", "/phrase-groups"))["groups"]
    codes = (await done(http, "PUT", "/phrase-groups/places", json={"name": "物流", "codes": ["dc1"]}))["codes"]
    assert codes[0] == "dc1"
    found = (await agent.done("phrases", words="", group="物流"))["found"]
    assert [phrase["code"] for phrase in found] == codes
    again: ConsoleClient = await console("331")
    assert again.entered["phrase_groups"] == (await done(http, "GET", "/phrase-groups"))["groups"]


@pytest.mark.req("PH-35", "QK-21")
async def test_uses_of_ninety_days_and_doubles_stand_beside_each_phrase(
    http: httpx.AsyncClient, join, services: Services, clock
) -> None:
    talk = (await join()).opened["conversation_id"]
    with services.unit_of_work() as uow:
        for days, edited in ((1, False), (2, True), (91, False)):
            at = clock.now()
            uow.phrase_uses.add(
                PhraseUse(
                    at.__class__.fromtimestamp(at.timestamp() - days * 86400, at.tzinfo), "321", talk, 1, "hy1", edited
                )
            )
        uow.commit()
    text = (await listed(http))["wl1"]["text"]
    await done(http, "POST", "/phrases", json={"group": "物流", "text": text, "code": "zz1"})
    found = await listed(http)
    assert found["hy1"]["uses"] == {"sent": 2, "unedited": 1}
    assert found["wl1"]["uses"] == {"sent": 0, "unedited": 0}
    assert (found["wl1"]["twin"], found["zz1"]["twin"]) == ("", "wl1")


@pytest.mark.req("PH-32")
async def test_words_are_weighed_while_one_types(http: httpx.AsyncClient) -> None:
    found = await done(http, "POST", "/phrases/check", json={"text": "这个不行{不存在}"})
    assert [finding["word"] for finding in found["findings"]] == ["不行"]
    assert "不存在" in found["problem"]
    assert await done(http, "POST", "/phrases/check", json={"text": "您好呀"}) == {"findings": [], "problem": ""}


@pytest.mark.req("PH-09", "PH-33")
@pytest.mark.parametrize("form", ["xlsx", "csv", "qianniu"])
async def test_what_is_exported_is_imported_as_it_was(http: httpx.AsyncClient, services: Services, form: str) -> None:
    await done(http, "POST", "/phrases", json={"group": "物流", "text": '=您好\n,第二行"呀"😊', "code": "zz1"})
    answer = await http.get("/phrases/export", params={"form": form})
    assert answer.is_success
    assert "attachment" in answer.headers["Content-Disposition"]
    checked = await done(http, "POST", "/phrases/import", files={"file": ("f", answer.content)})
    assert {row["verdict"] for row in checked["rows"]} == {"相同"}
    with services.unit_of_work() as uow:
        [noted] = uow.changes.of(ChangeKind.EXPORT, "快捷短语", 9)
        assert (noted.by, noted.after) == ("100", {"form": form, "count": checked["count"]})
    assert (await http.get("/phrases/export", params={"form": "doc"})).status_code == 422


@pytest.mark.req("PH-01", "PH-33")
async def test_an_import_is_taken_whole_and_undone_whole(http: httpx.AsyncClient) -> None:
    before = await listed(http)
    rows = 'xx1,"第一行\r\n第二行，您看看",新组\r\nhy1,换一句您看看,欢迎语\r\nxx2,这个不行,\r\n'
    checked = await done(http, "POST", "/phrases/import", **a_file(rows, group="售后"))
    assert [(row["line"], row["verdict"]) for row in checked["rows"]] == [(2, "新增"), (4, "更改"), (5, "有误")]
    assert checked["rows"][2]["group"] == "售后"
    assert await listed(http) == before, "looking changes nothing"
    bad = a_file(rows, group="售后", state=checked["state"], lines="[2,4,5]")
    error = await refused(http, "POST", "/phrases/import/rows", 422, **bad)
    assert error["text"].startswith("第 5 行")
    stale = a_file(rows, group="售后", state="?", lines="[2,4]")
    assert (await refused(http, "POST", "/phrases/import/rows", 409, **stale))["code"] == "conflict"
    good = a_file(rows, group="售后", state=checked["state"], lines="[2,4]")
    taken = await done(http, "POST", "/phrases/import/rows", **good)
    assert (taken["added"], taken["changed"]) == (1, 1)
    assert (await listed(http))["xx1"]["text"] == "第一行\n第二行，您看看"
    [offered] = (await done(http, "GET", "/phrases/imports"))["imports"]
    assert (offered["batch"], offered["by"], offered["count"]) == (taken["batch"], "云舒", 2)
    assert await done(http, "POST", f"/phrases/imports/{taken['batch']}/undo") == {"undone": 2, "kept": []}
    assert {code: p["text"] for code, p in (await listed(http)).items()} == {c: p["text"] for c, p in before.items()}
    await refused(http, "POST", "/phrases/imports/nothing/undo", 404)


@pytest.mark.req("PH-01", "PH-09")
async def test_a_file_that_is_none_is_refused_with_the_reason(http: httpx.AsyncClient) -> None:
    for data, reason in ((b"PK\x03\x04", "损坏"), (b"a,b\r\n1,2", "不认识的列"), (b"", "空的")):
        error = await refused(http, "POST", "/phrases/import", 422, files={"file": ("f.csv", data)})
        assert (error["code"], reason in error["text"]) == ("file_refused", True)
        assert error["problems"]
    large = await refused(http, "POST", "/phrases/import", 422, files={"file": ("f", b"a" * (MAX_BYTES + 100_000))})
    assert "2 MB" in large["text"]
    assert (await refused(http, "POST", "/phrases/import", 422))["code"]
    for lines in ("x", "[[1]]", '{"a": 1}', "[" * 9000):
        assert (await http.post("/phrases/import/rows", **a_file("xx1,您好呀,\r\n", lines=lines))).status_code == 422

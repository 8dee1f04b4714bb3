"""A picture that goes with a quick phrase: who may set it, who sees it, and how it gets to the buyer. PH-09, PC-01."""

from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any
from uuid import uuid4

import httpx
import pytest
from consoles import sign_in
from PIL import Image
from wire import RunningDesk

from shop.wiring import Services

TEXT = "这是尺码表，您看看"


@pytest.fixture
async def http(desk: RunningDesk, services: Services) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Cookie": sign_in(services, "100"), "Origin": desk.url}
    async with httpx.AsyncClient(base_url=desk.url, headers=headers, trust_env=False) as client:
        yield client


def a_picture(colour: str = "teal") -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "PNG")
    return out.getvalue()


async def send_up(http: httpx.AsyncClient, data: bytes) -> httpx.Response:
    return await http.post("/api/v1/phrases/pictures", files={"file": ("表.png", data, "image/png")})


async def saved(http: httpx.AsyncClient, **more: Any) -> dict[str, Any]:
    """The phrase /cm9 with a picture that was just sent up."""
    sent_up = (await send_up(http, a_picture())).json()
    form = {"group": "物流", "code": "cm9", "text": TEXT, "picture": sent_up["id"], **more}
    answer = await http.post("/api/v1/phrases", json=form)
    assert answer.is_success, answer.text
    phrase: dict[str, Any] = answer.json()["phrase"]
    return phrase


async def listed(http: httpx.AsyncClient, code: str) -> dict[str, Any]:
    phrases = (await http.get("/api/v1/phrases")).json()["phrases"]
    return next(phrase for phrase in phrases if phrase["code"] == code)


async def serving(join, console) -> tuple[Any, Any, str]:
    agent, buyer = await console("321"), await join()
    talk = buyer.opened["conversation_id"]
    await agent.done("take", talk=talk)
    return agent, buyer, talk


@pytest.mark.req("PH-09", "PH-33")
async def test_a_picture_is_added_replaced_taken_away_and_had_back(http: httpx.AsyncClient) -> None:
    phrase = await saved(http)
    first = phrase["picture"]["id"]
    shown = await http.get((await listed(http, "cm9"))["picture"]["url"])
    assert Image.open(BytesIO(shown.content)).format == "JPEG"
    form = {"group": "物流", "code": "cm9", "text": TEXT}
    assert (await http.put("/api/v1/phrases/cm9", json=form)).json()["phrase"]["picture"]["id"] == first
    second = (await send_up(http, a_picture("red"))).json()["id"]
    for picture in (second, ""):
        assert (await http.put("/api/v1/phrases/cm9", json={**form, "picture": picture})).is_success
    assert (await listed(http, "cm9"))["picture"] is None
    changes = (await http.get("/api/v1/phrases/cm9/history")).json()["changes"]
    assert [change["after"]["picture"] and change["after"]["picture"]["id"] for change in changes] == [
        None,
        second,
        first,
    ]
    await http.post("/api/v1/phrases/cm9/restore", json={"change": changes[-1]["id"]})
    again = (await listed(http, "cm9"))["picture"]
    assert again["id"] == first
    assert (await http.get(again["url"])).is_success


async def test_what_is_no_picture_is_refused_and_no_id_is_believed(http: httpx.AsyncClient, desk: RunningDesk) -> None:
    refused = await send_up(http, b"<svg/>")
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "picture_refused")
    assert (await send_up(http, bytes(5 * 1024 * 1024 + 1))).status_code == 422
    assert (await http.post("/api/v1/phrases/pictures")).status_code == 422
    assert not list((desk.settings.var / "pictures").rglob("*.jpg"))
    for picture in ("x" * 22, "../../shop", "a/b"):
        form = {"group": "物流", "code": "cm9", "text": TEXT, "picture": picture}
        assert (await http.post("/api/v1/phrases", json=form)).status_code == 422


@pytest.mark.req("PC-01")
async def test_no_buyer_sees_it_before_it_is_sent_and_then_only_that_one(http, join, console, desk) -> None:
    picture = (await saved(http))["picture"]
    agent, buyer, talk = await serving(join, console)
    other = await join()
    assert (await buyer.send(picture=picture["id"]))["error"]["code"] == "field_wrong"
    await agent.write(talk, TEXT, attached=[picture["id"]])
    [sent] = await buyer.wait("message", lambda m: m["kind"] == "picture")
    async with httpx.AsyncClient(base_url=desk.url, trust_env=False) as anybody:
        assert (await anybody.get(sent["picture"])).is_success
        own = sent["picture"]
        for path in (
            f"/pictures/{picture['id']}",
            own.replace(talk, other.opened["conversation_id"]),
            own.replace(talk, "library"),
            picture["url"].replace("library", talk),
        ):
            assert (await anybody.get(path)).status_code in (404, 422), path
    assert (await other.send(picture=picture["id"]))["error"]["code"] == "field_wrong"


@pytest.mark.req("PH-10")
async def test_text_and_picture_are_two_messages_in_order_and_once_however_often_sent(http, join, console) -> None:
    picture = (await saved(http))["picture"]
    agent, buyer, talk = await serving(join, console)
    [found] = [p for p in (await agent.done("phrases", talk=talk, words="/cm9"))["found"] if p["code"] == "cm9"]
    assert found["picture"]["id"] == picture["id"]
    form = {"talk": talk, "client_msg_id": uuid4().hex, "text": TEXT, "attached": [picture["id"]]}
    form["phrases"] = [{"code": "cm9", "text": TEXT}]
    first = await agent.done("send", **form)
    assert await agent.done("send", **form) == first
    await buyer.wait("message", lambda m: m["kind"] == "picture")
    said = [(m["seq"], m["kind"]) for m in (await agent.look(talk))["messages"] if m["direction"] == "agent"]
    seq = first["message"]["seq"]
    assert said == [(seq, "text"), (seq + 1, "picture")]
    heard = [(m["seq"], m["kind"]) for m in buyer.messages if m["direction"] == "agent"]
    assert heard == said


async def test_nothing_goes_out_where_the_text_may_not_or_the_picture_is_none(http, join, console) -> None:
    picture = (await saved(http))["picture"]
    agent, _, talk = await serving(join, console)
    form = {"talk": talk, "client_msg_id": uuid4().hex}
    assert (await agent.refused("send", **form, text="你有病吧", attached=[picture["id"]]))["code"] == "speech"
    assert (await agent.refused("send", **form, text=TEXT, attached=["x" * 22]))["code"] == "field_wrong"
    assert (await agent.refused("send", **form, picture=picture["id"]))["code"] == "field_wrong"
    assert [m for m in (await agent.look(talk))["messages"] if m["direction"] == "agent"] == []
    colleague = await console("331")
    refused = await colleague.refused("send", **form, text=TEXT, attached=[picture["id"]])
    assert refused["code"] == "not_your_talk"


@pytest.mark.req("PH-09")
@pytest.mark.parametrize("form", ["xlsx", "csv", "qianniu"])
async def test_a_file_names_the_picture_and_brings_it_back(http: httpx.AsyncClient, form: str) -> None:
    picture = (await saved(http))["picture"]
    file = (await http.get("/api/v1/phrases/export", params={"form": form})).content
    if form != "xlsx":
        assert (picture["id"].encode() in file) == (form == "csv")
    checked = (await http.post("/api/v1/phrases/import", files={"file": ("f", file)})).json()
    assert {(row["verdict"], row["reason"]) for row in checked["rows"]} == {("相同", "")}

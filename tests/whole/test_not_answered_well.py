"""From buyers whom the real bot does not understand to lessons that the manager confirmed, in one shop."""

from typing import Any

import httpx
from buyers import SocketBuyer
from running import RunningShop

from shop.passwords import DEMO_PASSWORD

MANAGER = "100"
UNCLEAR = ("那个弄一弄可以的话", "那个弄弄可以的话呢", "那个可以弄一弄的话")
FAR_OFF = "帮我写一首关于月亮的诗"


async def test_what_the_bot_did_not_get_is_grouped_by_what_it_is_like_and_taught(shop: RunningShop) -> None:
    for text in (*UNCLEAR, FAR_OFF):
        async with SocketBuyer(shop, None) as guest:
            await guest.say(text)
    async with httpx.AsyncClient(base_url=shop.url, headers={"Origin": shop.url}, trust_env=False, timeout=60) as http:
        form = {"staff_id": MANAGER, "password": DEMO_PASSWORD}
        assert (await http.post("/api/staff/sign-in", json=form)).is_success
        [unclear] = [group for group in await groups(http) if UNCLEAR[0] in texts(group)]
        assert set(UNCLEAR) <= set(texts(unclear))
        assert FAR_OFF not in texts(unclear)
        assert unclear["likely"]["name"]
        ids = [number for example in unclear["examples"] for number in example["ids"]]
        taught = await http.post("/api/v1/gaps/teach", json={"lessons": [{"ids": ids, "intent": "ask_usage"}]})
        assert taught.is_success, taught.text
        assert UNCLEAR[0] not in [text for group in await groups(http) for text in texts(group)]
        assert (await http.post("/api/v1/gaps/settle", json={"ids": ids, "state": "open"})).is_success
    with shop.services.unit_of_work() as uow:
        lessons = [lesson for lesson in uow.taught_messages.all() if lesson.text in UNCLEAR]
        assert {lesson.intent for lesson in lessons} == {"ask_usage"}
        assert len(lessons) == len(UNCLEAR)
        for lesson in lessons:
            uow.taught_messages.remove(lesson)
        uow.commit()


async def groups(http: httpx.AsyncClient) -> list[dict[str, Any]]:
    """As the page asks for them: again while the vectors are on their way."""
    while True:
        found = (await http.get("/api/v1/gaps", timeout=60)).json()
        if found["grouping"] != "loading":
            assert found["grouping"] == "done"
            listed: list[dict[str, Any]] = found["groups"]
            return listed


def texts(group: dict[str, Any]) -> list[str]:
    return [example["text"] for example in group["examples"]]

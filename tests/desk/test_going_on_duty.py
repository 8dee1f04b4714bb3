"""Nobody takes buyers whose buyers would hear nothing while nobody is looking. PH-34."""

from collections.abc import Awaitable, Callable

import pytest
from consoles import ConsoleClient

from shop.model import SavedReply
from shop.wiring import Services
from tests.conftest import NOW

Console = Callable[..., Awaitable[ConsoleClient]]


def switch(services: Services, enabled: bool, *keys: str) -> None:
    with services.unit_of_work() as uow:
        for key in keys:
            known = uow.saved_replies.find(key)
            if known is None:
                uow.saved_replies.add(SavedReply(key, key, [], "m1", NOW, enabled=enabled))
            else:
                known.enabled, known.version = enabled, known.version + 1
        uow.commit()


@pytest.mark.req("PH-34")
async def test_without_an_auto_reply_nobody_goes_on_duty_and_the_console_names_what_is_missing(
    services: Services, console: Console
) -> None:
    agent = await console("321", at_work=False)
    await agent.done("enter")
    switch(services, False, "agent_away", "agent_busy")
    error = await agent.refused("state", state="在线")
    assert error["code"] == "auto_reply_missing"
    assert "「挂起、示忙」" in error["text"]
    switch(services, True, "agent_away")
    assert "「示忙」" in (await agent.refused("state", state="在线"))["text"]
    assert (await agent.done("state", state="示忙"))["seat"]["state"] == "示忙"
    switch(services, True, "agent_busy")
    assert (await agent.done("state", state="在线"))["seat"]["state"] == "在线"


@pytest.mark.req("PH-34")
async def test_who_is_on_duty_already_stays(services: Services, console: Console) -> None:
    agent = await console("321")
    switch(services, False, "agent_away")
    assert (await agent.done("state", state="在线"))["seat"]["state"] == "在线"

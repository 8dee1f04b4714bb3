"""Nobody says anything: what windows and consoles hear of it, over real sockets. The desk looks around every 3 s."""

from typing import Any

import pytest
from consoles import ConsoleClient
from wire import Client, Worker, say

from shop import silence
from shop.model import AlertKind, Holder, TaskKind
from shop.policy import Policy
from shop.tasks import put_task
from shop.wiring import Services

RULES = Policy()
TOO_LONG = RULES.excuse_seconds + 1


def has_key(key: str) -> Any:
    return lambda message: message["key"] == key


def is_kind(kind: AlertKind) -> Any:
    return lambda alert: alert["kind"] == kind.value


def keys(client: Client) -> list[str]:
    return [message["key"] for message in client.messages]


def set_rule(services: Services, name: str, value: int) -> None:
    with services.unit_of_work() as uow:
        uow.policies.set(name, value, by="test", at=services.clock.now())
        uow.commit()


async def hold(agent: ConsoleClient, buyer: Client) -> str:
    """The agent takes the buyer's talk."""
    talk: str = buyer.opened["conversation_id"]
    await agent.done("take", talk=talk)
    return talk


@pytest.mark.req("CW-07")
async def test_who_waits_hears_so_once_and_the_agent_and_the_leaders_are_told(join, console, clock) -> None:
    agent, leader, other = await console("321"), await console("200"), await console("331")
    first, second = await join(), await join()
    for buyer in (first, second):
        await hold(agent, buyer)
    await first.say("在吗")
    clock.advance(seconds=TOO_LONG)
    await first.wait("message", has_key("agent_slow"))
    for each in (agent, leader):
        [alert] = await each.wait("alert", is_kind(AlertKind.AGENT_SILENT))
        assert (alert["talk"], alert["staff"]) == (first.opened["conversation_id"], "小禾")
    await second.say("在吗")
    clock.advance(seconds=TOO_LONG)
    await second.wait("message", has_key("agent_slow"))
    assert keys(first).count("agent_slow") == 1, "when the next one heard it, the first had been looked at again"
    await agent.wait("alert", is_kind(AlertKind.AGENT_SILENT), count=2)
    assert other.heard.get("alert") is None


@pytest.mark.req("CW-07")
async def test_who_waits_in_the_queue_for_long_hears_so(join, worker: Worker, clock) -> None:
    worker.answer = lambda question: say("好的", handover="ask_human")
    buyer = await join()
    await buyer.say("转人工")
    clock.advance(seconds=RULES.answer_seconds + 1)
    await buyer.wait("message", has_key("agent_slow"))


@pytest.mark.req("CW-13")
async def test_a_silent_buyer_is_reminded_and_then_taken_leave_of(
    join, console, worker: Worker, services: Services, clock
) -> None:
    agent, buyer = await console("321"), await join()
    talk = await hold(agent, buyer)
    await buyer.say("有货吗")
    await agent.look(talk)
    await agent.write(talk, "有的,您要几件")
    clock.advance(minutes=RULES.remind_minutes, seconds=1)
    [reminder] = await buyer.wait("message", has_key("buyer_silent"))
    assert "先结束" in reminder["text"], "it says what follows"
    clock.advance(minutes=RULES.close_minutes - RULES.remind_minutes)
    [goodbye] = await buyer.wait("message", has_key("goodbye_idle"))
    assert "再见" in goodbye["text"]
    await buyer.wait("message", lambda m: m["kind"] == "rating")
    await buyer.wait("holder", lambda h: h["holder"] == "bot")
    await agent.wait("message", has_key("goodbye_idle"))
    [handover] = await agent.wait("handover", lambda h: h["talk"] == talk and h["to_holder"] == "bot")
    assert (handover["by"], handover["note"]) == ("desk", "其他/其他/买家未回应")
    worker.answer = lambda question: say("在的")
    await agent.done("state", state="在线")
    assert [m["key"] for m in await buyer.say("我要两件")] == ["agent_hello"], "the same agent is there again"


async def test_a_buyer_who_speaks_is_left_alone(join, console, services: Services, clock) -> None:
    """The reminder to somebody else shows that the desk has looked."""
    agent, silent, lively = await console("321"), await join(), await join()
    for buyer in (silent, lively):
        talk = await hold(agent, buyer)
        await buyer.say("有货吗")
        await agent.write(talk, "有的")
    clock.advance(minutes=9)
    await lively.say("好的谢谢")
    await agent.write(lively.opened["conversation_id"], "不客气")
    clock.advance(minutes=1, seconds=1)
    await silent.wait("message", has_key("buyer_silent"))
    clock.advance(minutes=20)
    await silent.wait("message", has_key("goodbye_idle"))
    assert not {"goodbye_idle"} & set(keys(lively))
    with services.unit_of_work() as uow:
        assert uow.conversations.find(lively.opened["conversation_id"]).holder is Holder.AGENT


async def test_the_leaders_hear_of_a_long_queue(join, console, worker: Worker, services: Services) -> None:
    set_rule(services, "queue_alert", 1)
    worker.answer = lambda question: say("好的", handover="ask_human")
    leader = await console("200", at_work=False)
    await leader.done("enter")
    for _ in range(2):
        await (await join()).say("转人工")
    [alert] = await leader.wait("alert", is_kind(AlertKind.QUEUE_LONG))
    assert alert["note"] == "2 人在排队,超过 1 人"


@pytest.mark.req("CW-18", "HE-20")
async def test_the_owner_of_a_task_is_reminded_and_then_the_leaders_too(console, services: Services, clock) -> None:
    agent, leader = await console("321"), await console("200")
    with services.unit_of_work() as uow:
        task = put_task(uow, TaskKind.LOOK_UP, "洗后缩水吗", now=clock.now(), minutes=30, turn_id="")
        task.owner = "321"
        uow.commit()
    clock.advance(minutes=20)
    [soon] = await agent.wait("alert", is_kind(AlertKind.OVERDUE))
    assert soon["note"].startswith(task.number)
    assert not any(map(is_kind(AlertKind.OVERDUE), leader.heard.get("alert", [])))
    clock.advance(minutes=10)
    await leader.wait("alert", is_kind(AlertKind.OVERDUE))
    await agent.wait("alert", is_kind(AlertKind.OVERDUE), count=2)


@pytest.mark.req("HE-26")
async def test_who_passed_a_buyer_on_hears_that_nobody_took_it_up(join, console, clock) -> None:
    agent, colleague, leader = await console("321"), await console("331"), await console("200")
    buyer = await join()
    talk = await hold(agent, buyer)
    await buyer.say("要退货")
    await agent.done("transfer", talk=talk, to_staff="331", reason="技能不匹配", note="")
    clock.advance(seconds=RULES.answer_seconds + 1)
    for each in (agent, leader):
        [alert] = await each.wait("alert", is_kind(AlertKind.OVERDUE))
        assert alert["talk"] == talk
        assert "转给小满" in alert["note"]
    [slow] = await colleague.wait("alert", is_kind(AlertKind.AGENT_SILENT))
    assert slow["staff"] == "小满"


@pytest.mark.req("CW-24")
async def test_a_visitor_who_writes_nothing_gets_one_line_while_the_window_is_open(
    join, services: Services, clock
) -> None:
    set_rule(services, "prompt_seconds", 20)
    silent, gone, lively = await join(), await join(), await join()
    await gone.sio.disconnect()
    await lively.say("在吗")
    clock.advance(seconds=21)
    [line] = await silent.wait("message", has_key("proactive"))
    assert line["direction"] == "bot"
    again, later = await join(guest=silent.opened["guest"]), await join()
    clock.advance(seconds=21)
    await later.wait("message", has_key("proactive"))
    assert keys(again).count("proactive") == 0, "once a session, however often the window is opened"
    assert keys(silent).count("proactive") == 1
    for buyer, heard in ((gone, ["welcome"]), (lively, ["welcome", None, "test"])):
        with services.unit_of_work() as uow:
            assert [m.phrase_key for m in uow.messages.after(buyer.opened["conversation_id"], 0)] == heard


@pytest.mark.req("CW-24")
async def test_a_visitor_in_a_third_party_widget_gets_the_line_too(join, services: Services, clock) -> None:
    set_rule(services, "prompt_seconds", 20)
    widget = await join(open=False)
    await widget.ask("session_request", {"session_id": None})
    clock.advance(seconds=21)
    await widget.wait("bot_uttered", count=2)


async def test_where_the_rule_is_off_nobody_is_prompted(join, console, clock, services: Services) -> None:
    visitor, agent, buyer = await join(), await console("321"), await join()
    await hold(agent, buyer)
    await buyer.say("在吗")
    clock.advance(hours=1)
    await buyer.wait("message", has_key("agent_slow"))
    set_rule(services, "prompt_seconds", 20)
    clock.advance(seconds=21)
    other = await join()
    clock.advance(seconds=21)
    await other.wait("message", has_key("proactive"))
    assert keys(visitor) == [], "a window that was opened while the rule was off is left alone"


async def test_a_talk_that_breaks_keeps_nobody_else_waiting(join, console, clock, monkeypatch) -> None:
    agent, broken, other = await console("321"), await join(), await join()
    for buyer in (broken, other):
        await hold(agent, buyer)
        await buyer.say("在吗")
        clock.advance(seconds=5)
    excuse = silence.excuse_agent

    def breaks(uow, talk, at):
        if talk == broken.opened["conversation_id"]:
            raise RuntimeError("told to fail")
        return excuse(uow, talk, at)

    monkeypatch.setattr(silence, "excuse_agent", breaks)
    clock.advance(seconds=TOO_LONG)
    await other.wait("message", has_key("agent_slow"))
    assert keys(broken).count("agent_slow") == 0

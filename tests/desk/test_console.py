"""People at their consoles and buyers in their windows, over real sockets."""

import asyncio
from datetime import timedelta

import pytest
from wire import Worker, say

from shop.model import AlertKind, Holder, TaskKind
from shop.wiring import Services

TO_PERSON = {"person": True}


async def call_person(client, worker: Worker) -> dict:
    """The buyer asks for a person; the answer's `holder`."""
    worker.answer = lambda question: say("好的", handover="ask_human")
    return await client.say("转人工")


def conversation_of(services: Services, talk: str):
    with services.unit_of_work() as uow:
        return uow.conversations.find(talk)


@pytest.mark.req("HE-05", "CW-14")
async def test_a_free_agent_gets_the_buyer_with_all_that_the_bot_learned(join, console, worker: Worker) -> None:
    agent = await console("321")
    buyer = await join()
    worker.answer = lambda question: {
        **say("有货的", handover="买家要求人工"),
        "intent": {"name": "ask_stock", "confidence": 0.91},
        "mood": "angry",
    }
    answers = await buyer.say("这款有货吗 叫人来")
    assert [a["key"] for a in answers] == ["test", "agent_hello"]
    assert "小禾" in answers[-1]["text"]
    [holder] = await buyer.wait("holder")
    assert (holder["holder"], holder["agent"]) == ("agent", "小禾")
    talk = buyer.opened["conversation_id"]
    [assigned] = await agent.wait("assigned")
    assert assigned["talk"] == talk
    assert "售前组" in "".join(assigned["why"])
    card = (await agent.look(talk))["handovers"][0]["card"]
    assert card["intents"][0] == {"intent": "ask_stock", "name": "问库存", "confidence": 0.91}
    assert (card["reason"], card["mood"], card["answered"]) == ("买家要求人工", "angry", ["有货的"])
    assert "这款有货吗" in card["summary"]


async def test_agent_and_buyer_talk_and_the_bot_is_not_asked(join, console, worker: Worker) -> None:
    agent, buyer = await console(), await join()
    await call_person(buyer, worker)
    talk = buyer.opened["conversation_id"]
    await agent.look(talk)
    asked = len(worker.asked)
    await agent.write(talk, "您好，我来帮您看看")
    [said] = await buyer.wait("message", lambda m: m["direction"] == "agent")
    assert (said["author"], said["text"]) == ("小禾", "您好，我来帮您看看")
    assert await buyer.say("好的谢谢") == []
    await agent.wait("message", lambda m: m["text"] == "好的谢谢")
    assert len(worker.asked) == asked


@pytest.mark.req("HE-27")
async def test_taking_over_silences_a_bot_that_is_still_thinking(join, console, worker: Worker) -> None:
    agent, buyer = await console(), await join()
    go = worker.hold()
    sent = await buyer.send("在吗")
    talk = buyer.opened["conversation_id"]
    await agent.done("take", talk=talk)
    go.set()
    answers = await buyer.answers_to(sent["message"]["seq"])
    assert [a["key"] for a in answers] == ["agent_hello"]


async def test_of_two_who_take_one_gets_it_and_the_other_hears_who(join, console) -> None:
    first, second, buyer = await console("321"), await console("331"), await join()
    talk = buyer.opened["conversation_id"]
    answers = await asyncio.gather(*(each.ask("take", {"talk": talk}) for each in (first, second)))
    assert sorted(answer["ok"] for answer in answers) == [False, True]
    lost = next(answer["error"] for answer in answers if not answer["ok"])
    assert lost["code"] == "taken"
    winner = next(answer["row"]["agent"]["name"] for answer in answers if answer["ok"])
    assert winner in lost["text"]
    assert len((await first.look(talk))["handovers"]) == 1
    again = first if answers[0]["ok"] else second
    await again.done("take", talk=talk)
    assert len((await first.look(talk))["handovers"]) == 1, "who holds it already changes nothing"


async def test_only_who_holds_the_talk_writes_in_it(join, console, services: Services) -> None:
    holder, other, buyer = await console("321"), await console("331"), await join()
    talk = buyer.opened["conversation_id"]
    await holder.done("take", talk=talk)
    for event, data in (
        ("send", {"client_msg_id": "x", "text": "插一句", "anyway": True}),
        ("hand_back", {"settled": ""}),
        ("transfer", {"to_group": "aftersale", "reason": "升级处理", "note": ""}),
        ("close", {"kind": "咨询", "cause": "其他咨询", "result": "已解决"}),
        ("typing", {}),
        ("recall", {"seq": 1}),
    ):
        assert (await other.refused(event, talk=talk, **data))["code"] in {"not_your_talk", "field_wrong"}, event
    assert conversation_of(services, talk).agent_id == "321"
    assert not any(m["direction"] == "agent" for m in buyer.messages)


@pytest.mark.req("HE-07")
async def test_quality_looks_and_does_nothing_else(join, console, services: Services) -> None:
    quality, buyer = await console("400", at_work=False), await join()
    talk = buyer.opened["conversation_id"]
    assert (await quality.look(talk))["row"]["id"] == talk
    for event, data in (("take", {}), ("send", {"client_msg_id": "x", "text": "在"}), ("urgent", {"on": True})):
        assert (await quality.refused(event, talk=talk, **data))["code"] == "right_missing"
    assert conversation_of(services, talk).holder is Holder.BOT


@pytest.mark.req("CW-04", "HE-15")
async def test_the_last_free_seat_goes_busy_only_with_a_word_to_the_supervisor(console) -> None:
    agent = await console("321")
    leader = await console("200", at_work=False)
    await leader.done("enter")
    assert (await agent.refused("state", state="示忙"))["code"] == "note_needed"
    answer = await agent.done("state", state="示忙", note="去仓库确认一下货")
    assert answer["seat"]["state"] == "示忙"
    [alert] = await leader.wait("alert")
    assert (alert["kind"], alert["staff"], alert["note"]) == (AlertKind.LAST_SEAT.value, "小禾", "去仓库确认一下货")
    assert agent.heard.get("alert") is None, "an alert for leaders is not for agents"


@pytest.mark.req("HE-10")
async def test_nobody_leaves_while_buyers_are_with_them(join, console) -> None:
    agent, other, buyer = await console("321"), await console("331"), await join()
    talk = buyer.opened["conversation_id"]
    await agent.done("take", talk=talk)
    error = await agent.refused("state", state="离线")
    assert (error["code"], [row["id"] for row in error["rows"]]) == ("left_open", [talk])
    await agent.done("transfer", talk=talk, to_staff="331", reason="交接班", note="买家还在等答复")
    assert (await agent.done("state", state="离线"))["seat"]["state"] == "离线"
    assert [row["id"] for row in (await other.done("list", which="mine"))["rows"]] == [talk]


@pytest.mark.req("CW-04")
async def test_the_buyer_of_a_paused_agent_hears_so_once_and_stays(join, console, clock) -> None:
    agent, other, buyer = await console("321"), await console("331"), await join()
    talk = buyer.opened["conversation_id"]
    await agent.done("take", talk=talk)
    await agent.done("state", state="挂起")
    clock.advance(minutes=3)
    notices = await buyer.say("在吗")
    assert [n["key"] for n in notices] == ["agent_away"]
    assert await buyer.say("在吗在吗") == []
    assert (await other.look(talk))["row"]["agent"]["id"] == "321"


@pytest.mark.req("HE-05", "HE-08")
async def test_a_transfer_needs_a_reason_and_carries_everything(join, console) -> None:
    agent, other, buyer = await console("321"), await console("331", at_work=False), await join()
    talk = buyer.opened["conversation_id"]
    await agent.done("take", talk=talk)
    assert (await agent.refused("transfer", talk=talk, to_staff="331", reason="", note=""))["code"] == "field_wrong"
    gone = await agent.refused("transfer", talk=talk, to_staff="331", reason="升级处理", note="")
    assert gone["code"] == "staff_unknown", "who is not there gets nothing"
    await other.at_work()
    await agent.done("transfer", talk=talk, to_staff="331", reason="技能不匹配", note="要退货，照片已看过")
    [assigned] = await other.wait("assigned")
    assert assigned["talk"] == talk
    looked = await other.look(talk)
    assert looked["handovers"][0]["note"] == "要退货，照片已看过"
    await buyer.wait("message", lambda m: m["key"] == "transferred")
    assert buyer.opened["conversation_id"] == talk
    [holder] = [h for h in buyer.heard["holder"] if h["agent"] == "小满"]
    assert holder["holder"] == "agent"


async def test_a_transfer_to_a_group_goes_to_its_freest(join, console) -> None:
    agent, skilled, buyer = await console("321"), await console("331"), await join()
    talk = buyer.opened["conversation_id"]
    await agent.done("take", talk=talk)
    told = await agent.done("transfer", talk=talk, to_group="aftersale", reason="技能不匹配", note="")
    assert told["row"]["agent"]["name"] == "小满"
    await skilled.wait("assigned")


@pytest.mark.req("HE-02", "HE-27")
async def test_notes_and_whispers_are_never_seen_by_the_buyer(join, console, services: Services) -> None:
    agent, leader, buyer = await console("321"), await console("200"), await join()
    talk = buyer.opened["conversation_id"]
    await agent.done("take", talk=talk)
    await agent.look(talk)
    await leader.look(talk)
    await agent.done("note", talk=talk, client_msg_id="n1", text="这位买家的折扣能批吗", kind="求助")
    await agent.done("note", talk=talk, client_msg_id="n1", text="这位买家的折扣能批吗", kind="求助")
    asked = (await leader.wait("note"))[0]
    assert (asked["author"], asked["kind"]) == ("小禾", "求助")
    assert (await agent.refused("note", talk=talk, client_msg_id="n2", text="悄悄", kind="悄悄话"))[
        "code"
    ] == "not_allowed"
    await leader.done("note", talk=talk, client_msg_id="n3", text="按 95 折给", kind="悄悄话")
    [whisper] = await agent.wait("note", lambda note: note["kind"] == "悄悄话")
    assert whisper["text"] == "按 95 折给"
    too_long = await agent.refused("note", talk=talk, client_msg_id="n4", text="长" * 10_000, kind="备注")
    assert (too_long["code"], "2000" in too_long["text"]) == ("too_long", True)
    fetched = (await buyer.ask("fetch", {"after": 0}))["messages"]
    assert not any("折" in m["text"] for m in [*buyer.messages, *fetched])
    assert "note" not in buyer.heard


@pytest.mark.req("HE-27")
async def test_a_leader_steps_in(join, console, services: Services) -> None:
    agent, leader, buyer = await console("321"), await console("200"), await join()
    talk = buyer.opened["conversation_id"]
    await agent.done("take", talk=talk)
    await leader.done("take", talk=talk)
    assert conversation_of(services, talk).agent_id == "200"
    error = await agent.refused("send", talk=talk, client_msg_id="x", text="在", anyway=True)
    assert error["code"] == "not_your_talk"
    assert "南星" in error["text"]


async def test_a_message_is_taken_back_on_every_screen(join, console, clock) -> None:
    agent, other, buyer = await console("321"), await console("331"), await join()
    talk = buyer.opened["conversation_id"]
    await agent.done("take", talk=talk)
    await agent.look(talk)
    await other.look(talk)
    seq = (await agent.write(talk, "说错话了"))["message"]["seq"]
    await agent.done("recall", talk=talk, seq=seq)
    await agent.done("recall", talk=talk, seq=seq)
    [recall] = await buyer.wait("message", lambda m: m["kind"] == "recall")
    assert recall["cards"] == [{"kind": "recall", "seq": seq}]
    fetched = {m["seq"]: m for m in (await buyer.ask("fetch", {"after": 0}))["messages"]}
    assert (fetched[seq]["text"], fetched[seq]["recalled"]) == ("", True)
    await other.wait("message", lambda m: m["kind"] == "recall")
    assert other.seen[talk][seq]["text"] == ""
    assert (await other.refused("recall", talk=talk, seq=seq))["code"] == "field_wrong"
    late = (await agent.write(talk, "又错了"))["message"]["seq"]
    clock.advance(seconds=121)
    assert (await agent.refused("recall", talk=talk, seq=late))["code"] == "conflict"


async def test_a_draft_is_there_on_the_next_machine(join, console) -> None:
    agent, buyer = await console("321"), await join()
    talk = buyer.opened["conversation_id"]
    await agent.done("draft", talk=talk, text="亲，您的包裹已经")
    second = await console("321")
    assert second.entered["drafts"] == {talk: "亲，您的包裹已经"}
    assert (await second.look(talk))["draft"] == "亲，您的包裹已经"
    assert (await (await console("331")).look(talk))["draft"] == "", "a draft is its writer's alone"
    await agent.done("take", talk=talk)
    await agent.write(talk, "亲，您的包裹已经发出了")
    assert (await second.look(talk))["draft"] == ""


async def test_reading_and_typing_are_seen_on_the_other_side(join, console) -> None:
    agent, buyer = await console("321"), await join()
    talk = buyer.opened["conversation_id"]
    await agent.done("take", talk=talk)
    await agent.look(talk)
    await buyer.ask("typing")
    [typing] = await agent.wait("typing")
    assert (typing["talk"], typing["who"]) == (talk, "buyer")
    await agent.done("typing", talk=talk)
    await buyer.wait("typing", lambda sign: sign == {"who": "agent", "name": "小禾"})
    sent = await buyer.send("看到了吗")
    seq = sent["message"]["seq"]
    await agent.done("read", talk=talk, seq=seq)
    await buyer.wait("read", lambda mark: mark["seq"] == seq)
    await buyer.ask("read", {"seq": seq})
    await agent.wait("read", lambda mark: mark == {"talk": talk, "buyer": seq})


@pytest.mark.req("CW-13", "CW-23")
async def test_a_service_is_closed_with_its_result_rated_once_and_opened_again(
    join, console, worker: Worker, services: Services, clock
) -> None:
    agent, buyer = await console("321"), await join()
    await call_person(buyer, worker)
    talk = buyer.opened["conversation_id"]
    await agent.write(talk, "已经帮您查好了")
    assert (await agent.refused("close", talk=talk, kind="咨询", cause="胡说", result="已解决"))[
        "code"
    ] == "field_wrong"
    await agent.done("close", talk=talk, kind="咨询", cause="物流进度", result="已解决")
    [goodbye] = await buyer.wait("message", lambda m: m["key"] == "goodbye_closed")
    assert goodbye["text"].count("再见") == 1
    [question] = await buyer.wait("message", lambda m: m["kind"] == "rating")
    number = question["cards"][0]["service"]
    for _ in range(2):
        assert (await buyer.ask("rate", {"service": number, "stars": 5, "comment": "很耐心"}))["ok"]
    await buyer.wait("message", lambda m: m["key"] == "thank_rating")
    assert not (await buyer.ask("rate", {"service": number, "stars": 1}))["ok"], "a rating stands"
    with services.unit_of_work() as uow:
        service = uow.services.find(number)
    assert (service.rating, service.comment, service.cause, service.agent_id) == (5, "很耐心", "物流进度", "321")
    clock.advance(minutes=10)
    worker.answer = lambda question: say("机器人在")
    answers = await buyer.say("还有个问题")
    assert [a["key"] for a in answers] == ["agent_hello"], "back to the last agent"
    assert conversation_of(services, talk).agent_id == "321"


async def test_another_guest_cannot_rate(join, console, worker: Worker) -> None:
    agent, buyer, thief = await console("321"), await join(), await join()
    await call_person(buyer, worker)
    talk = buyer.opened["conversation_id"]
    await agent.done("close", talk=talk, kind="咨询", cause="物流进度", result="已解决")
    [question] = await buyer.wait("message", lambda m: m["kind"] == "rating")
    refused = await thief.ask("rate", {"service": question["cards"][0]["service"], "stars": 1})
    assert refused["error"]["code"] == "field_wrong"


async def test_handing_back_lets_the_bot_begin_anew(join, console, worker: Worker, services: Services) -> None:
    agent, buyer = await console("321"), await join()
    await call_person(buyer, worker)
    talk = buyer.opened["conversation_id"]
    with services.unit_of_work() as uow:
        uow.dialogue_states.save(talk, '{"events": ["old"]}')
        uow.commit()
    await agent.done("hand_back", talk=talk, settled="已经改好地址")
    with services.unit_of_work() as uow:
        assert uow.dialogue_states.find(talk)[0] == ""
        assert uow.handovers.of_conversation(talk)[0].note == "已经改好地址"
    worker.answer = lambda question: say("机器人在")
    assert [a["text"] for a in await buyer.say("几点发货")] == ["机器人在"]


@pytest.mark.req("CW-05", "CW-09")
async def test_with_nobody_there_a_message_is_taken_and_the_bot_goes_on(
    join, worker: Worker, services: Services, clock
) -> None:
    clock.advance(hours=9)
    buyer = await join()
    answers = await call_person(buyer, worker)
    assert [a["key"] for a in answers] == ["test", "message_taken"]
    again = await buyer.say("转人工")
    assert again[-1]["key"] == "still_noted"
    talk = buyer.opened["conversation_id"]
    with services.unit_of_work() as uow:
        [task] = uow.tasks.undone()
    assert (task.kind, task.conversation_id) == (TaskKind.CALL_BACK, talk)
    assert task.due_at == clock.now() + timedelta(hours=9, minutes=57) + timedelta(minutes=30)
    worker.answer = lambda question: say("可以的")
    assert [a["text"] for a in await buyer.say("那先问你")] == ["可以的"]


async def test_who_waits_is_served_when_somebody_comes(join, console, worker: Worker, clock) -> None:
    first, second = await join(), await join()
    await call_person(first, worker)
    clock.advance(seconds=5)
    await call_person(second, worker)
    assert (await second.wait("holder"))[0]["position"] == 2
    agent = await console("321", at_work=False)
    await agent.done("enter")
    await agent.done("state", state="在线")
    await first.wait("holder", lambda h: h["holder"] == "agent")
    await second.wait("holder", lambda h: h["holder"] == "agent")


async def test_a_full_agent_gets_no_more_and_the_next_moves_up(
    join, console, worker: Worker, services: Services, clock
) -> None:
    with services.unit_of_work() as uow:
        uow.policies.set("max_buyers", 1, by="test", at=clock.now())
        uow.commit()
    agent = await console("321")
    first, second = await join(), await join()
    await call_person(first, worker)
    await first.wait("holder", lambda h: h["holder"] == "agent")
    await call_person(second, worker)
    await second.wait("holder", lambda h: (h["holder"], h["position"]) == ("queue", 1))
    await agent.done("close", talk=first.opened["conversation_id"], kind="咨询", cause="物流进度", result="已解决")
    await second.wait("holder", lambda h: h["holder"] == "agent")


@pytest.mark.req("CW-08")
async def test_five_minutes_away_is_busy_and_a_closed_console_is_offline(
    join, console, services: Services, clock
) -> None:
    agent, leader, buyer = await console("321"), await console("200"), await join()
    talk = buyer.opened["conversation_id"]
    await agent.done("take", talk=talk)
    clock.advance(minutes=5, seconds=1)
    await leader.done("active")
    [alert] = await leader.wait("alert", lambda a: a["kind"] == AlertKind.AWAY.value)
    assert alert["staff"] == "小禾"
    await leader.wait("seat", lambda s: (s["staff_id"], s["state"]) == ("321", "示忙"))
    await agent.sio.disconnect()
    clock.advance(seconds=100)
    await leader.done("active")
    await leader.wait("seat", lambda s: (s["staff_id"], s["state"]) == ("321", "离线"))
    await buyer.wait("holder", lambda h: h["agent"] == "南星")
    assert conversation_of(services, talk).agent_id == "200"


async def test_who_is_dismissed_while_typing_is_out_at_once(join, console, services: Services, clock) -> None:
    from shop.staff import dismiss

    agent, buyer = await console("321"), await join()
    talk = buyer.opened["conversation_id"]
    await agent.done("take", talk=talk)
    with services.unit_of_work() as uow:
        dismiss(uow, "321", lambda *_: None, now=clock.now())
        uow.commit()
    refused = await agent.refused("send", talk=talk, client_msg_id="x", text="最后一句", anyway=True)
    assert refused["code"].startswith("token")
    await agent.wait("signed_out")
    assert not any(m["direction"] == "agent" for m in buyer.messages)


async def test_without_a_sign_in_or_from_another_site_no_console_opens(desk, services: Services) -> None:
    from consoles import ConsoleClient, sign_in
    from socketio.exceptions import ConnectionError as NotConnected

    with pytest.raises(NotConnected):
        await ConsoleClient().connect_as(desk.url, "xiaoer_staff=forged", "321")
    with pytest.raises(NotConnected):
        await ConsoleClient().connect_as(desk.url, sign_in(services, "321"), "321", origin="https://evil.example")


async def test_a_buyers_socket_cannot_ask_as_staff(join, services: Services) -> None:
    buyer = await join()
    for event in ("take", "look", "note", "list", "side"):
        assert (await buyer.ask(event, {"talk": buyer.opened["conversation_id"]}))["error"]["code"] == "field_wrong"


@pytest.mark.req("TR-09")
async def test_a_talk_is_found_by_order_phone_and_name(desk, join, console, order_of) -> None:
    order_of("B1")
    agent = await console("331")
    buyer = await join(token=desk.buyer_token("B1", "晴天"))
    talk = buyer.opened["conversation_id"]
    for words in ("XS261120000123", "0123", "晴天", "晴"):
        assert [row["id"] for row in (await agent.done("search", words=words))["rows"]] == [talk], words
    for words in ("%", "_", "XS99999", ""):
        assert (await agent.done("search", words=words))["rows"] == [], words


async def test_under_assistance_the_bot_words_and_only_the_agent_sees_it(
    join, console, worker: Worker, services: Services, clock
) -> None:
    with services.unit_of_work() as uow:
        whole_day = [{"starts": "00:00", "ends": "00:00", "mode": "辅助", "share": 50}]
        uow.policies.set("reception", whole_day, by="test", at=clock.now())
        uow.commit()
    agent, buyer = await console("341"), await join()
    talk = buyer.opened["conversation_id"]
    go = worker.hold()
    await agent.look(talk)
    answers = await buyer.say("什么时候发货")
    assert [a["key"] for a in answers] == ["agent_hello"]
    assert conversation_of(services, talk).agent_id == "341"
    go.set()
    [suggestion] = await agent.wait("suggestion")
    assert suggestion == {"talk": talk, "seq": 2, "text": "答:什么时候发货"}
    with services.unit_of_work() as uow:
        assert not any(m.text.startswith("答:") for m in uow.messages.after(talk, 0))
    assert not any(m["text"].startswith("答:") for m in buyer.messages)


@pytest.mark.req("HE-09")
async def test_under_person_first_the_bot_receives_whom_no_person_can(
    join, console, worker: Worker, services: Services, clock
) -> None:
    with services.unit_of_work() as uow:
        whole_day = [{"starts": "00:00", "ends": "00:00", "mode": "人工优先", "share": 50}]
        uow.policies.set("reception", whole_day, by="test", at=clock.now())
        uow.policies.set("max_buyers", 1, by="test", at=clock.now())
        uow.commit()
    await console("341")
    first, second = await join(), await join()
    assert [a["key"] for a in await first.say("在吗")] == ["agent_hello"]
    assert [a["text"] for a in await second.say("在吗")] == ["答:在吗"]

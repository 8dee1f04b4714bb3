"""What the bot did not answer well: noted as it happens, listed without personal data, and what becomes of it."""

from datetime import timedelta

import pytest
from gap_talks import ASKED_BACK, BEYOND, FINE, LOST, answer, ask, open_talk, send

from shop.conversations import Line
from shop.errors import FieldWrong, NotFound
from shop.gaps import PERIODS, Wish, find_missed, list_missed, live_since, settle_missed, teach_missed
from shop.model import (
    Buyer,
    ChangeKind,
    GapKind,
    GapState,
    LiveModel,
    Missed,
    Order,
    OrderLine,
    OrderStatus,
    Receiver,
    Role,
    Service,
    Staff,
)
from shop.services import Rating, rate
from shop.turns import Answer, Handover
from shop.wiring import Services
from tests.conftest import SettableClock

MANAGER = Staff("m1", "云舒", Role.MANAGER)


def missed(services: Services, days: int = 7) -> list[Missed]:
    with services.unit_of_work() as uow:
        return list(list_missed(uow, days, services.clock.now()))


def handed(reason: str) -> Answer:
    return Answer([Line("", "handover_queue")], Handover(reason), "bargain", 0.9)


@pytest.mark.parametrize(
    ("said", "kind", "reason"),
    [
        (ASKED_BACK, GapKind.CLARIFIED, ""),
        (LOST, GapKind.NOT_UNDERSTOOD, "机器人没听懂"),
        (BEYOND, GapKind.NOT_UNDERSTOOD, ""),
        (handed("议价超出权限"), GapKind.HANDED_OVER, "议价超出权限"),
        (None, GapKind.FAILED, ""),
        (Answer([Line("核对清楚再答复您", "safe")], intent="ask_price"), GapKind.FAILED, ""),
    ],
)
def test_what_went_wrong_is_listed_with_why(
    services: Services, said: Answer | None, kind: GapKind, reason: str
) -> None:
    talk = ask(services, "g1", "能刻字吗", said)
    [found] = missed(services)
    assert (found.text, found.kind, found.reason, found.conversation_id) == ("能刻字吗", kind, reason, talk)
    assert found.state is GapState.OPEN


@pytest.mark.parametrize(
    "said",
    [
        FINE,
        handed("买家要求人工"),
        handed("自动回复后转人工"),
        Answer([Line("说明", "about_me")], intent="out_of_scope"),
    ],
)
def test_what_was_answered_and_who_asked_for_a_person_is_not(services: Services, said: Answer) -> None:
    ask(services, "g1", "能刻字吗", said)
    assert missed(services) == []


def test_the_reasons_of_the_bot_are_those_that_are_looked_for() -> None:
    from bot import nlg
    from shop.gap_notes import WANTED

    assert {nlg.SWITCHED_OFF, nlg.AFTER_SAYING} <= WANTED


def test_buttons_and_pictures_teach_nobody_a_wording(services: Services) -> None:
    talk = open_talk(services)
    answer(services, send(services, talk, "查物流", payload="/track_order"), ASKED_BACK)
    cards = [{"kind": "picture", "picture": "p1"}]
    answer(services, send(services, talk, "[图片]", kind="picture", cards=cards), ASKED_BACK)
    assert missed(services) == []


def test_a_thought_in_pieces_is_one_message(services: Services) -> None:
    talk = open_talk(services)
    first = send(services, talk, "那个杯子")
    answer(services, send(services, talk, "能刻字吗"), ASKED_BACK, earlier=[first])
    assert [each.text for each in missed(services)] == ["那个杯子 能刻字吗"]


def test_only_the_period_that_was_chosen(services: Services, clock: SettableClock) -> None:
    ask(services, "g1", "能刻字吗")
    clock.advance(days=8)
    ask(services, "g2", "收据有吗")
    assert [each.text for each in missed(services)] == ["收据有吗"]
    assert [each.text for each in missed(services, 30)] == ["收据有吗", "能刻字吗"]
    assert PERIODS == (7, 30, 90)
    with services.unit_of_work() as uow, pytest.raises(FieldWrong):
        list_missed(uow, 8, clock.now())


@pytest.mark.req("PC-04")
def test_nobody_reads_whose_it_is(services: Services) -> None:
    receiver = Receiver("欧阳晓明", "13912345678", "浙江", "杭州市", "西湖区", "留下街道小和山")
    line = OrderLine("S1", "T1", "云朵棉T恤", "藏青 L", 1, 5900)
    with services.unit_of_work() as uow:
        uow.buyers.add(Buyer("b1", "小鱼"))
        at = services.clock.now()
        uow.orders.add(Order("XS261120009999", "b1", OrderStatus.TO_SHIP, at, receiver, [line], 5900, total_fen=5900))
        uow.commit()
    words = (
        "我是欧阳晓明，电话13912345678，单号XS261120009999，运单SF9876501234567，"
        "住留下街道小和山，公司在学院北路55号，能刻字吗"
    )
    answer(services, send(services, open_talk(services, buyer_id="b1"), words), ASKED_BACK)
    [found] = missed(services)
    assert "能刻字吗" in found.text
    for secret in ("欧阳晓明", "13912345678", "261120009999", "9876501234567", "小和山", "学院北路55"):
        assert secret not in found.text, secret


class TestRatedLow:
    def rated(self, services: Services, clock: SettableClock, stars: int) -> None:
        """An answer long ago, two a moment before people came (one small talk), and the rating."""
        talk = open_talk(services)
        answer(services, send(services, talk, "上周的事"), FINE)
        clock.advance(hours=9)
        answer(services, send(services, talk, "什么时候发货"), FINE)
        answer(services, send(services, talk, "谢谢"), Answer([Line("不客气", "thanks")], intent="thank"))
        with services.unit_of_work() as uow:
            started = clock.advance(minutes=2)
            uow.services.add(Service("FW1", talk, "m1", started, closed_at=clock.advance(minutes=5)))
            conversation = uow.conversations.lock(talk)
            rate(uow, conversation, Rating("FW1", stars), clock.now())
            uow.commit()

    @pytest.mark.parametrize("stars", [1, 2])
    def test_what_the_bot_answered_in_the_talk_is_listed(
        self, services: Services, clock: SettableClock, stars: int
    ) -> None:
        self.rated(services, clock, stars)
        assert [(each.text, each.kind) for each in missed(services)] == [("什么时候发货", GapKind.RATED_LOW)]

    def test_three_stars_are_no_complaint(self, services: Services, clock: SettableClock) -> None:
        self.rated(services, clock, 3)
        assert missed(services) == []


class TestDeciding:
    def test_what_is_taught_is_a_lesson_and_marked(self, services: Services) -> None:
        ask(services, "g1", "能刻字吗，打13912345678")
        [found] = missed(services)
        with services.unit_of_work() as uow:
            taught = teach_missed(uow, MANAGER, [Wish([found.id], "ask_product")], services.clock.now())
            uow.commit()
        [after] = missed(services)
        assert (taught.added, after.state, after.intent) == (1, GapState.TAUGHT, "ask_product")
        with services.unit_of_work() as uow:
            [lesson] = uow.taught_messages.all()
        assert (lesson.text, lesson.intent) == (found.text, "ask_product")
        assert (lesson.conversation_id, lesson.seq) == (found.conversation_id, found.seq)
        assert "13912345678" not in lesson.text

    def test_what_is_put_aside_is_written_down_and_comes_back(self, services: Services) -> None:
        ask(services, "g1", "能刻字吗")
        [found] = missed(services)
        for state in (GapState.DISMISSED, GapState.OPEN):
            with services.unit_of_work() as uow:
                settle_missed(uow, MANAGER, [found.id], state, services.clock.now())
                uow.commit()
            assert missed(services)[0].state is state
        assert missed(services)[0].settled_at is None
        with services.unit_of_work() as uow:
            changes = uow.changes.of(ChangeKind.TEACHING, "能刻字吗", 9)
        assert [(change.action, change.by) for change in changes] == [("放回待处理", "m1"), ("不用管", "m1")]

    def test_what_is_not_there_changes_nothing(self, services: Services) -> None:
        ask(services, "g1", "能刻字吗")
        [found] = missed(services)
        with services.unit_of_work() as uow, pytest.raises(NotFound):
            settle_missed(uow, MANAGER, [found.id, 999], GapState.DISMISSED, services.clock.now())
        with services.unit_of_work() as uow, pytest.raises(NotFound):
            find_missed(uow, [999])
        with services.unit_of_work() as uow, pytest.raises(FieldWrong):
            settle_missed(uow, MANAGER, [found.id], GapState.TAUGHT, services.clock.now())


def test_only_a_taught_model_is_live_since_a_time(services: Services, clock: SettableClock) -> None:
    with services.unit_of_work() as uow:
        assert live_since(uow) is None
        uow.live_models.put(LiveModel("m.tar.gz", "b", 1, "m1", clock.now()))
        assert live_since(uow) == clock.now()


def test_the_same_message_is_listed_once(services: Services, clock: SettableClock) -> None:
    """A clarified one in a talk that is rated low keeps its first reason."""
    talk = ask(services, "g1", "能刻字吗", Answer([Line("", "clarify")], intent="ask_product"))
    with services.unit_of_work() as uow:
        uow.services.add(Service("FW1", talk, "m1", clock.now(), closed_at=clock.advance(minutes=5)))
        rate(uow, uow.conversations.lock(talk), Rating("FW1", 1), clock.now())
        uow.commit()
    assert [each.kind for each in missed(services)] == [GapKind.CLARIFIED]
    assert clock.now() - missed(services)[0].at < timedelta(minutes=6)

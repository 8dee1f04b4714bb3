"""Messages, turns and welcomes on a real store."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from at_work import busy_person

from shop import drafts
from shop.arriving import Posted, post_buyer_message
from shop.conversations import Line, greet, messages_after, open_conversation
from shop.errors import FieldWrong, OrderUnknown, TooFast, TooLong
from shop.model import Holder, Product, TurnState
from shop.moment import Moment
from shop.policy import Policy
from shop.turns import Answer, Handover, commit_reply, drop_turn, fail_turn, find_question

WORDS = {"handover_queue": "请稍等", "handover_failed": "抱歉", "first_today": ""}
ANSWER = Answer([Line("在的", "greet")], intent="greet", confidence=0.9)


class Talk:
    """One guest's conversation, each step in a transaction of its own."""

    def __init__(self, services) -> None:
        self.services = services
        busy_person(services)
        with self.working() as uow:
            self.id = open_conversation(uow, None, "g1", "访客", now=self.now).id

    @property
    def now(self):
        return self.services.clock.now()

    @contextmanager
    def working(self) -> Iterator:
        with self.services.unit_of_work() as uow:
            yield uow
            uow.commit()

    def post(self, say=None, client_msg_id: str = "m1", policy: Policy | None = None) -> Posted:
        with self.working() as uow:
            return post_buyer_message(uow, self.id, client_msg_id, say or drafts.text("在吗"), self.at(policy))

    def at(self, policy: Policy | None = None) -> Moment:
        return Moment(self.now, policy or Policy(), lambda key, **facts: Line(WORDS.get(key, key), key))

    def end(self, step: Callable):
        with self.working() as uow:
            return step(uow)

    def hold(self, holder: Holder) -> None:
        with self.working() as uow:
            conversation = uow.conversations.lock(self.id)
            conversation.holder, conversation.epoch, conversation.queued_at = holder, conversation.epoch + 1, self.now

    @property
    def conversation(self):
        with self.services.unit_of_work() as uow:
            return uow.conversations.find(self.id)

    @property
    def said(self) -> list[tuple[int, str, str]]:
        with self.services.unit_of_work() as uow:
            return [(m.seq, m.direction.value, m.text) for m in messages_after(uow, self.id, 0)]

    def turn(self, turn_id: str):
        with self.services.unit_of_work() as uow:
            return uow.turns.find(turn_id)


@pytest.fixture
def talk(services) -> Talk:
    return Talk(services)


@pytest.mark.req("CW-01")
def test_a_message_and_its_turn_are_stored_together(talk: Talk) -> None:
    posted = talk.post()
    assert (posted.message.seq, posted.fresh) == (1, True)
    turn = talk.turn(posted.turn_id)
    assert (turn.seq, turn.epoch, turn.state) == (1, 0, TurnState.PENDING)


def test_the_same_client_id_changes_nothing(talk: Talk) -> None:
    first, again = talk.post(), talk.post(drafts.text("别的"))
    assert (again.message.seq, again.message.text, again.fresh) == (1, "在吗", False)
    assert again.turn_id == first.turn_id
    assert talk.said == [(1, "buyer", "在吗")]


@pytest.mark.parametrize("holder", [Holder.QUEUE, Holder.AGENT])
def test_no_bot_is_asked_while_people_hold_the_talk(talk: Talk, holder: Holder) -> None:
    talk.hold(holder)
    posted = talk.post()
    assert posted.turn_id is None
    assert [n.text for n in posted.notices] == (["请稍等"] if holder is Holder.QUEUE else [])


@pytest.mark.req("CW-03")
def test_who_waits_is_told_again_only_after_a_while(talk: Talk, clock) -> None:
    talk.hold(Holder.QUEUE)
    told = []
    for n in range(5):
        told.append(len(talk.post(client_msg_id=f"m{n}").notices))
        clock.advance(seconds=50)
    assert told == [1, 0, 0, 1, 0]


def test_eight_writers_leave_no_gap(talk: Talk) -> None:
    with ThreadPoolExecutor(8) as pool:
        posted = list(pool.map(lambda n: talk.post(client_msg_id=f"m{n}"), range(16)))
    assert sorted(p.message.seq for p in posted) == list(range(1, 17))
    assert talk.conversation.last_seq == 16


def test_too_many_messages_are_not_stored(talk: Talk, clock) -> None:
    policy = Policy(burst_messages=3, burst_seconds=10)
    for n in range(3):
        talk.post(client_msg_id=f"m{n}", policy=policy)
    with pytest.raises(TooFast):
        talk.post(client_msg_id="m3", policy=policy)
    assert len(talk.said) == 3
    clock.advance(seconds=10)
    assert talk.post(client_msg_id="m3", policy=policy).message.seq == 4


@pytest.mark.parametrize(("text", "error"), [("", FieldWrong), (" \n\x00", FieldWrong), ("字" * 2001, TooLong)])
def test_texts_out_of_bounds_are_refused(talk: Talk, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        talk.post(drafts.text(text))
    assert talk.said == []


@pytest.mark.req("CW-01")
def test_an_answer_is_committed_once(talk: Talk) -> None:
    turn_id = talk.post().turn_id
    first = talk.end(lambda uow: commit_reply(uow, turn_id, ANSWER, talk.at()))
    second = talk.end(lambda uow: commit_reply(uow, turn_id, ANSWER, talk.at()))
    assert ([m.text for m in first.messages], list(second.messages)) == (["在的"], [])
    assert (first.state, second.state) == (TurnState.DONE, TurnState.DONE)
    assert talk.said == [(1, "buyer", "在吗"), (2, "bot", "在的")]
    assert (talk.turn(turn_id).intent, talk.turn(turn_id).finished_at) == ("greet", talk.now)


def test_an_answer_committed_by_two_desks_at_once_stands_once(talk: Talk) -> None:
    turn_id = talk.post().turn_id
    with ThreadPoolExecutor(4) as pool:
        ends = list(pool.map(lambda _: talk.end(lambda uow: commit_reply(uow, turn_id, ANSWER, talk.at())), range(4)))
    assert sorted(len(end.messages) for end in ends) == [0, 0, 0, 1]
    assert len(talk.said) == 2


def test_an_answer_of_a_passed_epoch_is_dropped(talk: Talk) -> None:
    turn_id = talk.post().turn_id
    talk.hold(Holder.AGENT)
    assert talk.end(lambda uow: find_question(uow, turn_id)) is None
    assert talk.end(lambda uow: commit_reply(uow, turn_id, ANSWER, talk.at())).state is TurnState.DROPPED
    assert talk.said == [(1, "buyer", "在吗")]


def test_an_answer_asked_before_people_came_and_left_is_dropped(talk: Talk) -> None:
    turn_id = talk.post().turn_id
    talk.hold(Holder.AGENT)
    talk.hold(Holder.BOT)
    assert talk.end(lambda uow: commit_reply(uow, turn_id, ANSWER, talk.at())).state is TurnState.DROPPED


def test_a_handover_and_its_words_are_one(talk: Talk) -> None:
    turn_id, later = talk.post().turn_id, talk.post(client_msg_id="m2").turn_id
    answer = Answer([Line("正在转接")], Handover("ask_human"))
    ended = talk.end(lambda uow: commit_reply(uow, turn_id, answer, talk.at()))
    assert [m.text for m in ended.messages] == ["正在转接", "请稍等"]
    conversation = talk.conversation
    assert (conversation.holder, conversation.epoch, conversation.queue_reason) == (Holder.QUEUE, 1, "ask_human")
    assert conversation.queued_at == talk.now
    assert not talk.end(lambda uow: commit_reply(uow, turn_id, answer, talk.at())).messages
    assert talk.conversation.epoch == 1
    assert talk.end(lambda uow: drop_turn(uow, later, talk.now)).state is TurnState.DROPPED


@pytest.mark.req("CW-03")
def test_a_failed_turn_goes_to_the_queue_and_says_so_once(talk: Talk) -> None:
    turn_id = talk.post().turn_id
    for _ in range(2):
        talk.end(lambda uow: fail_turn(uow, turn_id, talk.at()))
    assert talk.said == [(1, "buyer", "在吗"), (2, "system", "抱歉"), (3, "system", "请稍等")]
    assert (talk.conversation.holder, talk.conversation.epoch) == (Holder.QUEUE, 1)
    assert (talk.turn(turn_id).state, talk.turn(turn_id).tries) == (TurnState.FAILED, 2)


@pytest.mark.req("CW-02")
def test_one_welcome_a_session(talk: Talk, clock) -> None:
    def welcome() -> int | None:
        message = talk.end(lambda uow: greet(uow, talk.id, lambda *_: Line("欢迎", "welcome"), talk.now))
        return message and message.seq

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(lambda _: welcome() or 0, range(4))) == [0, 0, 0, 1]
    clock.advance(hours=4)
    assert welcome() == 2
    talk.hold(Holder.AGENT)
    clock.advance(hours=4)
    assert welcome() is None, "the bot is silent while a person holds the talk"


def test_a_buyer_has_one_conversation_whatever_the_product(services, clock) -> None:
    with services.unit_of_work() as uow:
        uow.products.add(Product("T1", "云朵棉T恤", "上衣"))
        first = open_conversation(uow, "B1", None, "晴天", product_code="T1", now=clock.now())
        second = open_conversation(uow, "B1", None, "晴天", product_code="none", now=clock.now())
        uow.commit()
    assert first is second
    assert (second.product_code, second.buyer_id, second.nick) == ("T1", "B1", "晴天")


def test_cards_put_things_into_view(talk: Talk) -> None:
    with talk.working() as uow:
        uow.products.add(Product("T1", "云朵棉T恤", "上衣"))
    posted = talk.post(drafts.send_product("T1"))
    assert (posted.message.kind, posted.message.text) == ("card", "[商品] 云朵棉T恤")
    assert talk.conversation.product_code == "T1"
    assert talk.end(lambda uow: find_question(uow, posted.turn_id)).payload == '/inform{"product": "T1"}'


@pytest.mark.req("PC-01")
def test_a_guest_sends_no_order_but_a_verified_one(demo_services, clock) -> None:
    talk = Talk(demo_services)
    with talk.working() as uow:
        order_no = uow.orders.of_buyer(uow.buyers.listed(1)[0].id)[0].order_no
    with pytest.raises(OrderUnknown):
        talk.post(drafts.send_order(order_no))
    with talk.working() as uow:
        conversation = uow.conversations.lock(talk.id)
        conversation.verified_orders.append(order_no)
    talk.post(drafts.send_order(order_no))
    assert talk.conversation.order_no == order_no


def test_a_question_carries_payload_and_pictures(talk: Talk) -> None:
    asked = []
    for n, say in enumerate((drafts.person(), drafts.picture("p1"), drafts.text("/restart"))):
        turn_id = talk.post(say, client_msg_id=f"m{n}").turn_id
        question = talk.end(lambda uow, turn_id=turn_id: find_question(uow, turn_id))
        asked.append((question.text, question.payload, tuple(question.photos)))
    assert asked == [("转人工", "/ask_human", ()), ("[图片]", "", ("p1",)), ("/restart", "", ())]

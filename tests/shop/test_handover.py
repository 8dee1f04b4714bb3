"""Who is next, and how a conversation changes hands."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.conversations import open_conversation
from shop.handover import BUYER, DESK, Passing, pass_on, position
from shop.model import Conversation, HandoverRecord, Holder, Role, Staff


@pytest.fixture
def waiting(services, clock) -> list[str]:
    """Three guests in the queue, in this order."""
    with services.unit_of_work() as uow:
        ids = []
        for guest in ("g1", "g2", "g3"):
            talk = open_conversation(uow, None, guest, guest, now=clock.now())
            pass_on(uow, talk, Passing("bot", "ask_human", queued=True), clock.advance(seconds=1))
            ids.append(talk.id)
        uow.commit()
    return ids


def places(services, ids: list[str]) -> list[int | None]:
    with services.unit_of_work() as uow:
        return [position(uow, uow.conversations.find(id)) for id in ids]


@pytest.mark.req("CW-07")
def test_the_queue_is_served_in_the_order_of_coming(services, waiting: list[str], clock) -> None:
    assert places(services, waiting) == [1, 2, 3]
    with services.unit_of_work() as uow:
        pass_on(uow, uow.conversations.lock(waiting[0]), Passing(BUYER), clock.now())
        uow.commit()
    assert places(services, waiting) == [None, 1, 2]


@pytest.mark.req("HE-22")
def test_an_urgent_one_goes_first(services, waiting: list[str]) -> None:
    with services.unit_of_work() as uow:
        uow.conversations.lock(waiting[2]).urgent = True
        uow.commit()
    assert places(services, waiting) == [2, 3, 1]


class Ledger:
    """The one table that changing hands writes to, as a list: a property needs thousands of them."""

    def __init__(self) -> None:
        self.records: list[HandoverRecord] = []
        self.handovers = self

    def add(self, record: HandoverRecord) -> None:
        self.records.append(record)


AGENTS = {None: None, "a": Staff("a", "小禾", Role.AGENT), "b": Staff("b", "小满", Role.AGENT)}
hands = st.builds(
    Passing,
    by=st.sampled_from(["bot", "buyer", DESK, "a"]),
    reason=st.sampled_from(["", "ask_human"]),
    agent=st.sampled_from(list(AGENTS.values())),
    queued=st.booleans(),
    group_code=st.sampled_from(["", "presale"]),
)


@given(st.lists(st.tuples(hands, st.integers(0, 600), st.booleans()), min_size=1, max_size=12))
def test_whatever_the_order_of_hands_the_record_is_whole(steps: list) -> None:
    """Epochs grow by one, the record names both sides, and nobody waits for a bot."""
    uow, at = Ledger(), datetime(2026, 11, 20, tzinfo=timezone.utc)
    talk = Conversation("c", at)
    for passing, seconds, buyer_speaks in steps:
        at += timedelta(seconds=seconds)
        if buyer_speaks:
            talk.last_buyer_at = at
        before = (talk.holder, talk.epoch, talk.agent_id or "")
        record = pass_on(uow, talk, passing, at)  # type: ignore[arg-type]
        assert (record.from_holder, record.epoch - 1, record.from_agent) == before
        assert (talk.holder, talk.epoch, talk.agent_id or "") == (record.to_holder, record.epoch, record.to_agent)
        assert (talk.holder is Holder.AGENT) == (talk.agent_id is not None)
        assert (talk.queued_at is not None) == (talk.holder is Holder.QUEUE)
        assert talk.holder is not Holder.BOT or talk.waiting_since is None
    assert [r.epoch for r in uow.records] == list(range(1, len(steps) + 1))

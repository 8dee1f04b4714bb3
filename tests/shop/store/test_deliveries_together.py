"""Several senders at one outbox, and many who write into it, on both stores."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

from shop.conversations import Line, append_line, open_conversation
from shop.model import DeliveryState, Direction
from shop.webhooks.deliveries import AT_ONCE, Outcome, claim, find_due, note_outcome
from shop.wiring import Services
from tests.shop.heard import outbox, put_webhook

TALKS, MESSAGES, SENDERS = 6, 5, 4


def speak(services: Services, talk: int) -> None:
    now = services.clock.now()
    for number in range(MESSAGES):
        with services.unit_of_work() as uow:
            conversation = open_conversation(uow, None, f"g{talk}", "晴天", now=now)
            locked = uow.conversations.lock(conversation.id)
            append_line(uow, locked, Direction.BUYER, Line(f"{talk}-{number}"), now)
            uow.commit()


def test_what_many_say_at_once_is_sent_once_each_and_in_the_order_of_each_talk(store: Services) -> None:
    webhook, now = put_webhook(store), store.clock.now()
    sent: list[str] = []
    flying: set[str] = set()
    most, lock, together = [0], Lock(), Barrier(SENDERS)

    def send() -> None:
        together.wait()
        while True:
            with store.unit_of_work() as uow:
                parcels = claim(uow, webhook.id, now)
                uow.commit()
            with lock:
                assert not flying & {parcel.facts["talk"] for parcel in parcels}, "one talk, twice at the same time"
                flying.update(parcel.facts["talk"] for parcel in parcels)
                most[0] = max(most[0], len(flying))
                sent.extend(parcel.facts["text"] for parcel in parcels)
            for parcel in parcels:
                with lock:
                    flying.discard(parcel.facts["talk"])
                with store.unit_of_work() as uow:
                    note_outcome(uow, parcel, Outcome(204), now)
                    uow.commit()
            if not parcels and all(each.state is DeliveryState.SENT for each in outbox(store, webhook)):
                return

    with ThreadPoolExecutor(TALKS) as talking:
        list(talking.map(lambda talk: speak(store, talk), range(TALKS)))
    with ThreadPoolExecutor(SENDERS) as sending:
        for each in [sending.submit(send) for _ in range(SENDERS)]:
            each.result(60)
    assert len(sent) == len(set(sent)) == TALKS * MESSAGES
    assert most[0] <= AT_ONCE
    for talk in range(TALKS):
        assert [text for text in sent if text.startswith(f"{talk}-")] == [f"{talk}-{n}" for n in range(MESSAGES)]
    with store.unit_of_work() as uow:
        assert find_due(uow, now) == []

"""The schedule in the store: who sends what next, what comes of failures, what is given up and cleared."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from at_work import employ

from shop.errors import NotFound, TooMany, WrongState
from shop.model import ChangeKind, Delivery, DeliveryState, Webhook, WebhookState
from shop.webhooks.deliveries import (
    AT_ONCE,
    KEPT,
    LEASE,
    PAUSES,
    Outcome,
    Parcel,
    claim,
    find_due,
    note_outcome,
    send_again,
    tidy,
)
from shop.webhooks.endpoints import (
    KEPT_TRYING,
    MOST,
    OVERLAP,
    change_secret,
    put_test,
    remove_webhook,
    secret_numbers,
    switch_webhook,
)
from shop.wiring import Services
from tests.shop.heard import find, outbox, put_webhook

OK, BROKEN, SILENT = Outcome(204), Outcome(500, "对方返回 500"), Outcome(None, "对方没有及时回应")


def put(services: Services, webhook: Webhook, *streams: str) -> list[str]:
    """Ids of deliveries, one for each."""
    now = services.clock.now()
    numbers = [f"{webhook.id[:4]}-{stream}-{number}-{now:%d%H%M%S}" for number, stream in enumerate(streams)]
    with services.unit_of_work() as uow:
        for number, stream in zip(numbers, streams, strict=True):
            uow.deliveries.add(
                Delivery(number, webhook.id, "message.sent", stream, {"n": number}, now, now, now + KEPT_TRYING)
            )
        uow.commit()
    return numbers


def take(services: Services, webhook: Webhook) -> list[Parcel]:
    with services.unit_of_work() as uow:
        parcels = claim(uow, webhook.id, services.clock.now())
        uow.commit()
    return parcels


def note(services: Services, parcel: Parcel, outcome: Outcome) -> None:
    with services.unit_of_work() as uow:
        note_outcome(uow, parcel, outcome, services.clock.now())
        uow.commit()


def push(services: Services, webhook: Webhook, outcome: Outcome) -> list[str]:
    """All that is due, with that outcome; their ids in the order of sending."""
    sent: list[str] = []
    while parcels := take(services, webhook):
        for parcel in parcels:
            note(services, parcel, outcome)
            sent.append(parcel.id)
    return sent


def turn(services: Services, webhook: Webhook, on: bool) -> None:
    with services.unit_of_work() as uow:
        switch_webhook(uow, employ(uow, "100"), webhook.id, on, services.clock.now())
        uow.commit()


def state(services: Services, webhook: Webhook) -> list[DeliveryState]:
    return [each.state for each in outbox(services, webhook)]


def test_of_one_talk_the_next_goes_when_the_one_before_has_arrived(services: Services, clock: Any) -> None:
    webhook = put_webhook(services)
    a1, a2, b1 = put(services, webhook, "a", "a", "b")
    first = take(services, webhook)
    assert [parcel.id for parcel in first] == [a1, b1]
    assert take(services, webhook) == []
    note(services, first[0], SILENT)
    note(services, first[1], OK)
    assert take(services, webhook) == []
    clock.advance(seconds=10)
    assert push(services, webhook, OK) == [a1, a2]


def test_only_so_many_go_to_one_address_at_once(services: Services) -> None:
    webhook = put_webhook(services)
    put(services, webhook, *"abcdefg")
    assert len(take(services, webhook)) == AT_ONCE
    assert take(services, webhook) == []


def test_what_a_dead_sender_had_is_sent_by_another_with_the_same_id(services: Services, clock: Any) -> None:
    webhook = put_webhook(services)
    [number] = put(services, webhook, "a")
    [dead] = take(services, webhook)
    clock.advance(seconds=LEASE.total_seconds() - 1)
    assert take(services, webhook) == []
    clock.advance(seconds=1)
    [alive] = take(services, webhook)
    assert alive.id == dead.id == number
    note(services, dead, BROKEN)
    assert find(services, webhook).failures == 0, "who lost the lease has no say"
    note(services, alive, OK)
    note(services, dead, OK)
    assert state(services, webhook) == [DeliveryState.SENT]


def test_failures_are_tried_again_with_growing_pauses_for_a_day(services: Services, clock: Any) -> None:
    webhook = put_webhook(services)
    put(services, webhook, "a")
    tries: list[datetime] = []
    while state(services, webhook) == [DeliveryState.WAITING]:
        if find(services, webhook).state is WebhookState.PAUSED:
            turn(services, webhook, True)
        if push(services, webhook, BROKEN):
            tries.append(clock.now())
        [delivery] = outbox(services, webhook)
        clock.set(max(delivery.due_at, find(services, webhook).rests_until or delivery.due_at))
    waited = [later - earlier for earlier, later in pairwise(tries)]
    assert waited[:5] == list(PAUSES[:5])
    assert waited == sorted(waited)
    assert timedelta(hours=12) < tries[-1] - tries[0] < KEPT_TRYING
    [given_up] = outbox(services, webhook)
    assert (given_up.state, given_up.code, given_up.error) == (DeliveryState.GIVEN_UP, 500, "对方返回 500")


def test_an_address_that_is_down_is_asked_with_one_at_a_time_and_wakes_for_all(services: Services, clock: Any) -> None:
    webhook = put_webhook(services)
    put(services, webhook, *"abcdefgh")
    push(services, webhook, SILENT)
    shaky = find(services, webhook)
    assert shaky.failures == 8
    assert shaky.rests_until is not None
    assert take(services, webhook) == []
    clock.set(shaky.rests_until)
    clock.advance(hours=1)
    [probe] = take(services, webhook)
    assert take(services, webhook) == []
    note(services, probe, OK)
    assert find(services, webhook).failures == 0
    assert len(push(services, webhook, OK)) == 7
    assert set(state(services, webhook)) == {DeliveryState.SENT}


def test_one_success_brings_forward_what_was_put_off_for_hours(services: Services, clock: Any) -> None:
    webhook = put_webhook(services)
    [old] = put(services, webhook, "a")
    for pause in PAUSES[:8]:
        assert push(services, webhook, SILENT) == [old]
        clock.advance(seconds=pause.total_seconds())
    assert push(services, webhook, SILENT) == [old]
    clock.advance(hours=1)
    [new] = put(services, webhook, "b")
    assert push(services, webhook, OK) == [new, old]


def test_an_address_that_fails_for_half_a_day_is_paused_and_comes_back_by_hand(services: Services, clock: Any) -> None:
    webhook = put_webhook(services)
    for _ in range(14):
        put(services, webhook, "a")
        push(services, webhook, BROKEN)
        clock.advance(hours=1)
    assert find(services, webhook).state is WebhookState.PAUSED
    with services.unit_of_work() as uow:
        assert find_due(uow, clock.now()) == []
        [change, _] = uow.changes.of(ChangeKind.WEBHOOK, "进销存", 5)
        assert (change.action, change.name) == ("已暂停", "系统")
    turn(services, webhook, True)
    assert len(push(services, webhook, OK)) == 14
    assert find(services, webhook).failing_since is None


def test_a_success_between_failures_keeps_it_going(services: Services, clock: Any) -> None:
    webhook = put_webhook(services)
    for hour in range(30):
        put(services, webhook, f"a{hour}")
        for parcel in take(services, webhook):
            note(services, parcel, OK if hour % 3 == 0 else BROKEN)
        clock.advance(hours=1)
    assert find(services, webhook).state is WebhookState.ON


def test_410_ends_it(services: Services) -> None:
    webhook = put_webhook(services)
    put(services, webhook, "a", "b")
    for parcel in take(services, webhook):
        note(services, parcel, Outcome(410, "对方返回 410"))
    assert find(services, webhook).state is WebhookState.GONE
    assert take(services, webhook) == []
    with services.unit_of_work() as uow:
        assert [change.action for change in uow.changes.of(ChangeKind.WEBHOOK, "进销存", 5)] == ["对方已关闭", "新增"]


def test_what_could_not_be_sent_for_a_day_is_given_up_and_later_cleared(services: Services, clock: Any) -> None:
    webhook = put_webhook(services)
    put(services, webhook, "a", "b")
    note(services, take(services, webhook)[0], OK)
    turn(services, webhook, False)

    def tidied() -> list[DeliveryState]:
        with services.unit_of_work() as uow:
            tidy(uow, clock.now())
            uow.commit()
        return state(services, webhook)

    clock.advance(hours=23, minutes=59)
    assert tidied() == [DeliveryState.SENT, DeliveryState.WAITING]
    clock.advance(minutes=1)
    assert tidied() == [DeliveryState.SENT, DeliveryState.GIVEN_UP]
    clock.advance(hours=KEPT.total_seconds() / 3600 - 24, seconds=1)
    assert tidied() == [DeliveryState.GIVEN_UP]
    clock.advance(days=1)
    assert tidied() == []


def test_by_hand_it_goes_again_with_the_same_id_for_another_day(services: Services, clock: Any) -> None:
    webhook = put_webhook(services)
    [number] = put(services, webhook, "a")
    with services.unit_of_work() as uow:
        [parcel] = claim(uow, webhook.id, clock.now())
        uow.commit()
    with services.unit_of_work() as uow, pytest.raises(WrongState):
        send_again(uow, webhook.id, number, clock.now())
    note(services, parcel, OK)
    clock.advance(days=2)
    with services.unit_of_work() as uow:
        send_again(uow, webhook.id, number, clock.now())
        tidy(uow, clock.now())
        uow.commit()
    assert push(services, webhook, OK) == [number]
    other = put_webhook(services, name="别的")
    for wrong in ((other.id, number), (webhook.id, "nothing"), ("nothing", number)):
        with services.unit_of_work() as uow, pytest.raises(NotFound):
            send_again(uow, *wrong, clock.now())


def test_one_that_hangs_holds_up_no_other_address(services: Services) -> None:
    slow, fast = put_webhook(services, name="慢"), put_webhook(services, name="快")
    put(services, slow, *"abcdef")
    put(services, fast, *"abcdef")
    assert len(take(services, slow)) == AT_ONCE
    assert len(push(services, fast, OK)) == 6


def test_removed_while_something_is_on_its_way_nothing_breaks(services: Services) -> None:
    webhook = put_webhook(services)
    put(services, webhook, "a", "b")
    parcels = take(services, webhook)
    with services.unit_of_work() as uow:
        remove_webhook(uow, employ(uow, "100"), webhook.id, services.clock.now())
        uow.commit()
    for parcel in parcels:
        note(services, parcel, OK)
    assert outbox(services, webhook) == []
    assert take(services, webhook) == []


def test_both_secrets_sign_for_a_day_after_a_change(services: Services, clock: Any) -> None:
    webhook = put_webhook(services)
    assert secret_numbers(webhook, clock.now()) == [1]
    with services.unit_of_work() as uow:
        change_secret(uow, employ(uow, "100"), webhook.id, clock.now())
        uow.commit()
    changed = find(services, webhook)
    assert secret_numbers(changed, clock.now()) == [2, 1]
    assert secret_numbers(changed, clock.now() + OVERLAP) == [2]


def test_there_is_room_for_so_many_addresses(services: Services) -> None:
    for number in range(MOST):
        put_webhook(services, name=f"程序{number}")
    with pytest.raises(TooMany):
        put_webhook(services)


def test_a_test_goes_only_where_something_is_sent(services: Services) -> None:
    webhook = put_webhook(services)
    with services.unit_of_work() as uow:
        put_test(uow, webhook.id, services.clock.now())
        switch_webhook(uow, employ(uow, "100"), webhook.id, False, services.clock.now())
        with pytest.raises(WrongState):
            put_test(uow, webhook.id, services.clock.now())

"""What people are told because time has passed: tasks, the queue, transfers."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from at_work import employ

from shop.conversations import open_conversation
from shop.handover import Passing, pass_on
from shop.model import Alert, AlertKind, SeatState, Task, TaskKind
from shop.overdue import alert_queue, find_due_tasks, has_queue_turned, remind_tasks, report_transfer
from shop.policy import Policy
from shop.tasks import finish_task, put_task
from shop.wiring import Services
from tests.conftest import NOW, SettableClock
from tests.shop.counter import AGENT, COLLEAGUE, LEADER, Counter, put_seat

RULES = Policy()
DUE = NOW + timedelta(minutes=30)


@pytest.fixture
def counter(services: Services) -> Counter:
    return Counter(services, staff=(AGENT, COLLEAGUE))


def put(counter: Counter, owner: str = "") -> Task:
    """Due half an hour after NOW."""
    with counter.working() as uow:
        task = put_task(
            uow, TaskKind.CALL_BACK, "问洗后缩水吗", now=NOW, minutes=30, turn_id="", conversation_id=counter.talk
        )
        if owner:
            employ(uow, owner)
            uow.tasks.lock(task.number).owner = owner
    return task


def remind(counter: Counter) -> list[str]:
    """To whom; empty: the people in charge."""
    with counter.working() as uow:
        found = find_due_tasks(uow, counter.now)
        told = remind_tasks(uow, counter.at(uow))
    assert found or not told, "what is told was looked for"
    return [alert.to_staff for alert in told]


@pytest.mark.req("CW-18", "HE-20")
def test_the_owner_is_reminded_before_the_time_that_was_agreed_and_when_it_has_come(
    counter: Counter, clock: SettableClock
) -> None:
    task = put(counter, owner=AGENT)
    clock.set(DUE - timedelta(minutes=10, seconds=1))
    assert remind(counter) == []
    clock.advance(seconds=1)
    assert remind(counter) == [AGENT]
    clock.set(DUE - timedelta(seconds=1))
    assert remind(counter) == [], "once"
    clock.set(DUE)
    assert remind(counter) == [AGENT, ""], "late: the people in charge hear it, too"
    clock.advance(hours=23, minutes=59)
    assert remind(counter) == []
    soon, late, _ = counter.alerts(AlertKind.OVERDUE)
    assert soon.note == f"{task.number} 回复买家 11-20 14:33 到期:问洗后缩水吗"
    assert late.note == f"{task.number} 回复买家 应在 11-20 14:33 前完成,已到期:问洗后缩水吗"
    assert soon.conversation_id == counter.talk


@pytest.mark.req("HE-20")
def test_what_is_late_is_brought_up_once_a_day_until_it_is_done(counter: Counter, clock: SettableClock) -> None:
    task = put(counter, owner=AGENT)
    clock.set(DUE)
    for days in range(1, 4):
        assert remind(counter) == [AGENT, ""]
        clock.set(DUE + timedelta(days=days) - timedelta(seconds=1))
        assert remind(counter) == []
        clock.advance(seconds=1)
    assert "已超过 2 天" in counter.alerts(AlertKind.OVERDUE)[-1].note
    with counter.working() as uow:
        finish_task(uow, task.number, employ(uow, AGENT), clock.now())
    assert remind(counter) == []


def test_a_task_of_nobody_is_for_the_people_in_charge(counter: Counter, clock: SettableClock) -> None:
    put(counter)
    clock.set(DUE - timedelta(minutes=5))
    assert remind(counter) == [""]
    clock.set(DUE)
    assert remind(counter) == [""]


def test_a_task_of_a_leader_or_of_who_has_left_is_told_to_the_people_in_charge_once(
    counter: Counter, clock: SettableClock
) -> None:
    put(counter, owner=LEADER)
    put(counter, owner="341")
    with counter.working() as uow:
        uow.people.lock("341").active = False
    clock.set(DUE)
    assert remind(counter) == ["", ""]


def test_a_desk_that_was_down_for_days_tells_once(counter: Counter, clock: SettableClock) -> None:
    put(counter, owner=AGENT)
    clock.set(DUE + timedelta(days=3, hours=5))
    assert remind(counter) == [AGENT, ""]
    assert remind(counter) == []


def test_tasks_are_told_apart(counter: Counter, clock: SettableClock) -> None:
    first, second = put(counter), put(counter, owner=AGENT)
    clock.set(DUE - timedelta(minutes=1))
    assert remind(counter) == ["", AGENT]
    with counter.working() as uow:
        finish_task(uow, first.number, employ(uow, AGENT), clock.now())
    clock.set(DUE)
    assert remind(counter) == [AGENT, ""]
    assert all(second.number in alert.note for alert in counter.alerts(AlertKind.OVERDUE)[2:])


def test_what_was_said_before_the_time_does_not_count_for_when_it_has_come(
    counter: Counter, clock: SettableClock
) -> None:
    """Also while another task that has been late for longer makes the desk look further back."""
    put(counter, owner=AGENT)
    with counter.working() as uow:
        put_task(uow, TaskKind.OTHER, "换标签", now=NOW, minutes=15, turn_id="")
    clock.set(DUE - timedelta(minutes=9))
    assert remind(counter) == ["", AGENT]
    clock.set(DUE)
    assert remind(counter) == [AGENT, ""]


def at_two_desks(counter: Counter, step) -> list[Alert]:
    """The step at two desks in the same moment."""
    together = threading.Barrier(2)

    def desk(_: int) -> list[Alert]:
        with counter.working() as uow:
            at = counter.at(uow)
            together.wait(10)
            return step(uow, at)

    with ThreadPoolExecutor(2) as desks:
        return [alert for told in desks.map(desk, range(2)) for alert in told]


def test_two_desks_at_once_remind_once(counter: Counter, clock: SettableClock) -> None:
    put(counter, owner=AGENT)
    clock.set(DUE)
    assert len(at_two_desks(counter, remind_tasks)) == 2
    assert len(counter.alerts(AlertKind.OVERDUE)) == 2


def test_who_is_done_in_the_same_moment_is_not_reminded(counter: Counter, clock: SettableClock) -> None:
    task, told = put(counter), []
    clock.set(DUE)
    reminding = threading.Thread(target=lambda: told.extend(remind(counter)))
    with counter.working() as uow:
        finish_task(uow, task.number, employ(uow, AGENT), clock.now())
        uow.tasks.lock(task.number)
        reminding.start()
        reminding.join(0.3)
        assert reminding.is_alive(), "it has found the task, and waits for it"
    reminding.join(5)
    assert told == counter.alerts(AlertKind.OVERDUE) == []


def queue_up(counter: Counter, *guests: str) -> None:
    with counter.working() as uow:
        for guest in guests:
            talk = open_conversation(uow, None, guest, guest, now=counter.now)
            pass_on(uow, talk, Passing("bot", "ask_human", queued=True), counter.now)


def leave_queue(counter: Counter, count: int) -> None:
    with counter.working() as uow:
        for talk in list(uow.conversations.waiting())[:count]:
            pass_on(uow, talk, Passing("buyer"), counter.now)


def tell(counter: Counter) -> list[str]:
    with counter.working() as uow:
        turned = has_queue_turned(uow, counter.at(uow))
        told = alert_queue(uow, counter.at(uow))
    assert turned or not told
    return [alert.note for alert in told]


def test_a_long_queue_is_told_once_until_it_was_short_again(counter: Counter, clock: SettableClock) -> None:
    counter.rule(queue_alert=3)
    queue_up(counter, "a", "b", "c")
    assert tell(counter) == [], "as many as may wait"
    queue_up(counter, "d")
    assert tell(counter) == ["4 人在排队,超过 3 人"]
    queue_up(counter, "e")
    assert tell(counter) == []
    leave_queue(counter, 2)
    assert tell(counter) == []
    queue_up(counter, "f")
    assert tell(counter) == [], "it has not fallen below"
    clock.advance(minutes=17)
    leave_queue(counter, 2)
    assert tell(counter) == []
    [alert] = counter.alerts(AlertKind.QUEUE_LONG)
    assert alert.note == "4 人在排队,超过 3 人;14:20 已回落"
    with counter.services.unit_of_work() as uow:
        assert not has_queue_turned(uow, counter.at(uow)), "nothing more to do"
    queue_up(counter, "g", "h")
    assert tell(counter) == ["4 人在排队,超过 3 人"]


def test_two_desks_at_once_tell_of_the_queue_once(counter: Counter) -> None:
    counter.rule(queue_alert=1)
    queue_up(counter, "a", "b")
    assert len(at_two_desks(counter, alert_queue)) == 1
    leave_queue(counter, 2)
    assert at_two_desks(counter, alert_queue) == []
    [alert] = counter.alerts(AlertKind.QUEUE_LONG)
    assert alert.note.count("已回落") == 1


@pytest.fixture
def passed(counter: Counter) -> Counter:
    """To a group where nobody has room; the last word was an answer."""
    counter.take()
    counter.buyer_says("要退货")
    counter.agent_says("我转给售后同事")
    put_seat(counter.services, COLLEAGUE, SeatState.BUSY)
    counter.transfer(to_group="aftersale")
    return counter


@pytest.mark.req("HE-26")
def test_who_passed_a_buyer_on_hears_that_nobody_took_it_up_and_so_do_the_people_in_charge(
    passed: Counter, clock: SettableClock
) -> None:
    clock.advance(seconds=RULES.answer_seconds)
    assert report_transfer not in passed.look()
    clock.advance(seconds=1)
    assert report_transfer in passed.look()
    clock.advance(hours=1)
    assert report_transfer not in passed.look(), "once"
    told = passed.alerts(AlertKind.OVERDUE)
    assert [(alert.to_staff, alert.staff_id) for alert in told] == [(AGENT, AGENT), ("", AGENT)]
    assert told[0].note == "小禾转给售后组(升级处理),超过 180 秒还没有人答复"


@pytest.mark.req("HE-26")
def test_a_colleague_who_has_the_talk_and_says_nothing_has_not_taken_it_up(
    counter: Counter, clock: SettableClock
) -> None:
    counter.take()
    counter.buyer_says()
    counter.agent_says()
    counter.transfer(to_staff=COLLEAGUE)
    clock.advance(seconds=RULES.answer_seconds + 1)
    assert report_transfer in counter.look()
    assert "转给小满" in counter.alerts(AlertKind.OVERDUE)[0].note
    counter.agent_says(staff_id=COLLEAGUE)
    for to, by in ((AGENT, COLLEAGUE), (COLLEAGUE, AGENT)):
        counter.transfer(to_staff=to, by=by)
        clock.advance(seconds=RULES.answer_seconds + 1)
        assert report_transfer in counter.look(), "passed on again, waited for again"
    told = [alert.staff_id for alert in counter.alerts(AlertKind.OVERDUE) if not alert.to_staff]
    assert told == [AGENT, COLLEAGUE, AGENT]


def test_whoever_of_the_group_comes_has_to_say_something(passed: Counter, clock: SettableClock) -> None:
    passed.take(COLLEAGUE)
    clock.advance(seconds=RULES.answer_seconds + 1)
    assert report_transfer in passed.look()


def test_a_transfer_that_was_taken_up_in_time_is_not_told(passed: Counter, clock: SettableClock) -> None:
    passed.take(COLLEAGUE)
    passed.agent_says(staff_id=COLLEAGUE)
    clock.advance(days=1)
    assert report_transfer not in passed.look()


def test_a_task_that_was_told_of_does_not_hide_a_transfer(passed: Counter, clock: SettableClock) -> None:
    put(passed, owner=AGENT)
    clock.set(DUE)
    remind(passed)
    assert report_transfer in passed.look()
    assert len(passed.alerts(AlertKind.OVERDUE)) == 4


def test_a_talk_that_was_passed_back_and_answered_was_taken_up(passed: Counter, clock: SettableClock) -> None:
    passed.take(AGENT)
    passed.agent_says()
    clock.advance(days=1)
    assert report_transfer not in passed.look()


def test_who_comes_again_after_a_service_was_not_passed_on(services: Services, clock: SettableClock) -> None:
    counter = Counter(services)
    counter.take()
    counter.close()
    counter.buyer_says("还有个问题")
    assert counter.conversation.agent_id == AGENT
    clock.advance(days=1)
    assert report_transfer not in counter.look()


def test_who_waits_because_the_bot_called_a_person_is_no_transfer(services: Services, clock: SettableClock) -> None:
    counter = Counter(services, staff=(AGENT,))
    counter.take()
    counter.agent_says()
    with counter.working() as uow:
        pass_on(uow, uow.conversations.lock(counter.talk), Passing(AGENT, "交回机器人"), counter.now)
    put_seat(services, AGENT, SeatState.BUSY)
    counter.buyer_says("转人工")
    counter.call_person()
    clock.advance(days=1)
    assert report_transfer not in counter.look()

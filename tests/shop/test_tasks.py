"""Tasks that the bot puts down."""

from datetime import timedelta

import pytest

from shop.model import Task, TaskKind
from shop.ports import UnitOfWork
from shop.tasks import put_task
from shop.wiring import Services
from tests.conftest import NOW
from tests.shop.making import open_shop


def put(uow: UnitOfWork, kind: TaskKind, turn_id: str = "t1") -> Task:
    return put_task(uow, kind, "催一下", now=NOW, minutes=30, turn_id=turn_id, conversation_id="c1")


@pytest.mark.parametrize("turn_id", ["t1", ""])
def test_a_task_is_due_after_its_minutes(services: Services, turn_id: str) -> None:
    with services.unit_of_work() as uow:
        open_shop(uow)
        task = put(uow, TaskKind.CALL_BACK, turn_id)
        assert (task.number, task.due_at) == ("RW2611200001", NOW + timedelta(minutes=30))


def test_a_turn_that_runs_again_puts_nothing_down_twice(services: Services) -> None:
    with services.unit_of_work() as uow:
        open_shop(uow)
        first = put(uow, TaskKind.CALL_BACK)
        uow.commit()
    with services.unit_of_work() as uow:
        assert put(uow, TaskKind.CALL_BACK).number == first.number
        assert len(uow.tasks.of_conversation("c1")) == 1


def test_one_turn_may_put_down_tasks_of_several_kinds(services: Services) -> None:
    with services.unit_of_work() as uow:
        open_shop(uow)
        kinds = [TaskKind.CALL_BACK, TaskKind.URGE_SHIPMENT]
        assert [put(uow, kind).kind for kind in kinds] == kinds
        assert [put(uow, kind).kind for kind in kinds] == kinds
        assert len(uow.tasks.of_conversation("c1")) == 2


def test_without_a_turn_every_task_is_new(services: Services) -> None:
    with services.unit_of_work() as uow:
        open_shop(uow)
        assert put(uow, TaskKind.OTHER, "").number != put(uow, TaskKind.OTHER, "").number

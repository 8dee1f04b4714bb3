"""Another model goes live: two real workers take it while buyers write, and nobody loses a turn."""

import asyncio
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.live_model import BROKEN, FILE_GONE, OTHER_BASE, base_of, models_folder
from bot.worker.following import ModelFollower, open_agent
from shop.live_models import go_back, go_shipped, put_live
from shop.model import Role, Staff
from shop.settings import Settings
from shop.wiring import Services, wire
from tests.bot.worker.conftest import Worker
from tests.conftest import NOW

BOSS = Staff("100", "云舒", Role.MANAGER)
PATIENCE = 120


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def model_of(worker: Worker) -> str:
    return str(worker.http.get("/health").json()["model"])


def make_live(services: Services, model: str, base: str) -> None:
    with services.unit_of_work() as uow:
        put_live(uow, BOSS, NOW, model, base, "上线")
        uow.commit()


def problem(services: Services) -> str:
    with services.unit_of_work() as uow:
        live = uow.live_models.current()
    return live.problem if live else ""


def copy_model(services: Services, model: Path, name: str) -> str:
    folder = models_folder(services.settings)
    folder.mkdir(exist_ok=True)
    shutil.copy(model, folder / name)
    return name


@pytest.fixture
def shared(worker_shop: Path, worker: Worker, second_worker: Worker, tiny_model: Path) -> Iterator[Services]:
    """The store of both workers; at the end the shipped model is live again."""
    services = wire(Settings(database_url=f"sqlite:///{worker_shop}", var=worker_shop.parent))
    yield services
    with services.unit_of_work() as uow:
        live = uow.live_models.current()
        if live is not None and live.model:
            go_shipped(uow, BOSS, NOW)
            uow.commit()
    for each in (worker, second_worker):
        wait_until(lambda each=each: model_of(each) == tiny_model.name)  # type: ignore[misc]
    services.close()


def test_models_change_under_load_and_every_talk_counts_on(
    shared: Services, worker: Worker, second_worker: Worker, tiny_model: Path
) -> None:
    workers, over = (worker, second_worker), threading.Event()

    def talk(place: int) -> list[str]:
        said: list[str] = []
        while not over.is_set():
            said += workers[place % 2].texts(f"swap-{place}", f"swap-{place}-{len(said)}", "数数")
        return said

    with ThreadPoolExecutor(6) as threads:
        talks = [threads.submit(talk, place) for place in range(6)]
        try:
            new = copy_model(shared, tiny_model, "taught-1.tar.gz")
            make_live(shared, new, base_of(tiny_model))
            wait_until(lambda: all(model_of(each) == new for each in workers))
            with shared.unit_of_work() as uow:
                go_back(uow, BOSS, NOW)
                uow.commit()
            wait_until(lambda: all(model_of(each) == tiny_model.name for each in workers))
        finally:
            over.set()
        answers = [each.result() for each in talks]
    for said in answers:
        assert len(said) > 1
        assert said == [str(number + 1) for number in range(len(said))], "one answer each, in order"
    assert problem(shared) == ""


def test_a_turn_under_way_ends_with_the_model_that_it_began_with(
    shared: Services, worker: Worker, tiny_model: Path
) -> None:
    wait, begun = worker.var / "wait", worker.var / "begun"
    begun.unlink(missing_ok=True)
    wait.touch()
    with ThreadPoolExecutor() as threads:
        slow = threads.submit(worker.turn, "slow-swap", "ss1", "慢 有货吗")
        try:
            wait_until(begun.exists)
            new = copy_model(shared, tiny_model, "taught-2.tar.gz")
            make_live(shared, new, base_of(tiny_model))
            wait_until(lambda: model_of(worker) == new)
            assert not slow.done()
        finally:
            wait.unlink()
        assert slow.result()["messages"][0]["key"] == "noted"
    assert worker.texts("slow-swap", "ss2", "谢谢")


@pytest.mark.parametrize(("trouble", "told"), [("broken", BROKEN), ("gone", FILE_GONE), ("old", OTHER_BASE)])
def test_what_does_not_open_leaves_the_old_one_and_is_told(
    shared: Services, worker: Worker, tiny_model: Path, trouble: str, told: str
) -> None:
    name = f"{trouble}.tar.gz"
    if trouble == "broken":
        folder = models_folder(shared.settings)
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"no archive")
    elif trouble == "old":
        copy_model(shared, tiny_model, name)
    make_live(shared, name, "shop-of-yesterday" if trouble == "old" else base_of(tiny_model))
    wait_until(lambda: problem(shared) == told)
    assert model_of(worker) == tiny_model.name
    assert worker.texts(f"after {trouble}", f"{trouble}-1", "谢谢")


async def test_a_worker_starts_with_the_live_model_and_with_the_shipped_where_that_is_broken(
    services: Services, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINY_VAR", str(services.settings.var))
    make_live(services, copy_model(services, tiny_model, "mine.tar.gz"), base_of(tiny_model))
    agent, start = await asyncio.to_thread(open_agent, services, tiny_model, "tiny_actions")
    assert agent.processor.model_filename == "mine.tar.gz"
    agent.close()

    (models_folder(services.settings) / "mine.tar.gz").write_bytes(b"torn")
    agent, start = await asyncio.to_thread(open_agent, services, tiny_model, "tiny_actions")
    assert agent.processor.model_filename == tiny_model.name
    await ModelFollower(agent, services, tiny_model, start).look()
    assert problem(services) == BROKEN
    agent.close()

"""A real training with taught messages on a thinned copy of the data, and what may befall it."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from bot.live_model import base_of, models_folder
from bot.teaching import lay_out_data
from bot.train import model_path as model_of_root
from bot.worker.following import open_agent
from bot.worker.trainer import BROKE_OFF, Trainer
from shop.model import Role, Staff, TaughtMessage, Training, TrainingState
from shop.settings import ROOT, load_settings
from shop.teaching import teach
from shop.training import ask_training, cancel_training
from shop.wiring import Services
from tests.conftest import NOW

BOSS = Staff("100", "云舒", Role.MANAGER)
EVERY, LEAST = 10, 12
BEGINS, ENDS = ("给个", "来个", "能不能", "就要"), ("呗", "", "嘛", "行不")
WORDING = [f"{before}骨折价{after}" for before in BEGINS for after in ENDS]


@pytest.fixture(scope="session")
def thin_root(model_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tenth of the messages of each intent, three questions for a test set; the real model as shipped."""
    root = tmp_path_factory.mktemp("thin")
    for name in ("config.yml", "domain.yml"):
        shutil.copy(ROOT / name, root / name)
    shutil.copytree(ROOT / "data", root / "data")
    for file in (root / "data/nlu").glob("*/*.yml"):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        plain = [place for place, line in enumerate(lines) if line.startswith("    - ") and "- text:" not in line]
        kept = set(plain[::EVERY]) | set(plain[:LEAST])
        gone = set(plain) - kept
        file.write_text("".join(line for place, line in enumerate(lines) if place not in gone), encoding="utf-8")
    exam = root / "tests/nlu/blind"
    exam.mkdir(parents=True)
    (exam / "few.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: ask_stock\n  examples: |\n    - 这个还有货吗\n- intent: ask_invoice\n'
        "  examples: |\n    - 能开发票吗\n    - 骨折价呗\n",
        encoding="utf-8",
    )
    model_of_root(root).parent.mkdir()
    shutil.copy(model_path, model_of_root(root))
    return root


@pytest.fixture
async def trainer(services: Services, thin_root: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Trainer]:
    """Of a worker that has just found the run."""
    monkeypatch.setenv("SHOP_DATABASE_URL", services.settings.database_url)
    monkeypatch.setenv("SHOP_VAR", str(services.settings.var))
    load_settings.cache_clear()
    monkeypatch.setattr(services.clock, "now", _now)
    yield Trainer(services, thin_root)
    load_settings.cache_clear()


def _now() -> object:
    from shop.wiring import SystemClock

    return SystemClock().now()


def ask(services: Services) -> str:
    with services.unit_of_work() as uow:
        uow.people.add(Staff(BOSS.id, BOSS.name, BOSS.role))
        teach(uow, BOSS, NOW, [(text, "ask_invoice") for text in WORDING])  # the shipped model hears 议价
        number = ask_training(uow, BOSS, NOW, go_live=True).number
        uow.policies.set("exam_slack", 3, "test", NOW)
        uow.commit()
    return number


def find(services: Services, number: str) -> Training:
    with services.unit_of_work() as uow:
        training = uow.trainings.find(number)
    assert training is not None
    return training


def processes_of(trainer: Trainer) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if trainer.holder in process.cmdline():
                found.append(process)
    return found


async def until_working(trainer: Trainer, services: Services, number: str) -> psutil.Process:
    deadline = asyncio.get_running_loop().time() + 180
    while not (processes_of(trainer) and find(services, number).percent):
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.1)
    return processes_of(trainer)[0]


@pytest.mark.req("NL-10")
async def test_the_bot_learns_a_new_wording_and_the_model_goes_live(
    trainer: Trainer, services: Services, thin_root: Path
) -> None:
    number = ask(services)
    await trainer.work()
    training = find(services, number)
    assert (training.state, training.error) == (TrainingState.GOOD, "")
    assert training.exam == 3
    assert training.lessons_after == len(WORDING) > training.lessons_before
    assert any(each["taught"] and each["after"] == "ask_invoice" for each in training.changed)
    assert [file.name for file in models_folder(services.settings).iterdir()] == [training.model], "no leftovers"

    agent, start = await asyncio.to_thread(open_agent, services, model_of_root(thin_root), "bot.actions")
    assert start.path.name == training.model == agent.processor.model_filename
    parsed = await agent.parse("来个骨折价行不")
    assert parsed["intent_ranking"][0]["name"] == "ask_invoice"
    agent.close()


async def test_a_killed_training_fails_visibly(trainer: Trainer, services: Services) -> None:
    number = ask(services)
    working = asyncio.create_task(trainer.work())
    (await until_working(trainer, services, number)).kill()
    await working
    assert (find(services, number).state, find(services, number).error) == (TrainingState.FAILED, BROKE_OFF)


async def test_a_cancelled_training_ends_its_process(trainer: Trainer, services: Services) -> None:
    number = ask(services)
    working = asyncio.create_task(trainer.work())
    process = await until_working(trainer, services, number)
    with services.unit_of_work() as uow:
        cancel_training(uow, BOSS, NOW, number)
        uow.commit()
    await working
    assert not process.is_running()
    assert find(services, number).state is TrainingState.CANCELLED
    assert not list(models_folder(services.settings).glob("part-XL*"))


async def test_where_the_shipped_model_is_missing_the_manager_is_told(
    trainer: Trainer, services: Services, tmp_path: Path
) -> None:
    number = ask(services)
    await Trainer(services, tmp_path).work()
    assert find(services, number).state is TrainingState.FAILED
    assert "make train" in find(services, number).error


def test_what_was_taught_otherwise_is_left_out_of_the_shipped_data(tmp_path: Path) -> None:
    folder = tmp_path / "data/nlu/general"
    folder.mkdir(parents=True)
    (folder / "greet.yml").write_text("nlu:\n- intent: greet\n  examples: |\n    - 在吗\n    - 在 吗！！\n", "utf-8")
    (folder / "thank.yml").write_text("nlu:\n- intent: thank\n  examples: |\n    - 谢啦\n", "utf-8")
    lessons = [TaughtMessage("在吗", "urge_reply", "100", NOW), TaughtMessage("谢啦", "thank", "100", NOW)]
    data = lay_out_data(tmp_path, tmp_path / "work", lessons)
    assert "    - 在吗\n" not in (data / "nlu/general/greet.yml").read_text("utf-8")
    assert "谢啦" in (data / "nlu/general/thank.yml").read_text("utf-8")
    assert "urge_reply" in (data / "nlu/taught.yml").read_text("utf-8")
    assert base_of(tmp_path / "shop-1.tar.gz") == "shop-1"

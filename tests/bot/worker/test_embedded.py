"""The agent inside this process: what the patches and the cut must not change."""

import importlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core import processor as rasa_processor
from rasa.core.actions import action, forms
from rasa.core.policies import memoization, rule_policy
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.worker import patches, trimming
from bot.worker.actions import SilentActions
from bot.worker.agent import EmbeddedAgent
from bot.worker.contract import Answer, TurnRequest
from bot.worker.processor import TurnFailed
from shop.wiring import Services

PATCHED = [
    (action.RemoteAction, "_validate_action_result"),
    (action.RemoteAction, "_action_call_format"),
    (Event, "resolve_by_type"),
    (DialogueStateTracker, "copy"),
    (DialogueStateTracker, "applied_events"),
    (Domain, "is_empty"),
    (Domain, "states_for_tracker_history"),
    (rule_policy.RulePolicy, "format_tracker_states"),
    (DaskGraphRunner, "run"),
    *((module, "copy") for module in (rasa_processor, memoization, rule_policy, forms)),
]
STOCK = [(owner, name, owner.__dict__.get(name)) for owner, name in PATCHED]

TALK = [
    *(
        "谢谢",
        "数数",
        "取消",
        "我想想",
        "谢谢",
        "订单号 XS3",
        "不喜欢",
        "有货吗",
        "投诉 拒",
        "数数",
        "取消",
        "谢谢",
        "再见",
    ),
    *("转人工", "缺 有货吗", "谢谢", "数数"),
]


@pytest.fixture
async def agent(
    tiny_model: Path, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[EmbeddedAgent]:
    monkeypatch.setenv("TINY_VAR", str(tmp_path))
    importlib.import_module("tiny_actions")
    made = EmbeddedAgent(tiny_model, "tiny_actions", unit_of_work=services.unit_of_work)
    await made.warm_up()
    yield made
    made.close()


@pytest.fixture
def stock_rasa(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Takes every patch back when entered with `use`."""
    with monkeypatch.context() as context:
        yield context


def take_patches_back(context: pytest.MonkeyPatch) -> None:
    for owner, name, original in STOCK:
        if original is None:
            context.delattr(owner, name, raising=False)
        else:
            context.setattr(owner, name, original)


async def hold(agent: EmbeddedAgent, conversation_id: str, talk: list[str]) -> list[Answer]:
    return [
        await agent.take_turn(TurnRequest(conversation_id=conversation_id, turn_id=f"t{number}", text=text))
        for number, text in enumerate(talk)
    ]


def meaning(answer: Answer) -> list[Any]:
    """All but the wording: which one comes next is counted from what is kept."""
    said = [message["key"] or message["text"] for message in answer["messages"]]
    return [said, answer["actions"], answer["intent"], answer["entities"], answer["handover"]]


async def state(agent: EmbeddedAgent, conversation_id: str) -> dict[str, Any]:
    tracker = await agent.trackers.retrieve(conversation_id)
    assert tracker is not None
    return {
        "slots": tracker.current_slot_values(),
        "loop": tracker.active_loop_name,
        "last": tracker.latest_action_name,
    }


async def test_the_patches_change_no_answer(agent: EmbeddedAgent, stock_rasa: pytest.MonkeyPatch) -> None:
    patched, kept = await hold(agent, "patched", TALK), await state(agent, "patched")
    take_patches_back(stock_rasa)
    agent.actions.kwargs = {}  # without the patch the domain goes along only so
    assert await hold(agent, "stock", TALK) == patched
    assert await state(agent, "stock") == kept


async def test_the_cut_changes_no_answer(agent: EmbeddedAgent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trimming, "KEPT_TURNS", 1)
    monkeypatch.setattr(trimming, "LONGEST_TURNS", 1)
    cut, kept = await hold(agent, "cut", TALK), await state(agent, "cut")
    monkeypatch.setattr(trimming, "LONGEST_TURNS", 1000)
    whole = await hold(agent, "whole", TALK)
    assert [meaning(answer) for answer in whole] == [meaning(answer) for answer in cut]
    assert await state(agent, "whole") == kept


async def test_a_form_outlives_the_cut(agent: EmbeddedAgent) -> None:
    long_way = ["取消", *["谢谢"] * 30]
    await hold(agent, "form", long_way)
    tracker = await agent.trackers.retrieve("form")
    assert tracker is not None and tracker.active_loop_name == "order_form"
    assert sum(isinstance(event, UserUttered) for event in tracker.events) <= trimming.LONGEST_TURNS
    assert sum(isinstance(event, ActiveLoop) for event in tracker.events) >= 1
    ended = [
        TurnRequest(conversation_id="form", turn_id="order", text="这单", payload='/inform{"order_no": "XS5"}'),
        TurnRequest(conversation_id="form", turn_id="reason", text="不合适"),
    ]
    answers = [await agent.take_turn(turn) for turn in ended]
    assert [answer["messages"][0]["text"] for answer in answers] == ["请给我 reason", "XS5 因为 不合适"]


async def test_slots_outlive_the_cut_and_the_state_stays_small(agent: EmbeddedAgent, services: Services) -> None:
    await hold(agent, "long", ["数数", *["谢谢"] * 40])
    answer = await agent.take_turn(TurnRequest(conversation_id="long", turn_id="last", text="数数"))
    assert answer["messages"][0]["text"] == "2"
    with services.unit_of_work() as uow:
        found = uow.dialogue_states.find("long")
    assert found is not None and len(found[0]) < 60_000
    assert "cost_fen" not in found[0]


async def test_warming_up_leaves_no_trace(agent: EmbeddedAgent, services: Services, tmp_path: Path) -> None:
    assert agent.ready
    assert not (tmp_path / "effects.db").exists()
    with services.unit_of_work() as uow:
        assert uow.dialogue_states.find("warm-up") is None
        assert uow.dialogue_states.find("-") is None


async def test_a_turn_is_saved_once_at_its_end(agent: EmbeddedAgent, services: Services) -> None:
    await hold(agent, "versions", ["谢谢", "数数", "取消"])
    with services.unit_of_work() as uow:
        assert uow.dialogue_states.version("versions") == 3


async def test_a_turn_without_an_end_fails(
    agent: EmbeddedAgent, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agent.processor, "action_endpoint", SilentActions())
    with pytest.raises(TurnFailed):  # a fallback that reverts nothing is chosen for ever
        await hold(agent, "endless", ["说不清的话"])
    with services.unit_of_work() as uow:
        assert uow.dialogue_states.find("endless") is None


def test_another_rasa_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patches.rasa, "__version__", "3.7.0")
    patches.apply.cache_clear()
    with pytest.raises(patches.RasaChanged, match=r"3\.7\.0"):
        patches.apply()

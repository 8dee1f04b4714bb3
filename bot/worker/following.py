"""The worker takes whatever model is live, within seconds, between turns; what does not fit is told to the manager."""

import asyncio
from pathlib import Path

import structlog

from bot.live_model import BROKEN, Choice, choose_model
from bot.worker.agent import EmbeddedAgent
from shop.live_models import note_problem
from shop.wiring import Services, ask_store

log = structlog.get_logger()


def open_agent(services: Services, shipped: Path, actions: str) -> tuple[EmbeddedAgent, Choice]:
    """With the live model; with the shipped one where that does not fit or does not open."""
    choice = _choose(services, shipped)
    if choice.path == shipped:
        return EmbeddedAgent(shipped, actions), choice
    try:
        return EmbeddedAgent(choice.path, actions), choice
    except Exception as error:  # the edge: whatever is wrong with the file, the shop opens
        log.error("worker.model_broken", model=choice.path.name, error=type(error).__name__)
        return EmbeddedAgent(shipped, actions), Choice(shipped, choice.version, BROKEN)


class ModelFollower:
    def __init__(self, agent: EmbeddedAgent, services: Services, shipped: Path, start: Choice) -> None:
        """`start`: what the agent was opened with."""
        self._agent, self._services, self._shipped, self._served = agent, services, shipped, start
        self._untold = bool(start.problem)

    async def look(self) -> None:
        """Takes another model where another is live. A version is tried once. Asks the store for one number."""
        if self._untold:
            await asyncio.to_thread(self._report, self._served.version, self._served.problem)
            self._untold = False
        version = await asyncio.to_thread(self._version)
        if version == self._served.version:
            return
        choice = await asyncio.to_thread(_choose, self._services, self._shipped)
        problem = choice.problem or await self._take(choice)
        path = self._served.path if problem else choice.path
        self._served = Choice(path, choice.version, problem)
        self._untold = bool(problem)
        if problem:
            await self.look()

    async def _take(self, choice: Choice) -> str:
        """What went wrong, if anything did."""
        if choice.path == self._served.path:
            return ""
        try:
            await self._agent.take_model(choice.path)
        except Exception as error:  # the edge: the old model goes on, whatever is wrong with the new one
            log.error("worker.model_broken", model=choice.path.name, error=type(error).__name__)
            return BROKEN
        return ""

    def _version(self) -> int:
        return ask_store(self._services, lambda uow: uow.live_models.version(), self._served.version)

    def _report(self, version: int, problem: str) -> None:
        with self._services.unit_of_work() as uow:
            note_problem(uow, version, problem)
            uow.commit()


def _choose(services: Services, shipped: Path) -> Choice:
    live = ask_store(services, lambda uow: uow.live_models.current(), None)
    return choose_model(live, shipped, services.settings)

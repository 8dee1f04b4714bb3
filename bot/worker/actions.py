"""Custom actions run in the worker's own process, through the same ActionExecutor that `rasa run actions` uses."""

import asyncio
import importlib
import inspect
import json
import pkgutil
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from rasa.core.actions.action import ActionExecutionRejection
from rasa.core.actions.constants import SELECTIVE_DOMAIN
from rasa.shared.utils.common import all_subclasses
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection as Rejection

ACTION_THREADS = 8

Result = TypeVar("Result")
_own = threading.local()


class InProcessActions(EndpointConfig):
    """Stands where Rasa expects the address of an action server.

    Each action runs in a thread of its own: one that waits for a courier or the database holds up
    its own conversation and no other. What it returns must be JSON, as over HTTP. A failing action
    raises what it raised; the turn ends there (bot.worker.processor).
    """

    def __init__(self, package: str = "bot.actions") -> None:
        super().__init__(url=f"in-process://{package}", **{SELECTIVE_DOMAIN: True})
        self._executor = ActionExecutor()
        for action in _actions_of(package):
            self._executor.register_action(action)
        self._threads = ThreadPoolExecutor(ACTION_THREADS, thread_name_prefix="action")

    @property
    def names(self) -> set[str]:
        return set(self._executor.actions)

    async def request(self, *_: Any, json: dict[str, Any], **__: Any) -> dict[str, Any]:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._run, json)

    def close(self) -> None:
        self._threads.shutdown()

    def _run(self, call: dict[str, Any]) -> dict[str, Any]:
        try:
            result = _finish(self._executor.run(call))
        except Rejection as rejection:
            raise ActionExecutionRejection(rejection.action_name, str(rejection)) from rejection
        plain: dict[str, Any] = json.loads(json.dumps(result or {}))
        return plain


class SilentActions(EndpointConfig):
    """Actions that are called and do nothing: for warming up, where nothing may be written."""

    def __init__(self) -> None:
        super().__init__(url="in-process://silence", **{SELECTIVE_DOMAIN: True})

    async def request(self, *_: Any, **__: Any) -> dict[str, Any]:
        return {}


def _actions_of(package: str) -> list[type[Action]]:
    """Unlike register_package: none of another package that the process holds, and an ImportError goes up."""
    module = importlib.import_module(package)
    for found in pkgutil.walk_packages(getattr(module, "__path__", []), f"{package}."):
        importlib.import_module(found.name)
    inside = (cls for cls in all_subclasses(Action) if f"{cls.__module__}.".startswith(f"{package}."))
    return [cls for cls in inside if not inspect.isabstract(cls)]


def _finish(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """On a loop that the thread keeps: asyncio.run would make and close one for every action."""
    if not hasattr(_own, "loop"):
        _own.loop = asyncio.new_event_loop()
    done: Result = _own.loop.run_until_complete(coroutine)
    return done

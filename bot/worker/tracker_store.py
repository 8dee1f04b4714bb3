"""Rasa's tracker store on the shop's own database: one JSON text per conversation, bounded, never pickle."""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker

from bot.worker.trimming import trim
from shop.ports import UnitOfWork
from shop.wiring import wire

LIVE_TRACKERS = 256
"""Some 100 kB each; a conversation not among them is read from the database again."""

Result = TypeVar("Result")


class DialogueStateStore(TrackerStore):
    """Tracker store over `uow.dialogue_states`.

    A tracker that this process saved last is kept alive beside its version, so that the next turn reads
    one number instead of replaying events. A version that another worker wrote wins. Whoever retrieves a
    live tracker owns it: a turn that fails half-way never gives it back, and the next reads the database.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        host: str | None = None,
        unit_of_work: Callable[[], UnitOfWork] | None = None,
        **kwargs: Any,
    ) -> None:
        """Rasa passes the first three when `endpoints.yml` names this class; `host` means nothing here."""
        super().__init__(domain, event_broker)
        self._unit_of_work = unit_of_work or wire().unit_of_work
        self._live: OrderedDict[str, tuple[int, DialogueStateTracker]] = OrderedDict()
        # The database may wait for another writer; the event loop, and with it all other buyers, must not.
        self._threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="dialogue-states")

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """Unlike Rasa's, saves nothing: a worker killed in its first turn leaves no trace."""
        tracker: DialogueStateTracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        live_version, live = self._live.pop(sender_id, (None, None))
        version, state = await self._in_thread(self._read, sender_id, live_version)
        if version == live_version:
            return live
        return self._rebuild(sender_id, state) if state else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        if self.event_broker:
            await self.stream_events(tracker)
        trim(tracker)
        state = {"sender_id": tracker.sender_id, "events": [event.as_dict() for event in tracker.events]}
        version = await self._in_thread(self._write, tracker.sender_id, json.dumps(state, ensure_ascii=False))
        self._keep(version, tracker)

    async def keys(self) -> Iterable[str]:
        """Those alive in this process: the shop's port lists no conversations."""
        return list(self._live)

    def close(self) -> None:
        self._threads.shutdown()

    def _keep(self, version: int, tracker: DialogueStateTracker) -> None:
        self._live[tracker.sender_id] = version, tracker
        if len(self._live) > LIVE_TRACKERS:
            self._live.popitem(last=False)

    def _rebuild(self, sender_id: str, state: str) -> DialogueStateTracker:
        tracker: DialogueStateTracker = self.init_tracker(sender_id)
        for event in deserialise_events(json.loads(state)["events"]):
            tracker.update(event)
        return tracker

    def _read(self, conversation_id: str, known: int | None) -> tuple[int, str | None]:
        """The stored version and, unless it is the one known, its text. Version 0: nothing is stored."""
        with self._unit_of_work() as uow:
            if known is not None and uow.dialogue_states.version(conversation_id) == known:
                return known, None
            state, version = uow.dialogue_states.find(conversation_id) or (None, 0)
        return version, state

    def _write(self, conversation_id: str, state: str) -> int:
        with self._unit_of_work() as uow:
            version = uow.dialogue_states.save(conversation_id, state)
            uow.commit()
        return version

    async def _in_thread(self, work: Callable[..., Result], *arguments: Any) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)

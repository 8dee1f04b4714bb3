"""One turn of a conversation at a time, in order of arrival; the next begins at once (Rasa looks once a second)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, LockError, LockStore


class HandOnLockStore(LockStore):
    """For one process: asyncio.Lock wakes its waiters first come, first served, and nobody polls.

    A turn never waits for longer than `lock_lifetime` seconds, as in Rasa's own stores. Several workers
    keep a conversation's order because a conversation always goes to the same worker.
    """

    def __init__(self, endpoint_config: Any = None) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME, wait_time_in_seconds: float = 1
    ) -> AsyncIterator[TicketLock]:
        """`wait_time_in_seconds` is Rasa's pause between two looks; there are none here."""
        lock = self._join(conversation_id)
        try:
            try:
                await asyncio.wait_for(lock.acquire(), lock_lifetime)
            except asyncio.TimeoutError as late:
                raise LockError(f"The turn before this one took more than {lock_lifetime} s.") from late
            try:
                yield TicketLock(conversation_id)
            finally:
                lock.release()
        finally:
            self._leave(conversation_id)

    def is_someone_waiting(self, conversation_id: str) -> bool:
        return conversation_id in self._locks

    def __len__(self) -> int:
        """Conversations with a turn running or waiting."""
        return len(self._locks)

    def _join(self, conversation_id: str) -> asyncio.Lock:
        lock, users = self._locks.get(conversation_id) or (asyncio.Lock(), 0)
        self._locks[conversation_id] = lock, users + 1
        return lock

    def _leave(self, conversation_id: str) -> None:
        lock, users = self._locks[conversation_id]
        if users == 1:
            del self._locks[conversation_id]
        else:
            self._locks[conversation_id] = lock, users - 1

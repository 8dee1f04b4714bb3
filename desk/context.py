"""What every part of the desk works with, put together once by `desk.app`."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from weakref import WeakValueDictionary

from desk.pictures import Pictures
from desk.rooms import Rooms
from desk.shown import Showing
from desk.tokens import Tokens
from desk.words import Words
from shop.moment import Moment
from shop.ports import UnitOfWork
from shop.settings import DeskSettings
from shop.wiring import Services

T = TypeVar("T")


@dataclass
class Desk:
    services: Services
    settings: DeskSettings
    words: Words
    tokens: Tokens
    pictures: Pictures
    rooms: Rooms
    _writer: Executor = field(default_factory=lambda: ThreadPoolExecutor(1, "writer"))
    """One thread: writers that wait for SQLite's one lock are not served in turn, and some would wait for ever."""
    _locks: "WeakValueDictionary[str, asyncio.Lock]" = field(default_factory=WeakValueDictionary)

    @property
    def showing(self) -> Showing:
        return Showing(self.pictures, self.settings.service_name)

    def now(self) -> datetime:
        return self.services.clock.now()

    def moment(self, uow: UnitOfWork) -> Moment:
        """The words are those that are saved up to now."""
        self.words.look(uow)
        return Moment(self.now(), uow.policies.current(), self.words.line, self.words.reply_to)

    async def change(self, use_case: Callable[[UnitOfWork], T]) -> T:
        """One transaction that writes. What it returns must be plain data, not the store's objects."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, self._commit, use_case)

    async def look(self, use_case: Callable[[UnitOfWork], T]) -> T:
        """The same for one that only reads."""
        return await asyncio.get_running_loop().run_in_executor(None, self._commit, use_case)

    def _commit(self, use_case: Callable[[UnitOfWork], T]) -> T:
        with self.services.unit_of_work() as uow:
            result = use_case(uow)
            uow.commit()
            return result

    def in_turn(self, name: str) -> asyncio.Lock:
        """Held from before the transaction until its messages are sent, so that they go out in order of seq."""
        lock = self._locks.get(name)
        if lock is None:
            lock = self._locks[name] = asyncio.Lock()
        return lock

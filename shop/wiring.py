"""The composition root: the one place that knows which store the shop runs on."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import lru_cache
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from shop.couriers import COURIERS
from shop.lexicon import Lexicon
from shop.model import SavedReply
from shop.policy import Policy
from shop.ports import Clock, Courier, UnitOfWork
from shop.settings import Settings, load_settings
from shop.store.engine import database_exists, open_engine
from shop.store.migrate import upgrade
from shop.store.unit_of_work import SqlUnitOfWork

log = logging.getLogger(__name__)
T = TypeVar("T")


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(timezone.utc)


@dataclass(frozen=True)
class Services:
    """What a process holds of the shop. Safe to share between threads; each takes its own units of work."""

    settings: Settings
    clock: Clock
    _engine: Engine = field(repr=False)

    def unit_of_work(self) -> UnitOfWork:
        """One transaction: `with services.unit_of_work() as uow: …; uow.commit()`."""
        return SqlUnitOfWork(self._engine, self.clock, COURIERS)

    def close(self) -> None:
        """Gives the connections back; a later unit of work opens new ones."""
        self._engine.dispose()


def wire(settings: Settings | None = None, clock: Clock | None = None) -> Services:
    """Connects to nothing yet. The tables must have been made: `python -m shop migrate`."""
    settings = settings or load_settings()
    return Services(settings, clock or SystemClock(), open_engine(settings.database_url))


def migrate(settings: Settings | None = None) -> None:
    """Brings the store's tables up to this program; creates the folder and file of a SQLite store. Safe to repeat."""
    engine = open_engine((settings or load_settings()).database_url)
    upgrade(engine)
    engine.dispose()


def find_lexicon(services: Services | None = None) -> Lexicon:
    """The names to recognise, by default from this process's own store; a few ms, meant to be asked every 5 s.

    Empty (version "") where the store is missing, not migrated or does not answer: never raises because of it.
    """
    return ask_store(services, lambda uow: uow.lexicon(), Lexicon())


def find_policy(services: Services | None = None) -> Policy:
    """The shop's rules as they stand now; their defaults where the store does not answer. As `find_lexicon`."""
    return ask_store(services, lambda uow: uow.policies.current(), Policy())


def find_replies(known: str, services: Services | None = None) -> tuple[str, Sequence[SavedReply]] | None:
    """What the shop wrote over the shipped auto-replies, with its version; None where that is `known`, or the store
    does not answer. As `find_lexicon`.
    """

    def read(uow: UnitOfWork) -> tuple[str, Sequence[SavedReply]] | None:
        version = uow.saved_replies.version()
        return None if version == known else (version, uow.saved_replies.all())

    return ask_store(services, read, None)


def ask_store(services: Services | None, read: Callable[[UnitOfWork], T], default: T) -> T:
    """What `read` finds; `default` where the store is missing, not migrated or does not answer. By default of this
    process's own store.
    """
    services = services or _own_services(load_settings().database_url)
    if not database_exists(services._engine):
        return default
    try:
        with services.unit_of_work() as uow:
            return read(uow)
    except (SQLAlchemyError, ValueError) as error:  # ValueError: a value that is no JSON any more
        log.warning("the store does not answer: %s", error)
        return default


@lru_cache(maxsize=1)
def _own_services(database_url: str) -> Services:
    return wire()


def couriers() -> tuple[Courier, ...]:
    return COURIERS


def find_courier(code: str) -> Courier | None:
    return next((courier for courier in COURIERS if courier.code == code), None)


def courier_of_waybill(waybill: str) -> Courier | None:
    """By the form of the number alone; None where no company's form fits."""
    return next((courier for courier in COURIERS if courier.knows(waybill)), None)

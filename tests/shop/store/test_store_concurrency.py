"""Two processes on one store."""

import subprocess
import sys
import threading
from pathlib import Path

from sqlalchemy import text

from shop.model import Conversation
from shop.settings import ROOT
from shop.wiring import Services
from tests.shop.store.samples import AT

TIMES = 500


def test_two_writing_processes_lose_nothing_and_never_fail(store: Services) -> None:
    with store.unit_of_work() as uow:
        uow.conversations.add(Conversation("c1", AT))
        uow.commit()
    command = [sys.executable, str(Path(__file__).with_name("writer.py")), store.settings.database_url, str(TIMES)]
    writers = [
        subprocess.Popen(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    failures = [writer.communicate(timeout=240)[1] for writer in writers]
    assert failures == ["", ""]
    with store.unit_of_work() as uow:
        messages = uow.messages.after("c1", 0)
        assert [m.seq for m in messages] == list(range(1, 2 * TIMES + 1))
        assert len({m.text for m in messages}) == 2 * TIMES
        assert uow.dialogue_states.version("c1") == 2 * TIMES


def test_a_reader_neither_waits_for_a_writer_nor_stops_one(store: Services) -> None:
    with store.unit_of_work() as uow:
        uow.conversations.add(Conversation("c1", AT))
        uow.commit()
    with store.unit_of_work() as reader, store.unit_of_work() as writer:
        assert reader.conversations.find("c1")
        writer.conversations.lock("c1").epoch = 7
        assert reader.messages.after("c1", 0) == []
        writer.commit()
        assert reader.conversations.lock("c1").epoch == 7


def test_who_locks_second_waits_and_sees_what_the_first_wrote(store: Services) -> None:
    with store.unit_of_work() as uow:
        uow.conversations.add(Conversation("c1", AT))
        uow.commit()
    seen: list[int] = []

    def second() -> None:
        with store.unit_of_work() as uow:
            stale = uow.conversations.find("c1")
            conversation = uow.conversations.lock("c1")
            assert conversation is stale
            seen.append(conversation.epoch)

    with store.unit_of_work() as uow:
        uow.conversations.lock("c1").epoch = 1
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.3)
        assert thread.is_alive()
        uow.commit()
    thread.join(5)
    assert seen == [1]


def test_sqlite_is_set_up_for_two_processes(services: Services) -> None:
    with services._engine.connect() as connection:
        found = [
            connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "busy_timeout", "synchronous", "foreign_keys")
        ]
    assert found == ["wal", 5000, 1, 1]

"""Several people write quick phrases at the same moment."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from shop.errors import CodeTaken, ShopError, TooMany
from shop.model import Role, SavedPhrase, Staff
from shop.own_phrases import MOST, PhraseDraft, save_phrase
from shop.settings import ROOT
from shop.wiring import Services
from tests.shop.store.samples import AT

MANAGER = Staff("100", "云舒", Role.MANAGER)
WRITERS = 8


def write_together(store: Services, draft_of: Callable[[int], PhraseDraft]) -> list[type[ShopError] | None]:
    """What came of it, writer by writer; all begin at once."""
    start, outcomes = threading.Barrier(WRITERS), dict[int, type[ShopError] | None]()

    def write(number: int) -> None:
        with store.unit_of_work() as uow:
            start.wait()
            try:
                save_phrase(uow, MANAGER, draft_of(number), own=False, shipped={}, now=AT)
                uow.commit()
                outcomes[number] = None
            except ShopError as error:
                outcomes[number] = type(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return [outcomes[number] for number in range(WRITERS)]


@pytest.mark.req("PH-01")
def test_the_count_holds_when_all_write_at_once(store: Services) -> None:
    with store.unit_of_work() as uow:
        for number in range(MOST - 3):
            uow.saved_phrases.add(SavedPhrase("", f"xx{number}", "物流", "您好", "100", AT))
        uow.commit()
    outcomes = write_together(store, lambda number: PhraseDraft(f"new{number}", "物流", f"{number}"))
    assert outcomes.count(None) == 3
    assert outcomes.count(TooMany) == WRITERS - 3
    with store.unit_of_work() as uow:
        assert len(uow.saved_phrases.of("")) == MOST


@pytest.mark.req("PH-01")
def test_two_processes_together_fill_the_library_and_no_more(store: Services) -> None:
    each, script = MOST // 2 + 10, str(Path(__file__).with_name("phrase_writer.py"))
    writers = [
        subprocess.Popen(
            [sys.executable, script, store.settings.database_url, name, str(each)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two")
    ]
    taken = [int(writer.communicate(timeout=240)[0]) for writer in writers]
    assert sum(taken) == MOST
    with store.unit_of_work() as uow:
        assert len(uow.saved_phrases.of("")) == MOST


@pytest.mark.req("PH-09")
def test_one_of_all_who_want_a_code_gets_it(store: Services) -> None:
    outcomes = write_together(store, lambda number: PhraseDraft("xx1", "物流", f"{number}"))
    assert outcomes.count(None) == 1
    assert outcomes.count(CodeTaken) == WRITERS - 1

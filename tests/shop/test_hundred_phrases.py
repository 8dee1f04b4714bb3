"""A hundred hold against all who add, import and undo at once. PH-01."""

import threading
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.errors import Conflict, ShopError, TooMany
from shop.model import Role, SavedPhrase, Staff
from shop.own_phrases import PhraseDraft, save_phrase
from shop.phrase_groups import Library
from shop.phrase_history import undo_import
from shop.phrase_import import FileRow, check_rows, take_rows
from shop.phrase_rows import MOST, TEAM, Words, all_words
from shop.ports import UnitOfWork
from shop.wiring import Services
from tests.conftest import NOW

MANAGER = Staff("100", "云舒", Role.MANAGER)
LIBRARY = Library(
    ("对话用语", "物流"),
    {"hy1": Words("对话用语", "您好"), "wl1": Words("物流", "在路上"), "wl2": Words("物流", "明天到")},
)
PATIENCE = 30


def problem_of(text: str) -> str:
    return ""


def together(services: Services, deeds: Sequence[Callable[[UnitOfWork], object]]) -> list[type[ShopError] | None]:
    """Each in a transaction of its own, all begun at once: what came of them."""
    start, outcomes = threading.Barrier(len(deeds)), dict[int, type[ShopError] | None]()

    def run(number: int) -> None:
        with services.unit_of_work() as uow:
            start.wait(PATIENCE)
            try:
                deeds[number](uow)
                uow.commit()
                outcomes[number] = None
            except ShopError as error:
                outcomes[number] = type(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return [outcomes[number] for number in range(len(deeds))]


def fill(services: Services, count: int) -> None:
    """The team has so many phrases and no others, the shipped ones among them."""
    with services.unit_of_work() as uow:
        for phrase in uow.saved_phrases.of(TEAM):
            phrase.removed = True
        for number in range(count - len(LIBRARY.phrases)):
            known = uow.saved_phrases.find(TEAM, f"old{number}")
            if known is None:
                uow.saved_phrases.add(SavedPhrase(TEAM, f"old{number}", "物流", f"旧的{number}", "100", NOW))
            else:
                known.removed, known.text = False, f"旧的{number}"
        uow.commit()


@pytest.mark.req("PH-01")
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(free=st.integers(0, 6), adds=st.integers(1, 4), sizes=st.lists(st.integers(1, 5), min_size=1, max_size=3))
def test_a_hundred_hold_when_managers_and_imports_add_at_once(
    services: Services, free: int, adds: int, sizes: list[int]
) -> None:
    fill(services, MOST - free)

    def adding(number: int) -> Callable[[UnitOfWork], object]:
        draft = PhraseDraft(f"ad{number}", "物流", f"新的{number}")
        return lambda uow: save_phrase(uow, MANAGER, draft, own=False, shipped=LIBRARY.phrases, now=NOW)

    def importing(number: int, size: int) -> Callable[[UnitOfWork], object]:
        rows = [FileRow(n + 2, f"im{number}{n}", f"导入{number}{n}", "物流") for n in range(size)]
        with services.unit_of_work() as uow:
            state = check_rows(uow, rows, library=LIBRARY, problem_of=problem_of).state
        lines = {row.line for row in rows}
        return lambda uow: take_rows(
            uow, MANAGER, rows, chosen=lines, state=state, library=LIBRARY, problem_of=problem_of, now=NOW
        )

    deeds = [*map(adding, range(adds)), *(importing(n, size) for n, size in enumerate(sizes))]
    outcomes = together(services, deeds)
    with services.unit_of_work() as uow:
        found = all_words(uow, TEAM, LIBRARY.phrases)
    assert len(found) <= MOST
    added = outcomes[:adds].count(None)
    for number, size in enumerate(sizes):
        whole = sum(code.startswith(f"im{number}") for code in found)
        assert whole == (size if outcomes[adds + number] is None else 0), "all rows or none"
        added += whole
    assert len(found) == MOST - free + added
    assert set(outcomes) <= {None, TooMany, Conflict}


@pytest.mark.req("PH-01", "PH-33")
def test_a_hundred_hold_when_an_import_is_undone_while_others_add(services: Services) -> None:
    fill(services, MOST - 4)
    rows = [FileRow(2, "old1", "换了词", "物流"), *(FileRow(n, f"xx{n}", f"第{n}句", "物流") for n in range(3, 6))]
    with services.unit_of_work() as uow:
        state = check_rows(uow, rows, library=LIBRARY, problem_of=problem_of).state
        taken = take_rows(
            uow,
            MANAGER,
            rows,
            chosen={2, 3, 4, 5},
            state=state,
            library=LIBRARY,
            problem_of=problem_of,
            now=NOW,
        )
        uow.commit()

    def undo(uow: UnitOfWork) -> object:
        return undo_import(uow, MANAGER, taken.batch, library=LIBRARY, now=NOW)

    def adding(number: int) -> Callable[[UnitOfWork], object]:
        draft = PhraseDraft(f"ad{number}", "物流", f"新的{number}")
        return lambda uow: save_phrase(uow, MANAGER, draft, own=False, shipped=LIBRARY.phrases, now=NOW)

    outcomes = together(services, [undo, *map(adding, range(6))])
    with services.unit_of_work() as uow:
        found = all_words(uow, TEAM, LIBRARY.phrases)
    assert outcomes[0] is None
    assert found["old1"].text == "旧的1"
    assert len(found) <= MOST
    assert len(found) == MOST - 4 + outcomes[1:].count(None)

"""Changes of the team's quick phrases: done, and told to every console, which shows them at once. PH-11."""

from collections.abc import Callable
from typing import TypeVar

from desk.context import Desk
from phrases.quick_book import library_of
from shop.phrase_groups import Library, list_groups
from shop.ports import UnitOfWork

T = TypeVar("T")


def library(desk: Desk) -> Library:
    return library_of(desk.words.quick)


async def change_phrases(desk: Desk, use_case: Callable[[UnitOfWork], T]) -> T:
    """As `desk.change`; then the consoles hear that there is something to read anew, and which groups there are."""

    def with_groups(uow: UnitOfWork) -> tuple[T, list[str]]:
        return use_case(uow), list_groups(uow, library(desk))

    result, groups = await desk.change(with_groups)
    await desk.rooms.all_staff("phrases", {"groups": groups})
    return result

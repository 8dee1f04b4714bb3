"""What a kind of file is: its columns, and how its rows become one item of the model and back."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shop.importing import cells
from shop.importing.report import Problem
from shop.ports import Courier, UnitOfWork

if TYPE_CHECKING:
    from shop.importing.reading import Row

Values = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Column:
    """`item` True: the same on every row of one item. A column that the file has not leaves the stored value alone."""

    name: str
    header: str
    parse: Callable[[str], Any] = cells.text
    required: bool = False
    item: bool = True
    empty: Any = ""
    """What an empty cell means."""
    also: tuple[str, ...] = ()
    """Other headers taken for it."""

    @property
    def english(self) -> str:
        return self.name.removesuffix("_fen")


@dataclass(frozen=True)
class Context:
    uow: UnitOfWork
    couriers: Sequence[Courier]


@dataclass(frozen=True)
class Kind:
    """Rows with the same `key` make one item; within it a row is known by `row_key`.

    `values_of` gives an item's rows as a file would; `complete` fills in what the file may leave out and yields what
    is wrong with the item as a whole; `replaces`: stored rows that the file has not are dropped.
    """

    name: str
    columns: tuple[Column, ...]
    key: str
    row_key: tuple[str, ...]
    find: Callable[[UnitOfWork, str], Any]
    add: Callable[[UnitOfWork, Any], None]
    values_of: Callable[[Any], list[Values]]
    create: Callable[[list[Values]], Any]
    update: Callable[[Any, list[Values]], None]
    complete: Callable[[Context, "list[Row]", Any], Iterator[Problem]]
    replaces: bool = False
    unique: tuple[str, ...] = ()
    """Columns whose values two items of a file cannot share."""

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def present(values: Values, names: Sequence[str]) -> Values:
    """Those of `names` that the file has."""
    return {name: values[name] for name in names if name in values}


def assign(item: Any, values: Values) -> None:
    """Set what differs, so that the store writes only that."""
    for name, value in values.items():
        if getattr(item, name) != value:
            setattr(item, name, value)

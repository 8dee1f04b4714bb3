"""Buyers: one row each."""

from collections.abc import Iterator
from typing import Any

from shop.importing import cells
from shop.importing.kinds import Column, Context, Kind, Values, assign
from shop.importing.reading import Row
from shop.importing.report import Problem
from shop.model import Buyer

_COLUMNS = (
    Column("id", "买家编号", cells.code, required=True),
    Column("nick", "昵称", required=True),
    Column("name", "姓名"),
    Column("phone", "手机", cells.phone),
    Column("province", "省份", cells.province),
    Column("level", "等级", cells.number(0, 99), empty=0),
    Column("registered_at", "注册时间", cells.moment, empty=None),
)
_NAMES = tuple(column.name for column in _COLUMNS)


def _complete(context: Context, rows: list[Row], stored: Buyer | None) -> Iterator[Problem]:
    row = rows[0]
    owner = context.uow.buyers.find_by_nick(row.values["nick"])
    if owner is not None and owner is not stored:
        yield Problem(row.line, "昵称", f"已是买家 {owner.id} 的昵称")


def _values_of(buyer: Buyer) -> list[Values]:
    return [{name: getattr(buyer, name) for name in _NAMES}]


def _update(buyer: Any, rows: list[Values]) -> None:
    assign(buyer, rows[0])


BUYERS = Kind(
    name="buyers",
    columns=_COLUMNS,
    key="id",
    row_key=("id",),
    find=lambda uow, key: uow.buyers.find(key),
    add=lambda uow, buyer: uow.buyers.add(buyer),
    values_of=_values_of,
    create=lambda rows: Buyer(**rows[0]),
    update=_update,
    complete=_complete,
    unique=("nick",),
)

"""CSV files into the store: checked wholly, then taken as a whole or not at all (requirements OR-02, OR-15)."""

from collections.abc import Sequence

from shop.importing.buyers import BUYERS
from shop.importing.kinds import Context, Kind
from shop.importing.orders import ORDERS
from shop.importing.parcels import PARCELS
from shop.importing.plan import take
from shop.importing.products import PRODUCTS
from shop.importing.promotions import PROMOTIONS
from shop.importing.report import Report, RowVerdict, Verdict
from shop.ports import Courier, UnitOfWork

KINDS: dict[str, Kind] = {kind.name: kind for kind in (PRODUCTS, PROMOTIONS, BUYERS, ORDERS, PARCELS)}
"""What can be imported, in the order in which a new shop does it."""

__all__ = ["KINDS", "Report", "RowVerdict", "Verdict", "import_data"]


def import_data(uow: UnitOfWork, kind: str, data: bytes, couriers: Sequence[Courier], dry_run: bool = False) -> Report:
    """Read a file of `kind` (a key of KINDS) into the store; the caller commits.

    Raises FileRefused(problems=[(line, column, reason), …]) and has changed nothing, unless `dry_run`: then the
    problems stand in the report, and nothing is ever changed.
    """
    return take(Context(uow, couriers), KINDS[kind], data, dry_run)

"""Which model answers buyers, and the way back."""

from datetime import datetime

from shop.changes import note_change
from shop.errors import WrongState
from shop.model import ChangeKind, LiveModel, Staff
from shop.ports import UnitOfWork

SHIPPED = ""
"""In the place of a model's name: the one that came with the program."""
SHIPPED_NAME = "随程序的模型"


def put_live(  # noqa: PLR0917  # the parts of one record
    uow: UnitOfWork, staff: Staff, now: datetime, model: str, base: str, action: str
) -> LiveModel:
    """Every worker takes it within seconds. The one of before is kept to go back to."""
    uow.taught_messages.hold()
    live = uow.live_models.current()
    before = live.model if live else SHIPPED
    if live is None:
        live = LiveModel(model, base, 1, staff.id, now)
        uow.live_models.put(live)
    else:
        if live.model != model:
            live.before, live.before_base = live.model, live.base
        live.model, live.base, live.version, live.by, live.at = model, base, live.version + 1, staff.id, now
    live.problem = ""
    old, new = ({"model": name or SHIPPED_NAME} for name in (before, model))
    note_change(uow, staff, ChangeKind.TEACHING, "正在用的模型", action, now, before=old, after=new)
    return live


def go_back(uow: UnitOfWork, staff: Staff, now: datetime) -> LiveModel:
    """To the one before; once more comes forth again. Raises WrongState where nothing was ever live but the shipped."""
    live = uow.live_models.current()
    if live is None:
        raise WrongState(state=SHIPPED_NAME)
    return put_live(uow, staff, now, live.before, live.before_base, "换回上一个")


def go_shipped(uow: UnitOfWork, staff: Staff, now: datetime) -> LiveModel:
    """Raises WrongState where it is live already."""
    live = uow.live_models.current()
    if live is None or live.model == SHIPPED:
        raise WrongState(state=SHIPPED_NAME)
    return put_live(uow, staff, now, SHIPPED, "", "换回随程序的模型")


def note_problem(uow: UnitOfWork, version: int, why: str) -> None:
    """A worker could not take the model of `version` and stays with what it has."""
    live = uow.live_models.current()
    if live is not None and live.version == version:
        live.problem = why

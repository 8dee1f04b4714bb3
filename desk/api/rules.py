"""The shop's rules: seen, tried on an example, set. Values are as the store has them (fen, per mille, "09:00")."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from desk.access import CurrentDesk
from desk.api.rights import Manager
from desk.forms import Name
from desk.shown import Json, iso
from shop.ports import UnitOfWork
from shop.rules.changing import MOST_EDITS, RuleEdit, change_rules, with_edits
from shop.rules.listing import effects, list_rules

router = APIRouter(prefix="/rules")


class Edit(BaseModel):
    name: Name
    value: Any = None
    expected: Any = None
    reset: bool = False


class Edits(BaseModel):
    changes: Annotated[list[Edit], Field(min_length=1, max_length=MOST_EDITS)]

    def plain(self) -> list[RuleEdit]:
        return [RuleEdit(each.name, each.expected, each.value, each.reset) for each in self.changes]


@router.get("")
async def rules(desk: CurrentDesk, staff: Manager) -> Json:
    """`{topics}`, see `shop.rules.listing.list_rules`."""
    return {"topics": await desk.look(lambda uow: _shown(uow, desk))}


@router.patch("")
async def change(desk: CurrentDesk, staff: Manager, form: Edits) -> Json:
    """`{topics}` as they then are. All or nothing. Raises RuleRefused, RuleChanged, FieldWrong."""

    def use_case(uow: UnitOfWork) -> list[Json]:
        change_rules(uow, staff, form.plain(), now=desk.now())
        return _shown(uow, desk)

    return {"topics": await desk.change(use_case)}


@router.post("/example")
async def example(desk: CurrentDesk, staff: Manager, form: Edits) -> Json:
    """`{effects: {name: text}}`: what would be with these values; nothing is kept. Raises RuleRefused, FieldWrong."""
    policy = await desk.look(lambda uow: uow.policies.current())
    return {"effects": effects(with_edits(policy, form.plain()), desk.now())}


def _shown(uow: UnitOfWork, desk: CurrentDesk) -> list[Json]:
    topics = list_rules(uow, desk.now())
    for rule in (rule for topic in topics for rule in topic["rules"]):
        rule["set_at"] = rule["set_at"] and iso(rule["set_at"])
    return topics

"""Setting rules: several at once, all or none, and nothing over what a colleague has just set. HE-07."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from shop.changes import note_change
from shop.errors import Conflict, FieldWrong
from shop.model import ChangeKind, Staff
from shop.policy import Policy
from shop.policy_parts import part_of_rule
from shop.policy_values import decode, encode
from shop.ports import UnitOfWork
from shop.rules.shapes import say_rule

MOST_EDITS = 100
SET, RESET = "修改规则", "恢复默认"


class RuleChanged(Conflict):
    """A colleague was first: `label`, `by` (花名) and `now`, the value in words, say who and what."""


@dataclass(frozen=True)
class RuleEdit:
    """Values as plain JSON. `expected`: what the page showed; `reset`: back to the default, whatever `value` says."""

    name: str
    expected: Any
    value: Any = None
    reset: bool = False


def change_rules(uow: UnitOfWork, by: Staff, edits: Sequence[RuleEdit], *, now: datetime) -> Policy:
    """The rules as they then are; they count from the next message on. Raises RuleRefused, RuleChanged, FieldWrong."""
    uow.policies.hold()
    before = uow.policies.current()
    after = with_edits(before, edits)
    batch = secrets.token_hex(8) if len(edits) > 1 else ""
    for edit in edits:
        old, new = encode(getattr(before, edit.name)), encode(getattr(after, edit.name))
        if old not in (edit.expected, new):
            raise _overtaken(uow, edit.name, old)
        if edit.reset:
            uow.policies.unset(edit.name)
        elif old != new:
            uow.policies.set(edit.name, new, by.id, now)
        action = RESET if edit.reset else SET
        note_change(
            uow, by, ChangeKind.RULE, edit.name, action, now, before={"value": old}, after={"value": new}, batch=batch
        )
    return uow.policies.current()


def with_edits(policy: Policy, edits: Sequence[RuleEdit]) -> Policy:
    """The rules as they would be. Raises RuleRefused, FieldWrong."""
    names = [edit.name for edit in edits]
    if len(names) > MOST_EDITS or len(set(names)) != len(names):
        raise FieldWrong(field="edits", label="规则", value=len(names))
    defaults = Policy()
    values: dict[str, Any] = {
        edit.name: getattr(defaults, edit.name, None) if edit.reset else decode(edit.name, edit.value) for edit in edits
    }
    unknown = [name for name in names if name not in Policy.__dataclass_fields__]
    if unknown:
        raise FieldWrong(field=unknown[0], label="规则", value=None)
    return replace(policy, **values)


def _overtaken(uow: UnitOfWork, name: str, value: Any) -> RuleChanged:
    stored = uow.policies.stored().get(name)
    last = next(iter(uow.changes.of(ChangeKind.RULE, name, 1)), None)
    person = uow.people.find(stored.set_by) if stored else None
    who = person.name if person else last.name if last else "同事"
    return RuleChanged(field=name, label=part_of_rule(name).label, by=who, now=say_rule(name, value))

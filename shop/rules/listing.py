"""All rules as the manager's page has them. Plain data."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shop.policy import Policy
from shop.policy_parts import part_of_rule
from shop.policy_values import encode
from shop.ports import StoredRule, UnitOfWork
from shop.rules.effects import EFFECTS
from shop.rules.shapes import say_rule, shape_of_rule
from shop.rules.topics import TOPICS, Topic

Json = dict[str, Any]


def list_rules(uow: UnitOfWork, now: datetime) -> list[Json]:
    """`[{code, title, note, rules: [Rule]}]`; Rule is `{name, label, help, shape, value, default, default_text,
    set_by, set_at, effect}`: `set_by` 花名 and `set_at` (aware) null where the default stands, `effect` "" where there
    is no example.
    """
    policy, stored = uow.policies.current(), uow.policies.stored()
    names = {person.id: person.name for person in uow.people.all()}
    return [_topic(topic, policy, stored, names, now) for topic in TOPICS]


def _topic(
    topic: Topic, policy: Policy, stored: Mapping[str, StoredRule], names: Mapping[str, str], now: datetime
) -> Json:
    rules = [_rule(name, policy, stored.get(name), names, now) for name in topic.rules]
    return {"code": topic.code, "title": topic.title, "note": topic.note, "rules": rules}


def _rule(name: str, policy: Policy, stored: StoredRule | None, names: Mapping[str, str], now: datetime) -> Json:
    item = Policy.__dataclass_fields__[name]
    value, default = encode(getattr(policy, name)), encode(item.default)
    valid = stored is not None and stored.value == value
    return {
        "name": name,
        "label": part_of_rule(name).label,
        "help": item.metadata["help"],
        "shape": shape_of_rule(name),
        "value": value,
        "default": default,
        "default_text": say_rule(name, default),
        "set_by": names.get(stored.set_by, stored.set_by) if stored and valid else None,
        "set_at": stored.set_at if stored and valid else None,
        "effect": EFFECTS[name](policy, now) if name in EFFECTS else "",
    }


def effects(policy: Policy, now: datetime) -> dict[str, str]:
    """By rule: what each would do."""
    return {name: say(policy, now) for name, say in EFFECTS.items()}

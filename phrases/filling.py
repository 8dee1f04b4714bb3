"""A quick phrase on its way into an agent's message box: what is known stands in it, the rest is left to fill. PH-14.

Facts about an order, a parcel or a price are never made up: without them the blank stays. Only where other words serve
as well (亲 for the buyer's name) those stand in; see `Variable.fallback`.
"""

import re
from collections.abc import Sequence
from typing import Any

from phrases.describe import describe_promotion, describe_return_rule
from phrases.variables import NAME, VARIABLES, Facts
from shop.model import Product, Promotion
from shop.policy import Policy


def fill(text: str, facts: Facts) -> str:
    """In one pass: what stands in a fact is never taken for a blank."""

    def put(match: re.Match[str]) -> str:
        variable = VARIABLES.get(match[1])
        return (variable.find_text(facts) or variable.fallback if variable else "") or match[0]

    return NAME.sub(put, text)


def goods_facts(product: Product | None, promotions: Sequence[Promotion], policy: Policy) -> dict[str, Any]:
    """What is told of goods in words of our own: to be laid beside the facts of the talk."""
    months = product.warranty_months if product else 0
    facts = {
        "promotions": [words for promotion in promotions if (words := describe_promotion(promotion))],
        "rule": describe_return_rule(product, policy),
        "warranty": f"{months}个月" if months else "",
    }
    return {name: value for name, value in facts.items() if value}

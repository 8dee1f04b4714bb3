"""Answers before buying, only from the records of product, promotion and freight (requirements PS-01 to PS-05)."""

import re
from collections.abc import Sequence
from datetime import datetime

from shop.model import Product, Promotion, Tier, Variant
from shop.ports import UnitOfWork

ASPECTS: dict[str, str] = {
    "ingredients": "成分",
    "material": "材质",
    "function": "功效",
    "suitable_for": "适用人群",
    "usage": "使用方法",
    "cautions": "注意事项",
    "origin": "产地",
    "shelf_life": "保质期",
    "net_weight": "净重",
    "dimensions": "尺寸",
    "contents": "包装清单",
    "packing": "包装",
    "authenticity": "正品说明",
    "compatibility": "兼容性",
    "customising": "定制",
}
"""What can be recorded of a product, and what a buyer calls it."""

SUMMARY = ("material", "ingredients", "function", "suitable_for", "contents")
"""Told of a product when nothing in particular is asked, the first two that are recorded."""


def find_variants(product: Product, colour: str | None, size: str | None) -> list[Variant]:
    """Those that fit what was said; what was not said fits all."""
    return [v for v in product.variants if (not colour or colour in v.colour) and (not size or _is_size(size, v.size))]


def _is_size(said: str, size: str) -> bool:
    """`175` is 175/96A, but L is not XL."""
    return re.search(rf"(?<![A-Z0-9.]){re.escape(said.upper())}(?![A-Z0-9.])", size.upper()) is not None


def stock_of(variants: Sequence[Variant]) -> tuple[bool, Variant | None]:
    """(sellable, the one that comes back first where nothing is)."""
    if any(v.stock > 0 for v in variants):
        return True, None
    coming = [v for v in variants if v.restock_on]
    return False, min(coming, key=lambda v: str(v.restock_on), default=None)


def running_promotions(uow: UnitOfWork, now: datetime, product: Product | None) -> list[Promotion]:
    """Only those in force now, and for this product where one is meant."""
    return [p for p in uow.promotions.running(now) if p.covers(product.code if product else None)]


def best_tiers(promotions: Sequence[Promotion], amount_fen: int) -> list[tuple[Promotion, Tier]]:
    """Per promotion the tier that the price reaches (requirement PS-02)."""
    return [(p, tier) for p in promotions if (tier := p.tier_for(amount_fen))]


def nearest_tier(promotions: Sequence[Promotion], amount_fen: int) -> tuple[Promotion, Tier] | None:
    """The tier that costs the least more to reach (requirement PS-10)."""
    ahead = [(p, tier) for p in promotions if (tier := p.next_tier(amount_fen))]
    return min(ahead, key=lambda pair: pair[1].from_fen, default=None)


def advise_size(product: Product, height_cm: int | None, weight_kg: float | None) -> str | None:
    """The size whose ranges hold every figure given; None where the chart does not say."""
    if height_cm is None and weight_kg is None:
        return None
    for row in product.size_chart:
        height_ok = height_cm is None or (row.height_cm and row.height_cm[0] <= height_cm <= row.height_cm[1])
        weight_ok = weight_kg is None or (row.weight_kg and row.weight_kg[0] <= weight_kg <= row.weight_kg[1])
        if height_ok and weight_ok:
            return row.size
    return None


def recommend(uow: UnitOfWork, kind: str | None, budget_fen: int | None, limit: int = 3) -> list[Product]:
    """Sellable products, main and best-selling first, within the budget."""
    return [p for p in uow.products.on_sale(kind) if _can_buy(p, budget_fen)][:limit]


def _can_buy(product: Product, budget_fen: int | None) -> bool:
    return any(v.stock > 0 and (budget_fen is None or v.price_fen <= budget_fen) for v in product.variants)

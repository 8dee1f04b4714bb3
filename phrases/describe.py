"""Records of the shop put into the few words that stand inside a phrase."""

from datetime import datetime

from phrases.money import yuan
from shop.model import Order, Product, Promotion, PromotionKind, Tier
from shop.policy import Policy
from shop.settings import TIMEZONE


def describe_tier(promotion: Promotion, tier: Tier) -> str:
    """`满199元减20元`, `满299元送帆布袋`, `券:满100元减10元`."""
    reach = f"满{yuan(tier.from_fen)}" if tier.from_fen else "下单"
    gives = f"送{tier.gift}" if promotion.kind is PromotionKind.GIFT else f"减{yuan(tier.off_fen)}"
    return f"{'领券' if promotion.kind is PromotionKind.COUPON else ''}{reach}{gives}"


def describe_promotion(promotion: Promotion) -> str:
    """The title and every tier that can still be had, with how to get it."""
    tiers = "，".join(describe_tier(promotion, t) for t in promotion.tiers if not t.gift or t.gift_stock > 0)
    how = f"（{promotion.how}）" if promotion.how else ""
    return f"{promotion.title}：{tiers}{how}" if tiers else ""


def describe_return_rule(product: Product | None, policy: Policy) -> str:
    """The rule that holds for the product, the exception first."""
    quality = f"质量问题签收后{policy.quality_days}天内可退换"
    if product and product.return_exception:
        return f"{product.return_exception}，不适用七天无理由退货；{quality}"
    return f"签收后{policy.return_days}天内不影响二次销售可无理由退货，{policy.exchange_days}天内可换货；{quality}"


def describe_warranty(product: Product) -> str:
    """`质保12个月(…)`; empty where nothing is recorded."""
    months = f"质保{product.warranty_months}个月" if product.warranty_months else ""
    return months + (f"（{product.warranty_note}）" if months and product.warranty_note else product.warranty_note)


def describe_order(order: Order) -> str:
    """What tells an order from its sisters on a button: date, goods, state."""
    day = order.created_at.astimezone(TIMEZONE)
    return f"{day.month}月{day.day}日 {order.goods} {order.status.value}"


def describe_day(at: datetime) -> str:
    """`11月23日`, in the shop's time."""
    local = at.astimezone(TIMEZONE)
    return f"{local.month}月{local.day}日"

"""What is on, was on and will be on in the demo shop."""

from datetime import datetime, timedelta

from shop.model import Promotion, PromotionKind, Tier

REDUCTIONS = [Tier(199_00, 20_00), Tier(399_00, 50_00), Tier(699_00, 100_00)]
"""The shop's running 满减; what the demo's orders have paid."""


def demo_promotions(now: datetime) -> list[Promotion]:
    """Whole days around `now`."""
    days = timedelta(days=1)
    return [
        Promotion(
            "FULL-NOW",
            "全店满减",
            PromotionKind.FULL_REDUCTION,
            REDUCTIONS,
            now - 70 * days,
            now + 9 * days,
            how="下单时自动减,不用领取;按实付商品金额计算,运费不计入",
        ),
        Promotion(
            "COUPON-10",
            "满99减10元店铺券",
            PromotionKind.COUPON,
            [Tier(99_00, 10_00)],
            now - 10 * days,
            now + 20 * days,
            how="在店铺首页领券中心领取,每人限领1张,可与满减同用",
        ),
        Promotion(
            "GIFT-TOWEL",
            "满299送小方巾",
            PromotionKind.GIFT,
            [Tier(299_00, gift="长绒棉小方巾一条", gift_stock=86), Tier(599_00, gift="旅行收纳包一个", gift_stock=0)],
            now - 3 * days,
            now + 12 * days,
            how="满额自动随单赠送,送完为止",
        ),
        Promotion(
            "COUPON-TEA",
            "茶具专享满188减20",
            PromotionKind.COUPON,
            [Tier(188_00, 20_00)],
            now - 5 * days,
            now + 15 * days,
            product_codes=["TEAPOT-01", "TEASET-01", "TEA-01"],
            how="茶具和茶叶商品详情页领取,每人限领1张",
        ),
        Promotion(
            "COUPON-OLD",
            "上月回馈券满59减8",
            PromotionKind.COUPON,
            [Tier(59_00, 8_00)],
            now - 45 * days,
            now - 12 * days,
            how="活动已结束",
        ),
        Promotion(
            "FULL-NEXT",
            "年货节满减",
            PromotionKind.FULL_REDUCTION,
            [Tier(299_00, 40_00), Tier(599_00, 90_00)],
            now + 11 * days,
            now + 25 * days,
            how="活动开始后下单自动减",
        ),
    ]

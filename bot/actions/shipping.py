"""Sending, before it is ordered: when, with whom, what it costs, whether it comes there (PS-17, PS-20)."""

from bot.actions.base import ShopAction
from bot.actions.talk import Talk, button
from bot.actions.tracking import track
from shop.freight import find_region, freight_fen
from shop.model import OrderStatus as S
from shop.orders import ON_THE_WAY, own_orders
from shop.wiring import find_courier


def ask_place(talk: Talk, pending: str) -> None:
    talk.remember(pending=pending)
    talk.say("which_place", buttons=[button(p, "inform", place=p) for p in ("浙江", "广东", "北京", "四川")])


def tell_coverage(talk: Talk) -> None:
    province, regions = talk.province(), talk.policy.freight_regions
    if province is None:
        ask_place(talk, "ask_delivery_area")
        return
    if not regions:
        talk.look_up("配送范围")
        return
    region = find_region(regions, province)
    covered = region is not None and region.covered
    talk.say("coverage", province=province, covered=covered, days=list(region.days) if region and covered else None)


class AskShipTime(ShopAction):
    """The promise of the freight record, and the usual days under way where the place is known."""

    intent = "ask_ship_time"

    def answer(self, talk: Talk) -> None:
        if self._tell_open_order(talk):
            return
        template = talk.template
        if template is None:
            talk.look_up("发货时间")
            return
        talk.say(
            "ship_time",
            cut_off=f"{template.cut_off:%H:%M}",
            dispatch_hours=template.dispatch_hours,
            ships_from=template.ships_from,
        )
        province = talk.province()
        region = find_region(talk.policy.freight_regions, province) if province else None
        if province and region and region.covered:
            talk.say("ship_time", province=province, days=list(region.days))
        elif province and region:
            talk.say("coverage", province=province, covered=False)

    def _tell_open_order(self, talk: Talk) -> bool:
        """With nothing in view and one order under way, that one is meant (requirement NL-05)."""
        if talk.entity("product") or talk.conversation.product_code:
            return False
        under_way = [o for o in own_orders(talk.uow, talk.conversation) if o.status in ON_THE_WAY | {S.TO_SHIP}]
        if len(under_way) != 1:
            return False
        track(talk, under_way[0])
        return True


class AskCourier(ShopAction):
    """Which couriers carry it; a wish is put down, not promised."""

    intent = "ask_courier"

    def answer(self, talk: Talk) -> None:
        template = talk.template
        if template is None:
            talk.look_up("快递")
            return
        names = [courier.name for code in template.couriers if (courier := find_courier(code))]
        wished = find_courier(str(talk.entity("courier"))) if talk.entity("courier") else None
        talk.say(
            "courier",
            couriers=names,
            courier=wished.name if wished else None,
            offered=wished.code in template.couriers if wished else None,
        )


class AskShippingFee(ShopAction):
    """By the freight rule; goods in view count towards free postage."""

    intent = "ask_shipping_fee"

    def answer(self, talk: Talk) -> None:
        province = talk.province()
        regions = talk.policy.freight_regions
        if not regions:
            talk.look_up("运费")
            return
        if province is None:
            ask_place(talk, "ask_shipping_fee")
            return
        region = find_region(regions, province)
        if region is None or not region.covered:
            talk.say("coverage", province=province, covered=False)
            return
        product = talk.product()
        fee = freight_fen(region, product.price_fen if product else 0)
        talk.say(
            "freight",
            province=province,
            product=product.title if product else None,
            freight_fen=fee,
            free=fee == 0,
            free_from_fen=region.free_at_fen,
        )


class AskDeliveryArea(ShopAction):
    intent = "ask_delivery_area"

    def answer(self, talk: Talk) -> None:
        tell_coverage(talk)

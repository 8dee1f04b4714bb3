"""Before buying. Every value said is one that the store holds (requirements PS-01 to PS-05)."""

import re
from collections.abc import Sequence

from bot.actions.base import ShopAction
from bot.actions.talk import Talk, button
from bot.actions.tracking import tell_unpaid
from phrases.describe import describe_promotion, describe_return_rule, describe_tier, describe_warranty
from shop.cards import product_card
from shop.model import Product, Variant
from shop.orders import RECEIVED, own_orders
from shop.presale import (
    ASPECTS,
    SUMMARY,
    advise_size,
    best_tiers,
    find_variants,
    nearest_tier,
    recommend,
    running_promotions,
    stock_of,
)

SUM = re.compile(r"一共|总共|合计|加起来|没付|要付|应付")
"""Not a price but what is to be paid."""
SIZES = re.compile(r"码|尺寸|大小|几号")


def ask_product(talk: Talk, pending: str) -> None:
    """Which one is meant? With what the shop sells most to choose from."""
    some = recommend(talk.uow, None, None, limit=4)
    talk.remember(pending=pending)
    talk.say("which_product", buttons=[button(p.title, "inform", product=p.code) for p in some])


def tell_product(talk: Talk, product: Product) -> None:
    """What is recorded of it, in a line, with its card."""
    told = [product.attributes[name] for name in SUMMARY if name in product.attributes][:2]
    talk.say(
        "product_fact",
        whole=True,
        product=product.title,
        summary="；".join(part.rstrip("。") for part in told) or None,
        price_fen=product.price_fen,
        cards=[product_card(product)],
    )


def tell_stock(talk: Talk) -> None:
    """有货 only if something sellable is there, and the thing is named (requirement PS-01)."""
    product = talk.product()
    if product is None:
        ask_product(talk, "ask_stock")
        return
    colour, size = talk.entity("colour"), talk.entity("size")
    variants = find_variants(product, colour, size)
    if not variants:
        talk.say("stock", product=product.title, variant=f"{colour or ''} {size or ''}".strip(), made=False)
        return
    there, coming = stock_of(variants)
    talk.say(
        "stock",
        product=product.title,
        variant=" ".join(str(part) for part in (colour, size) if part) or None,
        in_stock=there,
        choices=_choices(variants, "size" if colour or (not size and SIZES.search(talk.text)) else "colour") or None,
        restock_on=coming.restock_on.isoformat() if coming and coming.restock_on else None,
        cards=[product_card(product)],
    )
    if there:
        tell_fitting_promotion(talk, product)


def _choices(variants: Sequence[Variant], by: str) -> list[str]:
    """The colours (or sizes) that can be had, where there is more than one."""
    there = dict.fromkeys(str(getattr(v, by)) for v in variants if v.stock > 0 and getattr(v, by))
    return list(there)[:8] if len(there) > 1 else []


def tell_fitting_promotion(talk: Talk, product: Product) -> None:
    """The offers that the price reaches, else how much is missing; the main product once (requirement PS-02)."""
    promotions = running_promotions(talk.uow, talk.now, product)
    reached = best_tiers(promotions, product.price_fen)
    if reached:
        talk.say("promotions", promotions=[describe_tier(p, tier) for p, tier in reached])
    elif ahead := nearest_tier(promotions, product.price_fen):
        gap = ahead[1].from_fen - product.price_fen
        talk.say("promotion_gap", gap_fen=gap, next_tier=describe_tier(*ahead))
    if not talk.slot("main_told"):
        main = next((p for p in talk.uow.products.on_sale() if p.main_product and p.code != product.code), None)
        if main is not None:
            talk.remember(main_told=True)
            talk.say("recommend", main=True, product=main.title, cards=[product_card(main)])


def tell_size(talk: Talk) -> None:
    product = talk.product()
    if product is None:
        ask_product(talk, "ask_size")
        return
    if not product.size_chart:
        talk.look_up(f"{product.title} 尺码")
        return
    if not any(row.height_cm or row.weight_kg for row in product.size_chart):
        tell_size_chart(talk, product)
        return
    height, weight = talk.entity("height_cm"), talk.entity("weight_kg")
    if height is None and weight is None:
        talk.remember(pending="ask_size")
        talk.say("size_advice", measured=False, product=product.title)
        return
    size = advise_size(product, height, weight)
    if size is None:
        talk.look_up(f"{product.title} 尺码")
    else:
        talk.say("size_advice", product=product.title, size=size)


def tell_size_chart(talk: Talk, product: Product) -> None:
    """Shoes go by the foot: the chart itself is told."""
    rows = "；".join(f"{row.size}码{row.note}" for row in product.size_chart)
    talk.say("product_fact", product=product.title, aspect="尺码对照", value=rows)


class AskStock(ShopAction):
    intent = "ask_stock"

    def answer(self, talk: Talk) -> None:
        tell_stock(talk)


class AskSize(ShopAction):
    intent = "ask_size"

    def answer(self, talk: Talk) -> None:
        tell_size(talk)


def tell_aspect(talk: Talk, intent: str, aspect: str | None) -> None:
    """The recorded value, or the promise to find out (requirement PS-04)."""
    product = talk.product() or (_only_ordered(talk) if intent == "ask_usage" else None)
    if product is None:
        ask_product(talk, intent)
    elif aspect is None:
        tell_product(talk, product)
    elif aspect in product.attributes:
        talk.say("product_fact", product=product.title, aspect=ASPECTS[aspect], value=product.attributes[aspect])
    else:
        talk.look_up(f"{product.title} {ASPECTS[aspect]}")


def _only_ordered(talk: Talk) -> Product | None:
    """What the buyer has at home, where it is one product."""
    received = [o for o in own_orders(talk.uow, talk.conversation) if o.status in RECEIVED]
    codes = {line.product_code for order in received for line in order.lines}
    return talk.uow.products.find(codes.pop()) if len(codes) == 1 else None


class AskProduct(ShopAction):
    intent = "ask_product"

    def answer(self, talk: Talk) -> None:
        aspect = talk.entity("aspect")
        if aspect == "warranty":
            AskWarranty().answer(talk)
        else:
            tell_aspect(talk, "ask_product", aspect if aspect in ASPECTS else None)


class AskUsage(ShopAction):
    """From the guide of the very product: the one in view, else the one of the order."""

    intent = "ask_usage"

    def answer(self, talk: Talk) -> None:
        tell_aspect(talk, "ask_usage", "usage")


class AskRecommendation(ShopAction):
    """Sellable goods within what was said, three at most (requirement PS-07)."""

    intent = "ask_recommendation"

    def answer(self, talk: Talk) -> None:
        seen = talk.product()
        kind = seen.kind if seen else None
        budget = talk.entity("money")
        chosen = recommend(talk.uow, kind, budget) or recommend(talk.uow, None, budget)
        talk.remember(pending="ask_recommendation")
        talk.say(
            "recommend",
            none=not chosen,
            buttons=[button(p.title, "inform", product=p.code) for p in chosen],
            cards=[product_card(p) for p in chosen],
        )


class AskPrice(ShopAction):
    intent = "ask_price"

    def answer(self, talk: Talk) -> None:
        product = talk.product()
        if SUM.search(talk.text) and tell_unpaid(talk):
            return
        if product is None:
            ask_product(talk, "ask_price")
            return
        variants = find_variants(product, talk.entity("colour"), talk.entity("size")) or product.variants
        prices = sorted({v.price_fen for v in variants})
        talk.say(
            "price",
            product=product.title,
            variant=variants[0].label if len(variants) == 1 else None,
            price_fen=prices[0],
            varies=len(prices) > 1,
            cards=[product_card(product)],
        )
        reached = best_tiers(running_promotions(talk.uow, talk.now, product), prices[0])
        if reached:
            talk.say("promotions", promotions=[describe_tier(p, tier) for p, tier in reached])


class AskPromotion(ShopAction):
    """Only what is in force now, for the product in view or the whole shop (requirement PS-03)."""

    intent = "ask_promotion"

    def answer(self, talk: Talk) -> None:
        product = talk.product()
        running = running_promotions(talk.uow, talk.now, product)
        texts = [text for p in running if (text := describe_promotion(p))]
        talk.say("promotions", promotions=texts or None, none=not texts)
        if product is not None and (ahead := nearest_tier(running, product.price_fen)):
            talk.say("promotion_gap", gap_fen=ahead[1].from_fen - product.price_fen, next_tier=describe_tier(*ahead))


class AskWarranty(ShopAction):
    intent = "ask_warranty"

    def answer(self, talk: Talk) -> None:
        product = talk.product()
        talk.say(
            "return_policy",
            product=product.title if product else None,
            rule=describe_return_rule(product, talk.policy),
            warranty=(describe_warranty(product) or None) if product else None,
        )


class AskHowToOrder(ShopAction):
    intent = "ask_how_to_order"

    def answer(self, talk: Talk) -> None:
        product = talk.product()
        talk.say(
            "how_to_order",
            product=product.title if product else None,
            cards=[product_card(product)] if product else [],
        )

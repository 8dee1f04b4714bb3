"""Orders and products as cards in the window: no name, no phone, no address. PC-04."""

from typing import Any

from shop.model import Order, Product

Card = dict[str, Any]


def product_card(product: Product) -> Card:
    return {
        "kind": "product",
        "code": product.code,
        "title": product.title,
        "price_fen": product.price_fen,
        "picture": product.picture,
    }


def order_card(order: Order) -> Card:
    return {
        "kind": "order",
        "order_no": order.order_no,
        "created": order.created_at.isoformat(),
        "goods": order.goods,
        "status": order.status.value,
        "total_fen": order.total_fen,
    }

"""The demo storefront, and the shop's products for it and for the window's picker."""

from decimal import Decimal
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from desk.access import CurrentDesk, show_page
from shop.model import Product

router = APIRouter()


@router.get("/")
async def storefront(request: Request, desk: CurrentDesk) -> Response:
    return show_page(request, "storefront.html", products=await products(desk))


@router.get("/api/products")
async def products(desk: CurrentDesk) -> list[dict[str, Any]]:
    """What is on sale, the main products first."""
    return await desk.look(lambda uow: [describe(product) for product in uow.products.on_sale()])


def describe(product: Product) -> dict[str, Any]:
    """The public fields: stock only as yes or no, as shops show it."""
    return {
        "code": product.code,
        "title": product.title,
        "kind": product.kind,
        "price": yuan(product.price_fen),
        "price_fen": product.price_fen,
        "picture": product.picture,
        "best_seller": product.best_seller,
        "main_product": product.main_product,
        "in_stock": product.stock > 0,
    }


def yuan(fen: int) -> str:
    return f"{Decimal(fen) / 100:.2f}".removesuffix(".00")

"""The chat window, the script that puts it on any page, and the buyer's own orders for its picker."""

from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse
from starlette.responses import Response

from desk.access import CurrentBuyer, CurrentDesk, show_page
from shop.cards import order_card
from shop.model import Order
from shop.ports import UnitOfWork

router = APIRouter()

SCRIPT = Path(__file__).parents[1] / "static" / "widget.js"


@router.get("/chat")
def window(request: Request) -> Response:
    return show_page(request, "window.html")


@router.get("/widget.js")
def widget() -> Response:
    return FileResponse(SCRIPT, media_type="text/javascript", headers={"Cache-Control": "max-age=300"})


@router.get("/api/my/orders")
async def my_orders(desk: CurrentDesk, buyer: CurrentBuyer) -> list[dict[str, Any]]:
    """Newest first; neither phone nor address. PC-01, PC-04."""

    def use_case(uow: UnitOfWork) -> list[dict[str, Any]]:
        return [describe(uow, order) for order in uow.orders.of_buyer(buyer.buyer_id or "")]

    return await desk.look(use_case)


def describe(uow: UnitOfWork, order: Order) -> dict[str, Any]:
    product = uow.products.find(order.lines[0].product_code) if order.lines else None
    return {**order_card(order), "picture": product.picture if product else ""}

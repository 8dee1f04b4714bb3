"""Small goods, orders and talks for tests; every figure that a test does not care about has a value here."""

from datetime import datetime, timedelta

from shop.model import Buyer, Conversation, Order, OrderLine, OrderStatus, Product, Receiver, Variant
from shop.ports import UnitOfWork
from tests.conftest import NOW

RECEIVER = Receiver("小鱼", "13800001234", "浙江", "杭州市", "西湖区", "文三路1号")
PAID_BEFORE = frozenset({OrderStatus.UNPAID, OrderStatus.CLOSED})


def make_product(code: str = "TEE", price_fen: int = 100_00, stock: int = 5, **more: object) -> Product:
    """One variant, `{code}-1`."""
    variant = Variant(f"{code}-1", "藏青", "L", price_fen, stock)
    return Product(code, "云朵棉T恤", "服饰", **{"variants": [variant], **more})  # type: ignore[arg-type]


def make_line(code: str = "TEE", price_fen: int = 100_00, quantity: int = 1, number: int = 1) -> OrderLine:
    return OrderLine(f"{code}-{number}", code, "云朵棉T恤", "藏青 L", quantity, price_fen)


def make_order(
    order_no: str = "XS0001",
    status: OrderStatus = OrderStatus.UNPAID,
    lines: list[OrderLine] | None = None,
    *,
    buyer_id: str = "b1",
    discount_fen: int = 0,
    freight_fen: int = 0,
    signed_at: datetime | None = None,
    at: datetime = NOW,
) -> Order:
    """Paid an hour after it was placed at `at`, where its status says that it is paid."""
    lines = [make_line()] if lines is None else lines
    goods = sum(line.price_fen * line.quantity for line in lines)
    return Order(
        order_no,
        buyer_id,
        status,
        at,
        RECEIVER,
        lines=lines,
        goods_fen=goods,
        discount_fen=discount_fen,
        freight_fen=freight_fen,
        total_fen=goods - discount_fen + freight_fen,
        paid_at=None if status in PAID_BEFORE else at + timedelta(hours=1),
        signed_at=signed_at,
    )


def open_shop(uow: UnitOfWork, *products: Product) -> Conversation:
    """Two buyers, b1 and b2, each with a talk, c1 and c2, and the goods; returns c1."""
    for product in products or (make_product(),):
        uow.products.add(product)
    for number in (1, 2):
        uow.buyers.add(Buyer(f"b{number}", f"小鱼{number}"))
        uow.conversations.add(Conversation(f"c{number}", NOW, f"b{number}", f"小鱼{number}"))
    return find_talk(uow, "c1")


def find_talk(uow: UnitOfWork, conversation_id: str) -> Conversation:
    found = uow.conversations.find(conversation_id)
    assert found is not None
    return found

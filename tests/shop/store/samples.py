"""One small thing of every kind that the store keeps."""

from datetime import date, datetime, time, timedelta, timezone

from shop.model import (
    AfterSale,
    AfterSaleKind,
    AfterSaleStep,
    Approval,
    BargainMove,
    BargainRound,
    Buyer,
    Complaint,
    Conversation,
    Direction,
    FreightTemplate,
    Message,
    Offer,
    Order,
    OrderLine,
    OrderStatus,
    Parcel,
    Problem,
    Product,
    Promotion,
    PromotionKind,
    Receiver,
    Role,
    ScanEvent,
    ScanKind,
    SizeRow,
    Staff,
    StepRecord,
    Task,
    TaskKind,
    Tier,
    Turn,
    Variant,
)
from shop.ports import UnitOfWork

AT = datetime(2026, 11, 20, 6, 3, 1, 5, tzinfo=timezone.utc)
ORDER_NO = "XS26112014090"


def fill(uow: UnitOfWork) -> None:
    """Everything, parents first; the caller commits."""
    sizes = [SizeRow("L", (160, 170), (50.0, 60.5), "偏大")]
    variants = [Variant("T-2", "藏青", "L", 5900, 3), Variant("T-1", "白", "L", 5900, 0, date(2026, 12, 1))]
    uow.products.add(Product("T", "云朵棉T恤", "服饰", {"material": "棉"}, variants, ["T恤"], size_chart=sizes))
    tiers = [Tier(19900, 2000), Tier(39900, gift="杯子", gift_stock=3)]
    uow.promotions.add(
        Promotion("P", "满减", PromotionKind.FULL_REDUCTION, tiers, AT, AT + timedelta(days=1), product_codes=["T"])
    )
    uow.freight.add(FreightTemplate("F", "标准", ["sf"], time(16, 30), 24, "杭州"))
    uow.people.add(Staff("321", "小禾", Role.AGENT))
    uow.buyers.add(Buyer("b1", "小鱼", registered_at=AT))
    receiver = Receiver("陈一禾", "13800001234", "浙江", "杭州市", "西湖区", "丰禾路1号")
    line = OrderLine("T-2", "T", "云朵棉T恤", "藏青 L", 2, 5900)
    uow.orders.add(Order(ORDER_NO, "b1", OrderStatus.SHIPPED, AT, receiver, [line], total_fen=11800, paid_at=AT))
    events = [
        ScanEvent(AT + timedelta(hours=5), "上海", "到达", ScanKind.ARRIVED),
        ScanEvent(AT, "杭州", "揽收", ScanKind.ACCEPTED, "小陈"),
    ]
    uow.parcels.add(Parcel("SF1234567890123", ORDER_NO, "sf", AT, "T恤", events, Problem.LOST, AT))
    uow.conversations.add(Conversation("c1", AT, "b1", "小鱼", agent_id="321", verified_orders=[ORDER_NO]))
    _fill_talk(uow)


def _fill_talk(uow: UnitOfWork) -> None:
    buttons, cards = [{"title": "好", "payload": "/affirm"}], [{"kind": "order", "lines": [1, 2]}]
    uow.messages.add(Message("c1", 1, Direction.BUYER, "text", "在吗😀", AT, "m1", buttons=buttons, cards=cards))
    uow.turns.add(Turn("t1", "c1", 1, 0, AT, intent="greet", confidence=0.75))
    uow.offers.add(Offer("O1", "c1", "b1", "T", None, 5900, 5700, 1, AT, AT + timedelta(hours=24), turn_id="t1"))
    uow.approvals.add(Approval("A1", "c1", "b1", "T", None, 5900, 5000, AT, turn_id="t1"))
    uow.bargains.add(BargainRound("c1", 1, BargainMove.OFFER, AT, 5900, "T", offer_number="O1", turn_id="t1"))
    steps = [StepRecord(AfterSaleStep.TALK, AT, "小二"), StepRecord(AfterSaleStep.RECEIVE, AT, "小禾", "已收")]
    uow.aftersales.add(
        AfterSale("S1", ORDER_NO, "b1", AfterSaleKind.RETURN, "不喜欢", AT, photos=["a.jpg"], steps=steps, turn_id="t1")
    )
    uow.complaints.add(Complaint("C1", "c1", "b1", ORDER_NO, "延迟", "太慢", AT, AT + timedelta(hours=2), turn_id="t1"))
    uow.tasks.add(Task("K1", TaskKind.CALL_BACK, "回复", AT, AT, "c1", ORDER_NO, turn_id="t1"))

"""Plain data of the shop. Money is whole fen (int), times are aware UTC datetimes, lists are in the order shown."""

from shop.model.aftersales import AfterSale, AfterSaleKind, AfterSaleState, AfterSaleStep, Complaint, StepRecord
from shop.model.catalogue import FreightRegion, FreightTemplate, Product, SizeRow, Variant
from shop.model.conversations import Conversation, Direction, Holder, Message, Turn, TurnState
from shop.model.deals import (
    Approval,
    ApprovalState,
    BargainMove,
    BargainRound,
    Offer,
    OfferState,
    Promotion,
    PromotionKind,
    Tier,
)
from shop.model.orders import Buyer, DeliveryMethod, Order, OrderLine, OrderStatus, Receiver
from shop.model.parcels import Parcel, ParcelState, Problem, ScanEvent, ScanKind
from shop.model.people import Role, Staff, Task, TaskKind

__all__ = [
    "AfterSale",
    "AfterSaleKind",
    "AfterSaleState",
    "AfterSaleStep",
    "Approval",
    "ApprovalState",
    "BargainMove",
    "BargainRound",
    "Buyer",
    "Complaint",
    "Conversation",
    "DeliveryMethod",
    "Direction",
    "FreightRegion",
    "FreightTemplate",
    "Holder",
    "Message",
    "Offer",
    "OfferState",
    "Order",
    "OrderLine",
    "OrderStatus",
    "Parcel",
    "ParcelState",
    "Problem",
    "Product",
    "Promotion",
    "PromotionKind",
    "Receiver",
    "Role",
    "ScanEvent",
    "ScanKind",
    "SizeRow",
    "Staff",
    "StepRecord",
    "Task",
    "TaskKind",
    "Tier",
    "Turn",
    "TurnState",
    "Variant",
]

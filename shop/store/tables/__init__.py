"""The tables, by topic. What Alembic compares the migrations with."""

from shop.store.tables.aftersales import aftersale_steps, aftersales, complaints
from shop.store.tables.base import metadata
from shop.store.tables.catalogue import freight_templates, products, variants
from shop.store.tables.conversations import conversations, dialogue_states, messages, turns
from shop.store.tables.deals import approvals, bargain_rounds, offers, promotions
from shop.store.tables.house import number_series, policies, staff, tasks
from shop.store.tables.orders import buyers, order_lines, orders, parcels, scan_events

__all__ = [
    "aftersale_steps",
    "aftersales",
    "approvals",
    "bargain_rounds",
    "buyers",
    "complaints",
    "conversations",
    "dialogue_states",
    "freight_templates",
    "messages",
    "metadata",
    "number_series",
    "offers",
    "order_lines",
    "orders",
    "parcels",
    "policies",
    "products",
    "promotions",
    "scan_events",
    "staff",
    "tasks",
    "turns",
    "variants",
]

"""The tables, by topic. What Alembic compares the migrations with."""

from shop.store.tables.aftersales import aftersale_steps, aftersales, complaints
from shop.store.tables.base import metadata
from shop.store.tables.catalogue import freight_templates, products, variants
from shop.store.tables.conversations import conversations, dialogue_states, messages, turns
from shop.store.tables.deals import approvals, bargain_rounds, offers, promotions
from shop.store.tables.gaps import gaps
from shop.store.tables.house import number_series, policies, staff, tasks
from shop.store.tables.learning import live_models, taught_messages, trainings
from shop.store.tables.library import changes, phrase_groups, phrase_places, saved_replies
from shop.store.tables.orders import buyers, order_lines, orders, parcels, scan_events
from shop.store.tables.payouts import payouts
from shop.store.tables.phrase_days import phrase_days
from shop.store.tables.seats import alerts, api_tokens, groups, kept_answers, seats, sign_in_tries, staff_sessions
from shop.store.tables.service import (
    agent_drafts,
    handovers,
    notes,
    phrase_uses,
    saved_phrases,
    services,
)
from shop.store.tables.webhooks import deliveries, webhooks

__all__ = [
    "aftersale_steps",
    "aftersales",
    "agent_drafts",
    "alerts",
    "api_tokens",
    "approvals",
    "bargain_rounds",
    "buyers",
    "changes",
    "complaints",
    "conversations",
    "deliveries",
    "dialogue_states",
    "freight_templates",
    "gaps",
    "groups",
    "handovers",
    "kept_answers",
    "live_models",
    "messages",
    "metadata",
    "notes",
    "number_series",
    "offers",
    "order_lines",
    "orders",
    "parcels",
    "payouts",
    "phrase_days",
    "phrase_groups",
    "phrase_places",
    "phrase_uses",
    "policies",
    "products",
    "promotions",
    "saved_phrases",
    "saved_replies",
    "scan_events",
    "seats",
    "services",
    "sign_in_tries",
    "staff",
    "staff_sessions",
    "tasks",
    "taught_messages",
    "trainings",
    "turns",
    "variants",
    "webhooks",
]

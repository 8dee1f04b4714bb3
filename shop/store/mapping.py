"""Lays the plain dataclasses of the model onto the tables. Importing this module does it, once per process."""

from typing import Any

from sqlalchemy.ext.orderinglist import ordering_list
from sqlalchemy.orm import registry, relationship

from shop import model
from shop.store import tables

_registry = registry(metadata=tables.metadata)


def _map(cls: type, table: Any, hidden: tuple[str, ...] = (), **lists: Any) -> None:
    """`hidden` columns that the model does not have get an underscore, so that they shadow nothing."""
    renamed = {f"_{name}": table.c[name] for name in hidden}
    _registry.map_imperatively(cls, table, properties={**renamed, **lists})


def _parts(cls: type, **options: Any) -> Any:
    """A list that lives and dies with its owner, always loaded: a model object stays whole after its transaction."""
    return relationship(cls, lazy="selectin", cascade="all, delete-orphan", **options)


_map(model.Variant, tables.variants, hidden=("product_code", "position"))
_map(
    model.Product,
    tables.products,
    variants=_parts(model.Variant, order_by=tables.variants.c.position, collection_class=ordering_list("_position")),
)
_map(model.FreightTemplate, tables.freight_templates)
_map(model.Promotion, tables.promotions)
_map(model.Buyer, tables.buyers)
_map(model.OrderLine, tables.order_lines, hidden=("id", "order_no"))
_map(model.Order, tables.orders, hidden=("tail",), lines=_parts(model.OrderLine, order_by=tables.order_lines.c.id))
_map(model.ScanEvent, tables.scan_events, hidden=("id", "waybill"))
_map(
    model.Parcel,
    tables.parcels,
    # Of two scans at the same moment the one added first is the newer: lists are given newest first.
    events=_parts(model.ScanEvent, order_by=(tables.scan_events.c.at.desc(), tables.scan_events.c.id)),
)
_map(model.StepRecord, tables.aftersale_steps, hidden=("id", "number"))
_map(
    model.AfterSale,
    tables.aftersales,
    steps=_parts(model.StepRecord, order_by=(tables.aftersale_steps.c.at, tables.aftersale_steps.c.id)),
)
for _cls, _table in (
    (model.Complaint, tables.complaints),
    (model.Offer, tables.offers),
    (model.Approval, tables.approvals),
    (model.BargainRound, tables.bargain_rounds),
    (model.Payout, tables.payouts),
    (model.Conversation, tables.conversations),
    (model.Message, tables.messages),
    (model.Turn, tables.turns),
    (model.Staff, tables.staff),
    (model.Task, tables.tasks),
    (model.Seat, tables.seats),
    (model.Group, tables.groups),
    (model.StaffSession, tables.staff_sessions),
    (model.ApiToken, tables.api_tokens),
    (model.KeptAnswer, tables.kept_answers),
    (model.SignInTry, tables.sign_in_tries),
    (model.Alert, tables.alerts),
    (model.HandoverRecord, tables.handovers),
    (model.Note, tables.notes),
    (model.AgentDraft, tables.agent_drafts),
    (model.Service, tables.services),
    (model.SavedPhrase, tables.saved_phrases),
    (model.PhraseUse, tables.phrase_uses),
    (model.SavedReply, tables.saved_replies),
    (model.PhraseGroup, tables.phrase_groups),
    (model.PhrasePlace, tables.phrase_places),
    (model.Change, tables.changes),
    (model.Webhook, tables.webhooks),
    (model.Delivery, tables.deliveries),
    (model.PhraseDay, tables.phrase_days),
    (model.Gap, tables.gaps),
    (model.TaughtMessage, tables.taught_messages),
    (model.Training, tables.trainings),
    (model.LiveModel, tables.live_models),
):
    _map(_cls, _table)
_registry.configure()

"""`/api/v1`: all that the managers' pages do. A route says which right it needs, or a test fails."""

from fastapi import APIRouter

from desk.api import (
    approvals,
    care,
    changes,
    discounts,
    gaps,
    payouts,
    people,
    phrase_files,
    phrase_groups,
    phrase_pictures,
    phrases,
    replies,
    rules,
    teaching,
    tokens,
    webhooks,
)
from desk.api.rights import PREFIX as PREFIX

ROUTERS: tuple[APIRouter, ...] = (
    rules.router,
    people.router,
    approvals.router,
    payouts.router,
    discounts.router,
    changes.router,
    replies.router,
    phrase_files.router,
    phrase_pictures.router,
    phrases.router,
    phrase_groups.router,
    care.router,
    gaps.router,
    teaching.router,
    tokens.router,
    webhooks.router,
)

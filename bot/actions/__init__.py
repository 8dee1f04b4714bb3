"""What the bot does. Every module here is read by rasa_sdk; one module a topic, flat."""

from bot.actions import (
    aftersale,
    bargain,
    general,
    handover,
    orders,
    payment,
    presale,
    service_form,
    service_questions,
    shipping,
    tracking,
)

__all__ = [
    "aftersale",
    "bargain",
    "general",
    "handover",
    "orders",
    "payment",
    "presale",
    "service_form",
    "service_questions",
    "shipping",
    "tracking",
]

"""A bot that understands nothing of engraving and receipts, and says what words are like when it is asked."""

from typing import Any

import numpy as np
from wire import Worker

FIGURES = 512
MEANINGS = {"刻": 0, "收据": 1}


def make_vector(text: str) -> list[float]:
    """Wordings of one matter are alike; everything else is like nothing."""
    place = next((place for word, place in MEANINGS.items() if word in text), 2 + sum(map(ord, text)) % 500)
    vector = np.zeros(FIGURES)
    vector[place] = 1
    found: list[float] = vector.tolist()
    return found


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Of `/understand` and of `/turn`."""
    if "texts" in question:
        guess = {"name": "ask_product", "confidence": 0.4} if question["intents"] else None
        vectors = [make_vector(text) for text in question["texts"]]
        return {"vectors": vectors, "intents": [guess for _ in vectors]}
    said = {"key": "clarify", "text": "您要问的是哪一项？", "buttons": [], "cards": []}
    intent = {"name": "nlu_fallback", "confidence": 0.3}
    return {"messages": [said], "handover": None, "intent": intent}


def understand(worker: Worker) -> None:
    """From now on the worker answers like this."""
    worker.answer = answer

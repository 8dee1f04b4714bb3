"""A bot that takes its time: it answers when it is let, in whatever order, and what it does stands in the question."""

import threading
from random import Random
from typing import Any

from wire import PATIENCE, Worker, say

ANSWERS = "答:"
BETWEEN = "|"
PLAIN, CALLS, PIECE, STUMBLES, FAILS = "问", "叫人", "半句", "磕绊", "坏了"
"""How a question begins: answered; answered with a handover; may wait for more; fails once; fails always."""
KINDS = (PLAIN, PLAIN, CALLS, PIECE, STUMBLES, FAILS)


def lots(*whose: object) -> Random:
    """Draws the same whenever the same name is given."""
    return Random(" ".join(map(str, whose)))  # noqa: S311  # nothing secret


class SlowBot:
    """Gives the worker its answers. An answer names every question that it answers, so that the log can be checked."""

    def __init__(self, worker: Worker) -> None:
        worker.answer = self.answer
        self._thinking: list[threading.Event] = []
        self._stumbled: set[str] = set()
        self._quick = False
        self.asked = threading.Event()
        """Set by the first question."""
        self._lock = threading.Lock()

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        self._think()
        text = question["text"]
        with self._lock:
            fails = text.startswith(FAILS) or (text.startswith(STUMBLES) and text not in self._stumbled)
            self._stumbled.add(text)
        if fails:
            raise RuntimeError("told to fail")
        if text.startswith(PIECE) and question["patient"]:
            return {**say(), "unfinished": True}
        words = ANSWERS + BETWEEN.join([*question["earlier"], text])
        return say(words, handover="买家要求人工" if text.startswith(CALLS) else "")

    def _think(self) -> None:
        go = threading.Event()
        self.asked.set()
        with self._lock:
            if self._quick:
                return
            self._thinking.append(go)
        go.wait(PATIENCE)

    def let_go(self, rng: Random) -> None:
        """One of those it thinks about, whichever."""
        with self._lock:
            if self._thinking:
                self._thinking.pop(rng.randrange(len(self._thinking))).set()

    def hurry(self, quick: bool = True) -> None:
        """Everything is answered, at once from now on; `quick` False: it takes its time again."""
        with self._lock:
            self._quick = quick
            while self._thinking:
                self._thinking.pop().set()


def named_in(answer: str) -> list[str]:
    """The questions that this text of the bot answers."""
    return answer.removeprefix(ANSWERS).split(BETWEEN) if answer.startswith(ANSWERS) else []

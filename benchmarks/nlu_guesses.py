"""What the trained model makes of messages, understood in this process as in a bot worker."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.blind_set import Message
from benchmarks.nlu_figures import Guess, Scored
from bot.nlu.near_intents import are_one_wish

if TYPE_CHECKING:
    from bot.worker.agent import EmbeddedAgent

NOT_UNDERSTOOD = "nlu_fallback"
"""What stands in the place of an intent that is not sure enough; it is no meaning."""


class NoModel(Exception):
    """There is no trained model, or it names pipeline parts that this code does not have: `make train` mends both."""


async def guess_all(model: Path, messages: Iterable[Message]) -> tuple[str, list[Guess]]:
    """The name of the model's file and a guess for each message, some 10 ms each.

    `model` is a file or a folder, of which the newest is taken. Raises NoModel.
    """
    agent = _load(model)
    try:
        guesses = [read_guess(message, await agent.parse(message.text)) for message in messages]
        return str(agent.processor.model_filename), guesses
    finally:
        agent.close()


def _load(model: Path) -> "EmbeddedAgent":
    from rasa.engine.exceptions import GraphSchemaException  # TensorFlow comes with it, 10 s: not for --help

    from bot.worker.agent import EmbeddedAgent, ModelMissing

    try:
        return EmbeddedAgent(model)
    except (ModelMissing, GraphSchemaException) as error:
        raise NoModel(str(error)) from error


def read_guess(message: Message, parsed: Mapping[str, Any]) -> Guess:
    """From Rasa's parse result. `also` is absent or None where the model found a single request."""
    ranking = parsed.get("intent_ranking") or [parsed.get("intent") or {}]
    scored = [Scored(entry["name"], float(entry["confidence"])) for entry in ranking if entry.get("name")]
    scored = [one for one in scored if one.name != NOT_UNDERSTOOD]
    also = (parsed.get("also") or {}).get("name")
    shared = len(scored) > 1 and (also is not None or are_one_wish(scored[0].name, scored[1].name))
    return Guess(message, tuple(scored), also, shared)

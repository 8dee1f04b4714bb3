"""The blind test set as the benchmarks use it; `bot.exam` reads it."""

from pathlib import Path

from bot.exam import BlindSetWrong, Message, read_blind_set, read_file

__all__ = ["ROOT", "BlindSetWrong", "Message", "check_labels", "read_blind_set", "read_families", "read_file"]

ROOT = Path(__file__).resolve().parents[1]


def read_families(root: Path = ROOT) -> dict[str, str]:
    """Intent → family: training data stand in `data/nlu/<family>/<intent>.yml`."""
    return {file.stem: file.parent.name for file in sorted((root / "data/nlu").glob("*/*.yml"))}


def check_labels(messages: list[Message], families: dict[str, str]) -> None:
    """Raises BlindSetWrong with every label that is no intent of the training data."""
    unknown = {label for message in messages for label in message.labels} - families.keys()
    if unknown:
        raise BlindSetWrong(f"the blind set names unknown intents: {', '.join(sorted(unknown))}")

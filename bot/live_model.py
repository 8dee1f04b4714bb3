"""Which model file answers buyers: the one that a manager chose, where it fits this program; else the shipped one."""

from dataclasses import dataclass
from pathlib import Path

from shop.model import LiveModel
from shop.settings import Settings

OTHER_BASE = "这个模型是用上一版程序训练的，机器人先用随程序的模型，请您重新训练一次"
FILE_GONE = "模型文件不见了，机器人没有换上它，请您换回上一个，或重新训练一次"
BROKEN = "模型文件打不开，机器人仍用原来的模型，请您换回上一个，或重新训练一次"
_ENDING = ".tar.gz"


@dataclass(frozen=True)
class Choice:
    """`problem`: why `path` is the shipped one though another was chosen, in words for the manager."""

    path: Path
    version: int
    problem: str = ""


def models_folder(settings: Settings) -> Path:
    """Where models of taught messages lie, apart from the shipped one: whoever starts Rasa by hand gets that."""
    return settings.var / "models"


def base_of(shipped: Path) -> str:
    """The name of the shipped model says what it was made from (`bot.train.fingerprint`)."""
    return shipped.name.removesuffix(_ENDING)


def choose_model(live: LiveModel | None, shipped: Path, settings: Settings) -> Choice:
    if live is None or not live.model:
        return Choice(shipped, live.version if live else 0)
    if live.base != base_of(shipped):
        return Choice(shipped, live.version, OTHER_BASE)
    path = models_folder(settings) / live.model
    return Choice(path, live.version) if path.is_file() else Choice(shipped, live.version, FILE_GONE)

"""`python -m bot.train`: train when the data has changed, with a bar; else say that nothing is to do.

The model's file name carries a fingerprint of everything it is made from.
"""

import hashlib
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bot.training import ROOT, STEPS, TrainingFailed, run_training

SOURCES = ("config.yml", "domain.yml", "requirements.txt", "data/**/*.*", "bot/nlu/**/*.py")


def fingerprint(root: Path = ROOT) -> str:
    """Changes with every file that the model depends on."""
    digest = hashlib.sha256()
    for path in sorted(found for pattern in SOURCES for found in root.glob(pattern) if found.is_file()):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def model_path(root: Path = ROOT) -> Path:
    """Where the model of the present data lies, or would."""
    return root / "models" / f"shop-{fingerprint(root)}.tar.gz"


def train(root: Path = ROOT) -> Path:
    """Train if there is no model of the present data. Raises SystemExit with Rasa's log where training fails."""
    target = model_path(root)
    console = Console()
    if target.is_file():
        console.print(f"模型已是最新,无需训练:{target.name}")
        return target
    log = root / "var" / "train.log"
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("训练模型(首次约三分钟)", total=STEPS)
        try:
            for done in run_training(root, [Path("data")], target, log):
                bar.update(task, completed=done)
        except TrainingFailed as error:
            raise SystemExit(f"训练失败,详情见 {log}") from error
    _drop_older(target)
    console.print(f"模型已就绪:{target.name}")
    return target


def _drop_older(target: Path, kept: int = 2) -> None:
    """The one before stays, to go back to."""
    models = sorted(target.parent.glob("shop-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in models[kept:]:
        old.unlink()


if __name__ == "__main__":
    train()

"""`python -m bot.training --name NAME --out FOLDER data …`: one training by Rasa, in a process of its own, started in
the folder that has config.yml and domain.yml. The one way to train: `bot.train` and `bot.teaching` both start it.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STEPS = 6
"""Parts that Rasa trains, for a bar: two policies, three parts of the pipeline, the archive."""
_STEP_DONE = ("Finished training component", "saved at")
_QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONUNBUFFERED": "1"}


class TrainingFailed(Exception):
    """Rasa's own words stand in the log."""


def run_training(root: Path, data: Sequence[Path], model: Path, log: Path) -> Iterator[int]:
    """Trains `model` (`….tar.gz`) on `data`, and says after each step how many of STEPS are done.

    The file appears whole or not at all. Left early, or killed, nothing goes on. Raises TrainingFailed.
    """
    part = model.with_name(f"part-{os.getpid()}-{model.name}")
    log.parent.mkdir(parents=True, exist_ok=True)
    model.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-W", "ignore", "-m", "bot.training", "--name", part.name.removesuffix(".tar.gz")]
    command += ["--out", str(model.parent), "--parent", str(os.getpid()), *map(str, data)]
    environment = {**os.environ, **_QUIET, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    process = subprocess.Popen(  # noqa: S603
        command,
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    done = 0
    try:
        with log.open("w", encoding="utf-8") as out:
            for line in process.stdout or ():
                out.write(line)
                if any(sign in line for sign in _STEP_DONE):
                    yield (done := done + 1)
        if process.wait() != 0 or not part.is_file():
            raise TrainingFailed(str(log))
        part.replace(model)
    finally:
        process.kill()
        process.wait()
        part.unlink(missing_ok=True)


def main() -> None:
    arguments = _read_arguments()
    end_with(arguments.parent)
    import logging

    from rasa.model_training import train

    from bot import quick_training

    logging.basicConfig(level=logging.WARNING)
    logging.getLogger("rasa.engine.training.hooks").setLevel(logging.INFO)
    quick_training.apply()
    result = train(
        "domain.yml",
        "config.yml",
        arguments.data,
        output=arguments.out,
        force_training=True,
        fixed_model_name=arguments.name,
    )
    sys.exit(result.code)


def end_with(parent: int) -> None:
    """A training that nobody waits for any more would burn on for minutes. Linux tells; elsewhere it burns on."""
    if not parent or not sys.platform.startswith("linux"):
        return
    import ctypes
    import signal

    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        sys.exit(1)


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.training", description=__doc__)
    parser.add_argument("--name", required=True, help="of the model's file, without its ending")
    parser.add_argument("--out", required=True, help="the folder that it is written to")
    parser.add_argument("--parent", type=int, default=0, help="ends with this process")
    parser.add_argument("data", nargs="+", help="folders and files of training data")
    return parser.parse_args()


if __name__ == "__main__":
    main()

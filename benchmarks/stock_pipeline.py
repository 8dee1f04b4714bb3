"""The peer: what Rasa itself offers for Chinese text, trained and asked in processes of its own.

    python -m benchmarks.stock_pipeline train|parse FOLDER

`benchmarks.nlu_pipelines --stock` runs both steps in a temporary folder. They are apart so that the memory of the
second is that of a bot that answers, not of one that has just been trained.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")

import psutil  # type: ignore[import-untyped]
import yaml

from benchmarks.blind_set import ROOT
from benchmarks.nlu_corpus import Corpus, Data
from benchmarks.nlu_figures import Guess, headline
from benchmarks.nlu_guesses import read_guess
from benchmarks.nlu_rows import Row
from benchmarks.progress import say

NAME, TITLE = "stock", "stock Rasa: jieba, counts, DIET"
_MODEL = "model"


def config(epochs: int) -> dict[str, Any]:
    """The featurizers stand as `rasa init` writes them: words, and runs of one to four characters in a word."""
    return {
        "recipe": "default.v1",
        "language": "zh",
        "pipeline": [
            {"name": "JiebaTokenizer"},
            {"name": "CountVectorsFeaturizer"},
            {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
            {"name": "DIETClassifier", "epochs": epochs, "entity_recognition": False, "random_seed": 0},
        ],
    }


def measure_stock(data: Data, epochs: int) -> Row:
    """Its data are as normalised as all others'. Raises RuntimeError with the end of its log where a step fails."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder, data, epochs)
        say(f"  stock Rasa trains, {epochs} epochs")
        seconds = _run("train", folder)
        say(f"  stock Rasa has trained {seconds:.0f} s and is asked")
        _run("parse", folder)
        answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    guesses = {name: _guesses(test, answers["tests"][name]) for name, test in data.tests.items()}
    return Row(
        name=NAME,
        title=f"{TITLE} {epochs} epochs",
        tests={name: headline(own, data.families) for name, own in guesses.items()},
        trained_on=len(data.train.messages),
        **answers["figures"],
    )


def _write(folder: Path, data: Data, epochs: int) -> None:
    """nlu.yml, config.yml and tests.json. The second request of a message is nothing that DIET could learn."""
    intents: dict[str, list[dict[str, str]]] = {}
    for message in data.train.messages:
        intents.setdefault(message.intent, []).append({"text": message.text})
    blocks = [{"intent": intent, "examples": examples} for intent, examples in intents.items()]
    for name, content in {"nlu": {"version": "3.1", "nlu": blocks}, "config": config(epochs)}.items():
        (folder / f"{name}.yml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    tests = {name: test.texts for name, test in data.tests.items()}
    (folder / "tests.json").write_text(json.dumps(tests), encoding="utf-8")


def _run(step: str, folder: Path) -> float:
    """Runs a step of this module in `folder`, where Rasa puts its cache too, and returns its seconds."""
    search = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    log = folder / f"{step}.log"
    start = time.perf_counter()
    with log.open("wb") as out:
        command = [sys.executable, "-W", "ignore", "-m", "benchmarks.stock_pipeline", step, str(folder)]
        done = subprocess.run(
            command, cwd=folder, env=os.environ | {"PYTHONPATH": search}, stdout=out, stderr=out, check=False
        )
    if done.returncode:
        raise RuntimeError(f"{step}: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")
    return time.perf_counter() - start


def _guesses(test: Corpus, answers: list[dict[str, Any]]) -> list[Guess]:
    return [read_guess(message, answer) for message, answer in zip(test.messages, answers, strict=True)]


def _train(folder: Path) -> None:
    from rasa.model_training import train_nlu

    start = time.perf_counter()
    train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder), fixed_model_name=_MODEL)
    (folder / "seconds.json").write_text(json.dumps(time.perf_counter() - start))


async def _parse(folder: Path) -> None:
    """Loads the model and writes answers.json: what it says to each message, and its own figures."""
    from rasa.core.agent import Agent

    start = time.perf_counter()
    agent = Agent.load(folder / f"{_MODEL}.tar.gz")
    loaded = time.perf_counter() - start
    await agent.parse_message("你好")
    spent: list[float] = []
    tests: dict[str, list[dict[str, Any]]] = {}
    for name, texts in json.loads((folder / "tests.json").read_text(encoding="utf-8")).items():
        tests[name] = [await _timed(agent, text, spent) for text in texts]
    figures = {
        "train_s": round(json.loads((folder / "seconds.json").read_text()), 1),
        "parse_p50_ms": round(statistics.median(spent), 2),
        "weights_mb": round(_weight_bytes(agent) / 2**20, 1),
        "load_s": round(loaded, 1),
        "memory_mb": round(psutil.Process().memory_info().rss / 2**20),
    }
    (folder / "answers.json").write_text(json.dumps({"tests": tests, "figures": figures}), encoding="utf-8")


async def _timed(agent: Any, text: str, spent: list[float]) -> dict[str, Any]:
    start = time.perf_counter()
    parsed = await agent.parse_message(text)
    spent.append(1000 * (time.perf_counter() - start))
    return {"intent": parsed["intent"], "intent_ranking": parsed["intent_ranking"]}


def _weight_bytes(agent: Any) -> int:
    """Of DIET's TensorFlow variables."""
    parts = [node._component for node in agent.processor.graph_runner._instantiated_nodes.values()]
    models = [part.model for part in parts if getattr(part, "model", None) is not None]
    return sum(weight.numpy().nbytes for model in models for weight in model.weights)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stock_pipeline", description=__doc__.split("\n")[0])
    parser.add_argument("step", choices=("train", "parse"))
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    if options.step == "train":
        _train(options.folder)
    else:
        asyncio.run(_parse(options.folder))


if __name__ == "__main__":
    main()

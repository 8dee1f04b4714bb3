"""How well the bot understands wordings it has not seen: five-fold cross-validation of data/nlu.

    python -m benchmarks.nlu_cross_validation [--regularisation 0.3] [--dense-weight 1.0] …

Figures of config.yml are the defaults; options try others. It prints the curve of thresholds, the
intents most often mistaken for each other, and texts that stand under two intents; the last line is
one JSON object. Duplicates (after normalising) count once, so that no fold is asked what it has learned.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml
from scipy.sparse import csr_matrix, vstack
from sklearn.model_selection import StratifiedKFold

from bot.nlu.encoder import encode, encode_all
from bot.nlu.entity_patterns import find_entities
from bot.nlu.gazetteer import Gazetteer
from bot.nlu.linear_model import LinearModel
from bot.nlu.ngram_index import NgramIndex
from bot.nlu.normaliser import normalise
from shop.lexicon import Lexicon

ROOT = Path(__file__).parents[1]
FOLDS = 5


class Example(NamedTuple):
    """One training message, normalised; the family is the name of its file."""

    text: str
    intent: str
    family: str


class Guess(NamedTuple):
    """What a model that has not seen the example makes of it."""

    example: Example
    ranking: tuple[str, ...]
    confidence: float
    lead: float


def main() -> None:
    options = _options()
    examples = list(_examples())
    dense = encode_all([example.text for example in examples])
    guesses = list(_cross_validate(examples, dense, options))
    _print_curve(guesses, options)
    _print_confusions(guesses)
    figures = {"examples": len(examples), "intents": len({example.intent for example in examples})}
    figures |= _quality(guesses, options) | _speed(examples, dense, options)
    print(json.dumps(figures))


def _options() -> argparse.Namespace:
    config: dict[str, Any] = {}
    for step in yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]:
        config |= step
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("regularisation", "dense_weight", "threshold", "ambiguity_threshold"):
        parser.add_argument(f"--{name.replace('_', '-')}", type=float, default=config[name])
    for name in ("longest", "least_count"):
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, default=config[name])
    return parser.parse_args()


def _examples() -> Iterator[Example]:
    seen: dict[str, str] = {}
    for file in sorted((ROOT / "data/nlu").glob("*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            for line in block.get("examples", "").splitlines():
                text = normalise(line.removeprefix("- "))
                if text in seen and seen[text] != block["intent"]:
                    print(f"under two intents: {text}  {seen[text]} {block['intent']}")
                if text and text not in seen:
                    seen[text] = block["intent"]
                    yield Example(text, block["intent"], file.stem)


def _train(
    examples: list[Example], dense: np.ndarray, options: argparse.Namespace
) -> tuple[NgramIndex, csr_matrix, LinearModel]:
    texts = [example.text for example in examples]
    index = NgramIndex.learn(texts, options.longest, options.least_count)
    rows = vstack([index.row(text) for text in texts]).tocsr()
    labels = [example.intent for example in examples]
    return index, rows, LinearModel.train(dense, rows, labels, options.regularisation, options.dense_weight)


def _cross_validate(examples: list[Example], dense: np.ndarray, options: argparse.Namespace) -> Iterator[Guess]:
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    for known, unseen in folds.split(dense, [example.intent for example in examples]):
        index, _, model = _train([examples[row] for row in known], dense[known], options)
        for row in unseen:
            chances = model.probabilities(dense[row], index.row(examples[row].text))
            first, second = np.argsort(-chances)[:2]
            yield Guess(
                examples[row],
                (model.labels[first], model.labels[second]),
                float(chances[first]),
                float(chances[first] - chances[second]),
            )


def _kept(guesses: list[Guess], threshold: float, ambiguity: float) -> list[Guess]:
    return [guess for guess in guesses if guess.confidence >= threshold and guess.lead >= ambiguity]


def _accuracy(guesses: list[Guess]) -> float:
    return round(sum(guess.ranking[0] == guess.example.intent for guess in guesses) / max(len(guesses), 1), 4)


def _quality(guesses: list[Guess], options: argparse.Namespace) -> dict[str, float]:
    family = {guess.example.intent: guess.example.family for guess in guesses}
    kept = _kept(guesses, options.threshold, options.ambiguity_threshold)
    return {
        "intent_accuracy": _accuracy(guesses),
        "family_accuracy": round(statistics.mean(family[g.ranking[0]] == g.example.family for g in guesses), 4),
        "top2_accuracy": round(statistics.mean(g.example.intent in g.ranking for g in guesses), 4),
        "threshold": options.threshold,
        "kept_share": round(len(kept) / len(guesses), 4),
        "kept_accuracy": _accuracy(kept),
        "mean_confidence": round(statistics.mean(guess.confidence for guess in guesses), 4),
    }


def _print_curve(guesses: list[Guess], options: argparse.Namespace) -> None:
    print("threshold  kept   correct of kept")
    for threshold in np.arange(0.0, 0.75, 0.05):
        kept = _kept(guesses, threshold, options.ambiguity_threshold)
        print(f"{threshold:9.2f}  {len(kept) / len(guesses):.3f}  {_accuracy(kept):.3f}")


def _print_confusions(guesses: list[Guess]) -> None:
    wrong = Counter((g.example.intent, g.ranking[0]) for g in guesses if g.ranking[0] != g.example.intent)
    print("most often mistaken: meant, understood, times")
    for (meant, understood), times in wrong.most_common(20):
        print(f"  {meant:26} {understood:26} {times}")
    print("hardest intents: correct, of")
    total = Counter(guess.example.intent for guess in guesses)
    right = Counter(guess.example.intent for guess in guesses if guess.ranking[0] == guess.example.intent)
    for intent in sorted(total, key=lambda intent: right[intent] / total[intent])[:12]:
        print(f"  {intent:26} {right[intent] / total[intent]:.2f} {total[intent]}")


def _speed(examples: list[Example], dense: np.ndarray, options: argparse.Namespace) -> dict[str, float]:
    """Seconds to train on everything and to load that again; milliseconds to understand one message."""
    start = time.perf_counter()
    index, _, model = _train(examples, dense, options)
    trained = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as name:
        index.save(Path(name))
        model.save(Path(name))
        start = time.perf_counter()
        index, model = NgramIndex.load(Path(name), options.longest), LinearModel.load(Path(name))
        loaded = time.perf_counter() - start
    gazetteer, today, spent = Gazetteer(Lexicon()), date.today(), []
    for example in examples[:: max(len(examples) // 400, 1)]:
        start = time.perf_counter()
        text = normalise(example.text)
        model.probabilities(encode(text), index.row(text))
        find_entities(text, today, gazetteer)
        spent.append(1000 * (time.perf_counter() - start))
    return {
        "train_s": round(trained, 1),
        "load_s": round(loaded, 2),
        "parse_p50_ms": round(statistics.median(spent), 2),
        "parse_p95_ms": round(float(np.percentile(spent, 95)), 2),
    }


if __name__ == "__main__":
    main()

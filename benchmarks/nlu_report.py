"""How well the trained model understands messages that nobody trained it on.

    python -m benchmarks.nlu_report [--check] [--accept] [--model models] [--out var/nlu-report]

Trains nothing: it runs the newest model over the blind test set, writes index.html and figures.json and prints the
main figures. `--check` compares them with those accepted last and fails where one is more than a point below;
`--accept` makes the present ones the accepted.
"""

import argparse
import asyncio
import json
import logging
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")

from benchmarks.blind_set import ROOT, BlindSetWrong, check_labels, read_blind_set, read_families
from benchmarks.nlu_figures import Families
from benchmarks.nlu_gate import NothingAccepted, accept, compare, render_table
from benchmarks.nlu_guesses import NoModel, guess_all
from benchmarks.nlu_mentions import MentionsWrong, find_entity_figures
from benchmarks.nlu_page import render_page
from benchmarks.nlu_record import Figures, as_json, collect
from bot.train import model_path
from shop.policy import Policy
from shop.times import TIMEZONE

_OLDER = "注意:没有按现有数据训练的模型,用的是旧模型。The model is older than the data: make train"


async def measure(model: Path) -> Figures:
    """The figures of a model file, or of the newest in a folder. Raises BlindSetWrong, MentionsWrong, NoModel."""
    families, messages = read_families(), read_blind_set()
    check_labels(messages, families)
    entities = find_entity_figures()
    name, guesses = await guess_all(model, messages)
    return collect(name, guesses, families, entities, Policy())


def write(figures: Figures, families: Families, folder: Path) -> None:
    """index.html and figures.json into `folder`, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    content = json.dumps(as_json(figures), ensure_ascii=False, indent=1)
    (folder / "figures.json").write_text(content + "\n", encoding="utf-8")
    page = render_page(figures, families, datetime.now(TIMEZONE))
    (folder / "index.html").write_text(page, encoding="utf-8")


def render_summary(figures: Figures) -> str:
    """The main figures, a line each."""
    head, two, policy = figures.headline, figures.two_requests, figures.policy
    rates: dict[str, float | None] = {
        "意图(主标签) intent, main label": head.intent_main,
        "意图(任一标签) intent, either label": head.intent_either,
        "大类 family": head.family,
        "前二 top two": head.top2,
        "最有把握的七成 surest 70 %": head.surest_70,
        "最有把握的八成 surest 80 %": head.surest_80,
        "校准误差 expected calibration error": figures.calibration_error,
        "直接回答 answered": policy.point.answered,
        "答对 right of answered": policy.point.accuracy,
        "反问 asked about": policy.point.asked,
        "反问里有本意 right one offered": policy.offered_right,
        "转人工 handed over": policy.point.handed_over,
        "双诉求查准 two requests, precision": two.precision,
        "双诉求查全 two requests, recall": two.recall,
        "实体 F1 entity F1": figures.entities.overall.f1 if figures.entities else None,
    }
    lines = [f"{'—' if rate is None else f'{100 * rate:.1f}%':>7}  {title}" for title, rate in rates.items()]
    return "\n".join([f"{figures.model}: {figures.messages} 条 messages", *lines])


def main() -> int:
    options = _options()
    _quieten()
    if options.model.is_dir() and not model_path().is_file():
        print(_OLDER, file=sys.stderr)
    try:
        figures = asyncio.run(measure(options.model))
    except (BlindSetWrong, MentionsWrong) as error:
        print(f"测评数据有误 the test data are wrong: {error}", file=sys.stderr)
        return 1
    except NoModel as error:
        print(f"没有能用的模型,请先训练 no usable model: make train\n{error}", file=sys.stderr)
        return 1
    write(figures, read_families(), options.out)
    print(render_summary(figures))
    print(f"报告 report: {options.out / 'index.html'}")
    plain = as_json(figures)
    if options.accept:
        accept(plain)
    return _check(plain) if options.check else 0


def _check(plain: dict[str, Any]) -> int:
    try:
        comparisons = compare(plain)
    except NothingAccepted as error:
        print(f"没有可比的数字 nothing to compare with: {error}", file=sys.stderr)
        return 1
    print(render_table(comparisons))
    return int(any(one.worse for one in comparisons))


def _quieten() -> None:
    """jieba and Rasa tell at length what is no news here, nor is an empty store: intents need none."""
    import structlog

    logging.captureWarnings(True)
    logging.disable(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


def _options() -> argparse.Namespace:
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m benchmarks.nlu_report", description=__doc__, formatter_class=plain)
    parser.add_argument("--check", action="store_true", help="fail where a figure fell by more than a point")
    parser.add_argument("--accept", action="store_true", help="write benchmarks/nlu_figures.json")
    parser.add_argument("--model", type=Path, default=ROOT / "models", help="a file, or a folder: its newest is taken")
    parser.add_argument("--out", type=Path, default=ROOT / "var/nlu-report")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

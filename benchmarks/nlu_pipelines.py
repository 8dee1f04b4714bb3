"""Which way of understanding messages is best: all on the same data, in one run, in one table.

    python -m benchmarks.nlu_pipelines [--sample N] [--only NAME …] [--stock] [--epochs 15]

Each row is trained on data/nlu and asked the messages of tests/nlu, hard ones (blind) and plainer ones (plain), which
nothing is trained on. Figures of the pipeline are those of config.yml. The table goes to stdout, progress to stderr,
and after each row everything so far to var/nlu-pipelines.json (with `--sample` or `--only` to nlu-pipelines-part.json).
All rows take some hours, a sample of 1500 some minutes.
"""

import argparse
import json
import logging
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")

from benchmarks import stock_pipeline
from benchmarks.blind_set import ROOT
from benchmarks.nlu_corpus import Data, read_data
from benchmarks.nlu_features import Store
from benchmarks.nlu_rows import Row, as_json, measure
from benchmarks.nlu_table import render_table
from benchmarks.nlu_variants import VARIANTS
from benchmarks.progress import say
from shop.times import TIMEZONE

OUT = ROOT / "var/nlu-pipelines.json"


def measure_all(names: list[str], data: Data, epochs: int) -> Iterator[Row]:
    """Row by row. One that fails says so and holds up none of the others."""
    store = Store()
    for place, name in enumerate(names, 1):
        say(f"[{place}/{len(names)}] {name}")
        row = _attempt(name, _way(name, data, store, epochs))
        say(f"[{place}/{len(names)}] {_brief(row)}")
        yield row


def _way(name: str, data: Data, store: Store, epochs: int) -> Callable[[], Row]:
    if name == stock_pipeline.NAME:
        return lambda: stock_pipeline.measure_stock(data, epochs)
    return lambda: measure(VARIANTS[name], data, store)


def _attempt(name: str, way: Callable[[], Row]) -> Row:
    try:
        return way()
    except Exception as error:  # an hour's figures are not to be lost for one row
        traceback.print_exc()
        return Row(name, name, note=f"failed: {type(error).__name__}: {error}"[:120].replace("\n", " "))


def _brief(row: Row) -> str:
    rates = ", ".join(f"{name} {100 * (one.intent_either or 0):.1f} %" for name, one in row.tests.items())
    return f"{row.name}: {row.note or f'{rates}, trained in {row.train_s} s'}"


def write(rows: list[Row], data: Data, out: Path) -> None:
    """What the table says, and of what data; the folder is made."""
    content: dict[str, Any] = {
        "at": datetime.now(TIMEZONE).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "training_messages": len(data.train.messages),
        "test_messages": {name: len(test.messages) for name, test in data.tests.items()},
        "rows": [as_json(row) for row in rows],
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    options = _options()
    logging.disable(logging.WARNING)  # jieba and Rasa tell at length what is no news here
    out = OUT.with_stem(f"{OUT.stem}-part") if options.sample or options.only else OUT
    data, rows = read_data(options.sample), []
    say(f"{len(data.train.messages)} training messages")
    for row in measure_all(_names(options), data, options.epochs):
        rows.append(row)
        write(rows, data, out)
    print(render_table(rows, data))
    print(f"→ {out}")
    return int(any(row.note.startswith("failed") for row in rows))


def _names(options: argparse.Namespace) -> list[str]:
    """In the order of the table, whatever the order of the options."""
    wanted = set(options.only or VARIANTS) | ({stock_pipeline.NAME} if options.stock else set())
    return [name for name in (*VARIANTS, stock_pipeline.NAME) if name in wanted]


def _options() -> argparse.Namespace:
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.nlu_pipelines", description=__doc__, formatter_class=plain
    )
    parser.add_argument("--sample", type=int, metavar="N", help="train on about N messages only")
    names = [*VARIANTS, stock_pipeline.NAME]
    parser.add_argument("--only", nargs="+", choices=names, metavar="NAME", help=f"of {', '.join(names)}")
    parser.add_argument("--stock", action="store_true", help="with stock Rasa's DIET, which takes longest")
    parser.add_argument("--epochs", type=int, default=15, help="of DIET (default 15)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

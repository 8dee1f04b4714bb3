"""More of the two proofs over real sockets: the bot's silence, and pages that show what the store has.

`python -m benchmarks.interleavings [--runs N] [--sequences M]`. The tests themselves are run, on their own desks and
workers. The last line is one JSON object; exit code 1 where a bot spoke while people held a talk, or a page differed.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from shop.settings import ROOT

TESTS = ("tests/desk/test_bot_silence.py", "tests/desk/test_views_equal_log.py")
SUMS = (
    "interleavings",
    "hands_changed",
    "bot_messages_while_a_person_held",
    "faults",
    "sequences",
    "steps",
    "mismatches",
)


def run(runs: int, sequences: int) -> tuple[bool, str]:
    """Whether both held, and what they printed."""
    environment = os.environ | {"SHOP_TEST_RUNS": str(runs), "SHOP_TEST_SEQUENCES": str(sequences)}
    command = [sys.executable, "-m", "pytest", "-s", *TESTS]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout


def read_figures(printed: str) -> Iterator[dict[str, Any]]:
    """The lines of figures among what else a test run prints."""
    for line in printed.splitlines():
        if line.startswith("{"):
            yield json.loads(line)


def add_up(figures: list[dict[str, Any]]) -> dict[str, int]:
    return {name: sum(each.get(name, 0) for each in figures) for name in SUMS}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.interleavings", description=__doc__)
    parser.add_argument("--runs", type=int, default=1000, help="conversations at which everybody pulls at once")
    parser.add_argument("--sequences", type=int, help="sequences of steps for the pages; a tenth of the runs")
    given = parser.parse_args()
    held, printed = run(given.runs, given.sequences or max(1, given.runs // 10))
    figures = list(read_figures(printed))
    for each in figures:
        print(json.dumps(each, ensure_ascii=False))
    if not held:
        print(printed[-5000:], file=sys.stderr)
    print(json.dumps({**add_up(figures), "held": held}))
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())

"""The table of pipelines as lines for a terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple

from benchmarks.nlu_corpus import Data
from benchmarks.nlu_rows import Row

_RATES = ("main", "either", "family", "top2", "sure70", "sure80")
"""The fields of `benchmarks.nlu_figures.Headline`, in their order."""
_COSTS = ("msgs", "train", "p50", "MB")
_NAME, _WIDTH = 16, 7
_LEGEND = """\
Per cent right: main: the main intent; either: one of a message's two; family: of either; top2: either among the two
likeliest; sure70, sure80: either, of the surest 70 and 80 % by confidence. msgs: trained on; train: seconds of that,
features included; p50: ms for one message with all its features; MB: weights that training made, without the encoder
(130 MB) and the lists of terms."""


def render_table(rows: Sequence[Row], data: Data) -> str:
    """A line for each row, a group of columns for each test set, and the legend."""
    tests = list(data.tests)
    lines = [_heading(data), _line("", [*_RATES * len(tests), *_COSTS], "")]
    lines += [_line(row.name, list(_cells(row, tests)), _remark(row)) for row in rows]
    return "\n".join([*lines, "", _LEGEND])


def _heading(data: Data) -> str:
    groups = (f"{name}, {len(test.messages)} messages" for name, test in data.tests.items())
    return " " * _NAME + "".join(f"  {group:<{len(_RATES) * _WIDTH - 2}}" for group in groups).rstrip()


def _cells(row: Row, tests: list[str]) -> Iterator[str]:
    for name in tests:
        rates = astuple(row.tests[name]) if name in row.tests else (None,) * len(_RATES)
        yield from ("—" if rate is None else f"{100 * rate:.1f}" for rate in rates)
    for figure, digits in ((row.trained_on, 0), (row.train_s, 0), (row.parse_p50_ms, 1), (row.weights_mb, 0)):
        yield "—" if figure is None else f"{figure:.{digits}f}"


def _line(name: str, cells: Sequence[str], remark: str) -> str:
    return f"{name:<{_NAME}}{''.join(f'{cell:>{_WIDTH}}' for cell in cells)}  {remark}".rstrip()


def _remark(row: Row) -> str:
    """The title, and what only some rows have."""
    loaded = f"loads in {row.load_s} s, {row.memory_mb} MB resident" if row.load_s is not None else ""
    return "; ".join(filter(None, (row.title, loaded, row.note)))

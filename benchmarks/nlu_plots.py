"""The report's plots, as SVG to stand inside a page: words stay words and take the page's font."""

import io
import warnings
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl  # type: ignore[import-untyped]
from matplotlib.backends.backend_svg import FigureCanvasSVG  # type: ignore[import-untyped]
from matplotlib.figure import Figure  # type: ignore[import-untyped]

from benchmarks.nlu_confidence import AtPolicy, Bin, Point
from benchmarks.nlu_figures import Matrix

INK, SOFT, LINE, BRAND, TEA, AMBER = "#2a211c", "#65574c", "#e6dac7", "#b23a15", "#23664f", "#d99a3d"
SIZE = (4.4, 3.3)
"""Inches of 72 points: about as wide as a phone, so that its letters there are as large as the page's."""
STYLE: dict[str, Any] = {
    "svg.fonttype": "none",
    "font.sans-serif": ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "DejaVu Sans"],
    "font.size": 10,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": SOFT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "legend.frameon": False,
}


def plot_reliability(bins: Sequence[Bin]) -> str:
    """Accuracy over mean confidence; on the diagonal confidence is what it says."""
    with mpl.rc_context(STYLE):
        figure, axes = _figure("把握(%)", "正确率(%)")
        axes.plot([0, 100], [0, 100], color=LINE, linestyle="--")
        held = [each for each in bins if each.accuracy is not None]
        middles = [100 * (each.low + each.high) / 2 for each in held]
        axes.bar(middles, [_percent(each.share) for each in held], width=8, color=LINE, label="占比")
        confidences = [_percent(each.confidence) for each in held]
        accuracies = [_percent(each.accuracy) for each in held]
        axes.plot(confidences, accuracies, color=BRAND, marker="o", markersize=5, label="正确率")
        axes.set_xlim(0, 100)
        axes.legend(loc="upper left")
        return _svg(figure, "reliability")


def plot_doubt(points: Sequence[Point], policy: AtPolicy) -> str:
    """How much is answered at each threshold and how much of that is right; the present threshold is marked."""
    with mpl.rc_context(STYLE):
        figure, axes = _figure("直接回答的门槛(%)", "比例(%)")
        thresholds = [100 * point.threshold for point in points]
        axes.axvline(policy.sure_percent, color=SOFT, linestyle=":")
        for name, colour, title in (
            ("accuracy", INK, "答对"),
            ("answered", TEA, "直接回答"),
            ("asked", AMBER, "反问"),
            ("handed_over", BRAND, "转人工"),
        ):
            axes.plot(thresholds, [_percent(getattr(point, name)) for point in points], color=colour, label=title)
        axes.legend(loc="center left", bbox_to_anchor=(0, 0.6), labelspacing=0.2)
        return _svg(figure, "doubt")


def plot_families(matrix: Matrix, titles: Sequence[str]) -> str:
    """Rows: what was meant; the colour is the share of the row, the figure the count."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(SIZE[0], SIZE[0] * 0.9), constrained_layout=True)
        axes = figure.add_subplot()
        shares = [[count / max(sum(row), 1) for count in row] for row in matrix.rows]
        axes.imshow(shares, cmap="Oranges", vmin=0, vmax=1.25)
        for line, row in enumerate(matrix.rows):
            for column, count in enumerate(row):
                axes.text(column, line, str(count), ha="center", va="center", color=INK if count else LINE)
        axes.set_xticks(range(len(titles)), titles)
        axes.set_yticks(range(len(titles)), titles)
        axes.set_xlabel("理解成")
        axes.set_ylabel("本意")
        axes.tick_params(length=0)
        return _svg(figure, "families")


def _figure(across: str, up: str) -> tuple[Figure, Any]:
    """Percent upwards."""
    figure = Figure(figsize=SIZE, constrained_layout=True)
    axes = figure.add_subplot()
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    axes.set_ylim(0, 102)
    axes.grid(axis="y", color=LINE, linewidth=0.5)
    axes.set_axisbelow(True)
    return figure, axes


def _percent(rate: float | None) -> float:
    """A gap in the line where there is nothing to show."""
    return float("nan") if rate is None else 100 * rate


def _svg(figure: Figure, name: str) -> str:
    """Without the XML head; ids carry `name`, since several plots share a page."""
    out = io.StringIO()
    with warnings.catch_warnings(), mpl.rc_context({"svg.hashsalt": name}):
        warnings.simplefilter("ignore")  # matplotlib measures Chinese words with a font that lacks them
        FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None, "Creator": None})
    svg = out.getvalue()
    svg = svg[svg.index("<svg") :]
    for sign in ('id="', "url(#", 'xlink:href="#'):
        svg = svg.replace(sign, f"{sign}{name}-")
    return svg

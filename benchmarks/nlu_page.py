"""The report as one page that stands by itself: `nlu_page.html` with `nlu_page.css`, every text escaped."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from benchmarks.blind_set import ROOT
from benchmarks.nlu_figures import Families, Quality, Rate
from benchmarks.nlu_mentions import OVERALL
from benchmarks.nlu_plots import plot_doubt, plot_families, plot_reliability
from benchmarks.nlu_record import Figures
from phrases.labels import INTENT_LABELS

HERE = Path(__file__).parent
COLOURS = ROOT / "desk/static/variables.css"

FAMILY_TITLES = {
    "general": "通用",
    "presale": "售前",
    "bargain": "议价",
    "payment": "付款",
    "tracking": "物流",
    "aftersale": "售后",
}
OTHER_TITLES = {
    "greet": "打招呼",
    "goodbye": "道别",
    "thank": "道谢",
    "affirm": "答应",
    "deny": "拒绝",
    "ask_bot": "问是谁在答",
    "urge_reply": "催回复",
    "inform": "报信息",
    "chitchat": "闲聊",
    "out_of_scope": "店外的事",
}
"""Intents that no button offers."""
ENTITY_TITLES = {
    OVERALL: "全部",
    "order_no": "订单号",
    "order_tail": "订单尾号",
    "waybill": "运单号",
    "phone": "电话",
    "product": "商品",
    "courier": "快递公司",
    "place": "地点",
    "size": "尺码",
    "colour": "颜色",
    "quantity": "件数",
    "money": "金额",
    "discount": "折扣",
    "date": "日期",
    "height_cm": "身高",
    "weight_kg": "体重",
    "aspect": "问的方面",
}


def render_page(figures: Figures, families: Families, now: datetime) -> str:
    """The whole page; `now` stands at its head."""
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"percent": _percent, "title": _title, "family": _family}
    style = COLOURS.read_text(encoding="utf-8") + (HERE / "nlu_page.css").read_text(encoding="utf-8")
    return environment.get_template("nlu_page.html").render(
        figures=figures,
        by_family=_by_family(figures.intents, families),
        made=now.strftime("%Y-%m-%d %H:%M"),
        style=Markup(style),  # noqa: S704  # our own file
        plots={name: Markup(svg) for name, svg in _plots(figures).items()},  # noqa: S704  # matplotlib escapes its words
    )


def _plots(figures: Figures) -> dict[str, str]:
    matrix = figures.family_matrix
    return {
        "reliability": plot_reliability(figures.reliability),
        "doubt": plot_doubt(figures.doubt, figures.policy),
        "families": plot_families(matrix, [_family(label) for label in matrix.labels]),
    }


def _by_family(intents: Sequence[Quality], families: Families) -> list[tuple[str, list[Quality]]]:
    """Families with their intents, the weakest first; an intent that training does not have is left out."""
    rising = sorted(intents, key=lambda each: (each.f1 is None, each.f1))
    names = dict.fromkeys([*FAMILY_TITLES, *families.values()])
    return [(name, [each for each in rising if families.get(each.name) == name]) for name in names]


def _percent(rate: Rate, digits: int = 1) -> str:
    return "—" if rate is None else f"{100 * rate:.{digits}f}%"


def _title(name: str) -> str:
    """An intent's or an entity's words; its name where it has none."""
    return INTENT_LABELS.get(name) or OTHER_TITLES.get(name) or ENTITY_TITLES.get(name) or name


def _family(name: str) -> str:
    return FAMILY_TITLES.get(name, name)

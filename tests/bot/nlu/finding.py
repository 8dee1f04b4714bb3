"""How the tests ask for entities: a lexicon, a fixed day, and only the entities they name."""

from collections import defaultdict
from datetime import date

from bot.nlu.entity_patterns import find_entities
from bot.nlu.gazetteer import Gazetteer
from bot.nlu.normaliser import normalise
from bot.nlu.spans import Value
from shop.lexicon import Lexicon

LEXICON = Lexicon(
    products={
        "ZZ-001": ("珍珠项链", "淡水珍珠项链", "项链"),
        "SJ-15": ("iPhone 15手机壳", "X1手机壳"),
        "XR-2": ("黑色礼盒",),
    },
    couriers={"sf": ("顺丰", "顺丰速运"), "zto": ("中通", "中通快递")},
    places={"新疆": ("新疆", "乌鲁木齐"), "广东": ("广东", "深圳", "广州")},
    colours=("樱桃红", "黑色"),
    sizes=("XXL", "42", "165/88A", "均码"),
    version="1",
)
GAZETTEER = Gazetteer(LEXICON)
SUNDAY = date(2026, 11, 22)


def found(text: str, today: date = SUNDAY, gazetteer: Gazetteer = GAZETTEER) -> dict[str, list[Value]]:
    """The values found in ``text`` by entity name; aspects only where a test asks by ``aspects``."""
    values: dict[str, list[Value]] = defaultdict(list)
    for span in find_entities(normalise(text), today, gazetteer):
        if span.entity != "aspect":
            values[span.entity].append(span.value)
    return dict(values)


def aspects(text: str) -> list[Value]:
    """The aspects of a product that ``text`` asks about."""
    return [span.value for span in find_entities(normalise(text), SUNDAY, GAZETTEER) if span.entity == "aspect"]

"""Products: one row for each variant; variants that the file has not stay as they are."""

from collections.abc import Iterator
from typing import Any

from shop.importing import cells
from shop.importing.kinds import Column, Context, Kind, Values, assign, present
from shop.importing.reading import Row
from shop.importing.report import Problem
from shop.model import Product, SizeRow, Variant
from shop.presale import ASPECTS

_PRODUCT = (
    Column("code", "商品编码", cells.code, required=True),
    Column("title", "标题", required=True),
    Column("kind", "类目", required=True),
    Column("aliases", "别名", cells.names, empty=[]),
    Column("best_seller", "热销", cells.yes_or_no, empty=False),
    Column("main_product", "主推", cells.yes_or_no, empty=False),
    Column("warranty_months", "质保月数", cells.number(0, 600), empty=0),
    Column("warranty_note", "质保说明"),
    Column("return_exception", "不支持无理由的原因"),
    Column("picture", "图片"),
    Column("on_sale", "上架", cells.yes_or_no, empty=True),
)
_VARIANT = (
    Column("sku", "规格编码", cells.code, required=True, item=False),
    Column("colour", "颜色", item=False),
    Column("size", "尺码", item=False, also=("规格",)),
    Column("price_fen", "价格", cells.money, required=True, item=False),
    Column("stock", "库存", cells.number(0, 10_000_000), required=True, item=False),
    Column("restock_on", "到货日期", cells.day, item=False, empty=None),
)
_CHART = (
    Column("height_cm", "适合身高", cells.span(int), item=False, empty=None),
    Column("weight_kg", "适合体重", cells.span(float), item=False, empty=None),
    Column("note", "尺码说明", item=False),
)
_ASPECTS = tuple(Column(name, header) for name, header in ASPECTS.items())
_COLUMNS = (*_PRODUCT, *_ASPECTS, *_VARIANT, *_CHART)
_PRODUCT_NAMES, _VARIANT_NAMES, _CHART_NAMES = (tuple(c.name for c in part) for part in (_PRODUCT, _VARIANT, _CHART))


def _complete(context: Context, rows: list[Row], stored: Product | None) -> Iterator[Problem]:
    charts: dict[str, tuple[int, Values]] = {}
    for row in rows:
        owner = context.uow.products.find_by_sku(row.values["sku"])
        if owner is not None and owner is not stored:
            yield Problem(row.line, "规格编码", f"已是商品 {owner.code} 的规格")
        size, chart = row.values.get("size", ""), present(row.values, _CHART_NAMES)
        line, known = charts.setdefault(size, (row.line, chart))
        if known != chart:
            yield Problem(row.line, "尺码", f"尺码 {size} 的身高体重与第 {line} 行不同")


def _attributes(values: Values, old: dict[str, str]) -> dict[str, str]:
    """An empty cell: not recorded. Aspects in the order of ASPECTS."""
    told = {name: values.get(name, old.get(name, "")) for name in ASPECTS}
    return {name: value for name, value in told.items() if value}


def _chart(rows: list[Values], old: list[SizeRow]) -> list[SizeRow]:
    """Sizes in the order of the store, then of the file; one without any figure is left out."""
    sizes = {row.size: row for row in old}
    for values in rows:
        before = sizes.get(values.get("size", ""), SizeRow(values.get("size", "")))
        facts = {name: getattr(before, name) for name in _CHART_NAMES} | present(values, _CHART_NAMES)
        sizes[before.size] = SizeRow(before.size, **facts)
    return [row for row in sizes.values() if row.height_cm or row.weight_kg or row.note]


def _values_of(product: Product) -> list[Values]:
    common = {name: getattr(product, name) for name in _PRODUCT_NAMES}
    aspects = {name: product.attributes.get(name, "") for name in ASPECTS}
    charts = {row.size: row for row in product.size_chart}
    return [
        {
            **common,
            **aspects,
            **{name: getattr(variant, name) for name in _VARIANT_NAMES},
            **{name: getattr(charts.get(variant.size, SizeRow("")), name) for name in _CHART_NAMES},
        }
        for variant in product.variants
    ]


def _variant(values: Values) -> Variant:
    return Variant(**{"colour": "", "size": "", **present(values, _VARIANT_NAMES)})


def _create(rows: list[Values]) -> Product:
    return Product(
        **present(rows[0], _PRODUCT_NAMES),
        attributes=_attributes(rows[0], {}),
        variants=[_variant(values) for values in rows],
        size_chart=_chart(rows, []),
    )


def _update(product: Any, rows: list[Values]) -> None:
    chart, attributes = _chart(rows, product.size_chart), _attributes(rows[0], product.attributes)
    assign(product, {**present(rows[0], _PRODUCT_NAMES), "attributes": attributes, "size_chart": chart})
    known = {variant.sku: variant for variant in product.variants}
    for values in rows:
        if values["sku"] in known:
            assign(known[values["sku"]], present(values, _VARIANT_NAMES))
        else:
            product.variants.append(_variant(values))


PRODUCTS = Kind(
    name="products",
    columns=_COLUMNS,
    key="code",
    row_key=("sku",),
    find=lambda uow, key: uow.products.find(key),
    add=lambda uow, product: uow.products.add(product),
    values_of=_values_of,
    create=_create,
    update=_update,
    complete=_complete,
    unique=("sku",),
)

"""Whatever is put into a file comes out of the store as it was, and the file says so of itself."""

from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.importing import Verdict
from shop.model import PromotionKind
from shop.times import local
from shop.wiring import Services
from tests.shop.importing.files import PROMOTION, load

texts = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=30).map(str.strip)
words = texts.filter(bool)
codes = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,15}", fullmatch=True).filter(lambda code: "e" not in code.lower())
fen = st.integers(0, 99_999_999)
minutes = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(
    lambda at: at.replace(second=0, microsecond=0, tzinfo=timezone.utc)
)
few = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def yuan(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


def clock_face(at: datetime) -> str:
    return f"{local(at):%Y-%m-%d %H:%M}"


@few
@given(data=st.data())
def test_products_come_back_as_they_were(services: Services, data: Any) -> None:
    code = data.draw(codes)
    title, kind = data.draw(words), data.draw(words)
    variants = data.draw(st.lists(st.tuples(texts, texts, fen, st.integers(0, 10_000)), min_size=1, max_size=4))
    rows = [
        {
            "商品编码": code, "标题": title, "类目": kind, "规格编码": f"{code}-{n}", "颜色": colour, "尺码": size,
            "价格": yuan(price), "库存": str(stock),
        }
        for n, (colour, size, price, stock) in enumerate(variants)
    ]  # fmt: skip
    load(services, "products", rows)
    assert {row.verdict for row in load(services, "products", rows).rows} == {Verdict.SAME}
    with services.unit_of_work() as uow:
        product = uow.products.get(code)
    assert (product.title, product.kind) == (title, kind)
    assert [(v.colour, v.size, v.price_fen, v.stock) for v in product.variants[: len(variants)]] == variants


@few
@given(data=st.data())
def test_promotions_come_back_as_they_were(services: Services, data: Any) -> None:
    starts, ends = sorted(data.draw(st.lists(minutes, min_size=2, max_size=2, unique=True)))
    tiers = data.draw(st.dictionaries(st.integers(1, 99_999_999), st.floats(0, 1), min_size=1, max_size=4))
    amounts = {from_fen: max(1, int(from_fen * part)) for from_fen, part in tiers.items()}
    code, how = data.draw(codes), data.draw(texts)
    rows = [
        PROMOTION
        | {"活动编码": code, "开始时间": clock_face(starts), "结束时间": clock_face(ends), "参与方式": how}
        | {"满额": yuan(from_fen), "减额": yuan(off)}
        for from_fen, off in amounts.items()
    ]
    load(services, "promotions", rows)
    assert {row.verdict for row in load(services, "promotions", rows).rows} == {Verdict.SAME}
    with services.unit_of_work() as uow:
        promotion = uow.promotions.find(code)
    assert promotion is not None
    assert (promotion.kind, promotion.starts_at, promotion.ends_at) == (PromotionKind.FULL_REDUCTION, starts, ends)
    assert {tier.from_fen: tier.off_fen for tier in promotion.tiers} == amounts
    assert promotion.how == how


@pytest.mark.parametrize("amount", [0, 1, 10, 99, 100, 1999, 123456789 // 10, 99_999_999])
def test_money_is_exact_to_the_fen(services: Services, amount: int) -> None:
    row = {"商品编码": "A", "标题": "A", "类目": "A", "规格编码": "A-1", "价格": yuan(amount), "库存": "1"}
    load(services, "products", [row])
    with services.unit_of_work() as uow:
        assert uow.products.get("A").price_fen == amount

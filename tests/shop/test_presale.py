"""Answers before buying, from the records only."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from shop.model import Product, Promotion, PromotionKind, SizeRow, Tier, Variant
from shop.ports import UnitOfWork
from shop.presale import (
    advise_size,
    best_tiers,
    find_variants,
    nearest_tier,
    recommend,
    running_promotions,
    stock_of,
)
from shop.wiring import Services
from tests.conftest import NOW
from tests.shop.making import make_product

SIZES = ("S", "L", "XL", "2XL")
SHIRT = Product("A", "T恤", "服饰", variants=[Variant(f"A{s}", c, s, 99_00, 1) for s in SIZES for c in ("藏青", "白")])
SUIT = Product(
    "B", "西装", "服饰", variants=[Variant("B1", "黑", "175/96A", 1, 1), Variant("B2", "黑", "180/100A", 1, 1)]
)


@pytest.fixture
def uow(services: Services) -> Iterator[UnitOfWork]:
    with services.unit_of_work() as uow:
        yield uow


def found(product: Product, colour: str | None, size: str | None) -> list[str]:
    return [f"{v.colour}{v.size}" for v in find_variants(product, colour, size)]


@pytest.mark.parametrize(
    ("colour", "size", "variants"),
    [
        (None, "L", ["藏青L", "白L"]),
        (None, "xl", ["藏青XL", "白XL"]),
        ("青", "2XL", ["藏青2XL"]),
        ("白", None, ["白S", "白L", "白XL", "白2XL"]),
        (None, "M", []),
        ("红", "L", []),
    ],
)
def test_variants_are_found_by_what_was_said(colour: str | None, size: str | None, variants: list[str]) -> None:
    assert found(SHIRT, colour, size) == variants


def test_a_height_finds_the_size_that_begins_with_it() -> None:
    assert found(SUIT, None, "175") == ["黑175/96A"]
    assert found(SUIT, None, "80") == []


def test_nothing_said_fits_everything() -> None:
    assert len(find_variants(SHIRT, None, None)) == 8


def test_what_is_sold_out_names_the_one_that_comes_back_first() -> None:
    later = Variant("1", "", "L", 1, 0, date(2026, 12, 9))
    sooner = Variant("2", "", "XL", 1, 0, date(2026, 12, 1))
    assert stock_of([later, sooner]) == (False, sooner)
    assert stock_of([Variant("3", "", "S", 1, 0)]) == (False, None)
    assert stock_of([later, Variant("4", "", "M", 1, 2)]) == (True, None)


def promotion(code: str, *tiers: Tier, days: tuple[int, int] = (-1, 1), products: tuple[str, ...] = ()) -> Promotion:
    start, end = (NOW + timedelta(days=d) for d in days)
    return Promotion(code, code, PromotionKind.FULL_REDUCTION, list(tiers), start, end, list(products))


@pytest.mark.req("PS-01")
def test_only_promotions_of_now_and_of_this_product_are_named(uow: UnitOfWork) -> None:
    for item in (
        promotion("now", Tier(1, 1)),
        promotion("ended", Tier(1, 1), days=(-2, 0)),
        promotion("ahead", Tier(1, 1), days=(1, 2)),
        promotion("tee", Tier(1, 1), products=("TEE",)),
    ):
        uow.promotions.add(item)
    assert {p.code for p in running_promotions(uow, NOW, make_product())} == {"now", "tee"}
    assert {p.code for p in running_promotions(uow, NOW, make_product("CAP"))} == {"now"}
    assert {p.code for p in running_promotions(uow, NOW, None)} == {"now"}


@pytest.mark.req("PS-02", "PS-10", "PS-11")
def test_a_tier_is_reached_to_the_cent_and_a_gift_that_is_gone_is_none() -> None:
    running = [
        promotion("cut", Tier(200_00, 20_00), Tier(300_00, 40_00)),
        promotion("gift", Tier(100_00, gift="棉袜", gift_stock=0), Tier(250_00, gift="帆布袋", gift_stock=1)),
    ]
    assert best_tiers(running, 199_99) == []
    assert [(p.code, t.from_fen) for p, t in best_tiers(running, 300_00)] == [("cut", 300_00), ("gift", 250_00)]
    ahead = nearest_tier(running, 200_00)
    assert ahead is not None and ahead[1].gift == "帆布袋"
    assert nearest_tier(running, 300_00) is None


CHART = [SizeRow("M", (160, 170), (50.0, 60.0)), SizeRow("L", (165, 175), (60.0, 70.0)), SizeRow("均码")]


@pytest.mark.parametrize(
    ("height", "weight", "size"),
    [(165, 55.0, "M"), (170, 65.0, "L"), (None, 60.0, "M"), (175, None, "L"), (190, 90.0, None), (None, None, None)],
)
def test_a_size_is_advised_only_where_the_chart_holds_every_figure(
    height: int | None, weight: float | None, size: str | None
) -> None:
    assert advise_size(make_product(size_chart=CHART), height, weight) == size


def test_what_is_recommended_can_be_bought_within_the_budget(uow: UnitOfWork) -> None:
    gone = Variant("MIX-1", "", "S", 50_00, 0)
    uow.products.add(make_product("MIX", variants=[gone, Variant("MIX-2", "", "L", 150_00, 3)]))
    uow.products.add(make_product("OUT", stock=0))
    uow.products.add(make_product("TOP", best_seller=True))
    assert [p.code for p in recommend(uow, None, None)] == ["TOP", "MIX"]
    assert [p.code for p in recommend(uow, "服饰", 100_00)] == ["TOP"]
    assert recommend(uow, "数码", None) == []

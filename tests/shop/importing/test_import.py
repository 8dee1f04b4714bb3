from datetime import datetime, timezone
from typing import Any

import pytest

from shop.errors import FileRefused
from shop.importing import KINDS, Verdict
from shop.model import OrderStatus
from shop.wiring import Services
from tests.shop.importing.files import BUYER, ORDER, PARCEL, PRODUCT, PROMOTION, SENT, csv_of, fill, load

SECOND_LINE = {"规格编码": "MUG-01-2", "颜色": "蓝", "价格": "69"}
ALL = {"products": PRODUCT, "buyers": BUYER, "orders": ORDER, "parcels": PARCEL, "promotions": PROMOTION}


def test_a_product_gets_one_variant_for_each_row(services: Services) -> None:
    report = load(services, "products", [PRODUCT, PRODUCT | SECOND_LINE])
    assert [row.verdict for row in report.rows] == [Verdict.NEW, Verdict.NEW]
    with services.unit_of_work() as uow:
        product = uow.products.get("MUG-01")
    assert [(v.sku, v.colour, v.price_fen) for v in product.variants] == [
        ("MUG-01-1", "白", 5990),
        ("MUG-01-2", "蓝", 6900),
    ]
    assert product.attributes == {"material": "陶瓷"}
    assert product.aliases == ["马克杯", "杯子"]


def test_an_order_is_stored_with_exact_money_and_utc_times(services: Services) -> None:
    fill(services)
    with services.unit_of_work() as uow:
        order = uow.orders.find("XS26112010001")
    assert order is not None
    assert (order.goods_fen, order.discount_fen, order.freight_fen, order.total_fen) == (11980, 1000, 650, 11630)
    assert order.paid_at == datetime(2026, 11, 20, 2, 5, tzinfo=timezone.utc)
    assert (order.lines[0].title, order.lines[0].quantity) == ("手工马克杯", 2)


def test_english_names_are_taken_as_headers(services: Services) -> None:
    load(services, "buyers", [{"id": "u9", "nick": "石榴", "phone": "13800002222"}])
    with services.unit_of_work() as uow:
        assert uow.buyers.find("u9").phone == "13800002222"  # type: ignore[union-attr]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_the_usual_encodings_are_recognised(services: Services, encoding: str) -> None:
    load(services, "buyers", csv_of([BUYER]).decode().encode(encoding))
    with services.unit_of_work() as uow:
        assert uow.buyers.find("u1").nick == "小鱼"  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_same_file_again_changes_nothing(services: Services, kind: str) -> None:
    fill(services)
    report = load(services, kind, [ALL[kind]])
    assert [row.verdict for row in report.rows] == [Verdict.SAME]


@pytest.mark.parametrize(
    ("kind", "change", "columns"),
    [
        ("products", {"库存": "3"}, "库存"),
        ("buyers", {"等级": "4"}, "等级"),
        ("orders", SENT | {"备注": "易碎"}, "状态、备注"),
        ("promotions", {"减额": "25"}, "减额"),
        ("parcels", {"地点": "余杭"}, "地点"),
    ],
)
def test_what_differs_is_named_and_taken(services: Services, kind: str, change: dict[str, str], columns: str) -> None:
    fill(services)
    assert load(services, kind, [ALL[kind] | change], dry_run=True).rows[0].reason.startswith(columns[:2])
    assert load(services, kind, [ALL[kind] | change]).rows[0].verdict is Verdict.CHANGED
    assert load(services, kind, [ALL[kind] | change]).rows[0].verdict is Verdict.SAME


def test_a_dry_run_writes_nothing(services: Services) -> None:
    assert load(services, "buyers", [BUYER], dry_run=True).rows[0].verdict is Verdict.NEW
    with services.unit_of_work() as uow:
        assert uow.buyers.find("u1") is None


def test_a_dry_run_gives_every_row_its_verdict(services: Services) -> None:
    fill(services)
    rows = [BUYER, BUYER | {"买家编号": "u2", "昵称": "阿梨"}, BUYER | {"买家编号": "u3", "昵称": "豆豆", "等级": "高"}]
    report = load(services, "buyers", rows, dry_run=True)
    assert [row.verdict for row in report.rows] == [Verdict.SAME, Verdict.NEW, Verdict.WRONG]
    assert report.rows[2].reason == "等级:“高” 应是 0 到 99 的整数"


def test_one_bad_row_keeps_the_whole_file_out(services: Services) -> None:
    with pytest.raises(FileRefused) as refused:
        load(services, "buyers", [BUYER, BUYER | {"买家编号": "u2", "昵称": "", "等级": "x"}])
    assert [(p.line, p.column) for p in refused.value.facts["problems"]] == [(3, "昵称"), (3, "等级")]
    with services.unit_of_work() as uow:
        assert uow.buyers.find("u1") is None


@pytest.mark.req("OR-02")
def test_an_order_number_that_stands_twice_with_other_content_is_refused(services: Services) -> None:
    fill(services)
    two = [ORDER | {"订单号": "XS26112010002"}, ORDER | {"订单号": "XS26112010002", "详细地址": "别处2号"}]
    assert (3, "详细地址", "XS26112010002 重复出现,内容与第 2 行不同") in problems(services, "orders", two)
    same = [ORDER | {"订单号": "XS26112010002"}] * 2
    assert (3, "规格编码", "与第 2 行重复") in problems(services, "orders", same)


@pytest.mark.req("OR-02")
@pytest.mark.parametrize(
    "change", [{"数量": "1", "商品金额": "59.90", "实付金额": "56.40"}, {"下单时间": "2026-11-20 09:59"}]
)
def test_an_order_number_that_the_shop_has_keeps_its_content(services: Services, change: dict[str, str]) -> None:
    fill(services)
    found = problems(services, "orders", [ORDER | change])
    assert any("已存在,且内容不同" in reason for _, _, reason in found)


def test_columns_that_the_file_has_not_stay_as_they_are(services: Services) -> None:
    fill(services)
    short = {name: PRODUCT[name] for name in ("商品编码", "标题", "类目", "规格编码", "价格")} | {"库存": "7"}
    load(services, "products", [short])
    with services.unit_of_work() as uow:
        product = uow.products.get("MUG-01")
    assert (product.attributes, product.variants[0].colour, product.variants[0].stock) == (
        {"material": "陶瓷"},
        "白",
        7,
    )


def test_an_empty_cell_clears(services: Services) -> None:
    fill(services)
    load(services, "products", [PRODUCT | {"材质": ""}])
    with services.unit_of_work() as uow:
        assert uow.products.get("MUG-01").attributes == {}


@pytest.mark.req("TR-07")
def test_scans_are_added_and_lie_newest_first(services: Services) -> None:
    fill(services)
    later = {"扫描时间": "2026-11-21 06:00", "扫描类型": "到达", "物流内容": "【上海】快件已到达"}
    report = load(services, "parcels", [PARCEL, PARCEL | later])
    assert [row.verdict for row in report.rows] == [Verdict.SAME, Verdict.NEW]
    with services.unit_of_work() as uow:
        parcel = uow.parcels.find("SF1234567890123")
    assert parcel is not None
    assert [event.text for event in parcel.events] == ["【上海】快件已到达", "【杭州】快件已揽收"]


def test_a_parcel_without_scans_is_taken(services: Services) -> None:
    fill(services)
    bare = {name: PARCEL[name] for name in ("运单号", "订单号", "快递公司", "发货时间")} | {"运单号": "JT1234567890123"}
    assert load(services, "parcels", [bare]).rows[0].verdict is Verdict.NEW
    assert load(services, "parcels", [bare]).rows[0].verdict is Verdict.SAME


def test_tiers_that_the_file_has_not_are_dropped(services: Services) -> None:
    fill(services)
    load(services, "promotions", [PROMOTION, PROMOTION | {"满额": "399", "减额": "50"}])
    assert load(services, "promotions", [PROMOTION]).rows[0].reason == "文件里没有的 1 行将去掉"
    with services.unit_of_work() as uow:
        assert [tier.from_fen for tier in uow.promotions.find("FULL-1").tiers] == [19900]  # type: ignore[union-attr]


def test_an_order_may_name_its_buyer_by_nick(services: Services) -> None:
    fill(services)
    row: dict[str, Any] = {name: cell for name, cell in ORDER.items() if name != "买家编号"}
    load(services, "orders", [row | {"买家昵称": "小鱼", "订单号": "XS26112010003"}])
    with services.unit_of_work() as uow:
        assert uow.orders.find("XS26112010003").buyer_id == "u1"  # type: ignore[union-attr]


def test_a_time_to_the_minute_is_the_stored_time_of_that_minute(services: Services) -> None:
    fill(services)
    with services.unit_of_work() as uow:
        order = uow.orders.lock("XS26112010001")
        order.created_at = order.created_at.replace(second=41)
        uow.commit()
    assert load(services, "orders", [ORDER]).rows[0].verdict is Verdict.SAME


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+86 买家", "-备注", "@小二"])
def test_text_that_looks_like_a_formula_stays_text(services: Services, text: str) -> None:
    fill(services)
    load(services, "orders", [ORDER | {"备注": text}])
    with services.unit_of_work() as uow:
        assert uow.orders.find("XS26112010001").memo == text  # type: ignore[union-attr]


def test_an_order_moves_on_but_not_back(services: Services) -> None:
    fill(services)
    load(services, "orders", [ORDER | SENT])
    assert ("状态", "订单不能从 已发货 变成 待发货") in [
        p[1:] for p in problems(services, "orders", [ORDER | {"发货时间": ""}])
    ]
    with services.unit_of_work() as uow:
        assert uow.orders.find("XS26112010001").status is OrderStatus.SHIPPED  # type: ignore[union-attr]


def problems(services: Services, kind: str, rows: list[dict[str, str]]) -> list[tuple[int, str, str]]:
    with pytest.raises(FileRefused) as refused:
        load(services, kind, rows)
    return [tuple(problem) for problem in refused.value.facts["problems"]]

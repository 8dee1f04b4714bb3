"""Files as people really send them. Each is refused, with the line, the column and the reason."""

import pytest

from shop.errors import FileRefused
from shop.importing import reading
from shop.wiring import Services
from tests.shop.importing.files import BUYER, ORDER, PARCEL, PRODUCT, PROMOTION, csv_of, fill, load

HEADER = "买家编号,昵称\n".encode()
GIFT = PROMOTION | {"活动编码": "G1", "类型": "满赠", "减额": ""}

WHOLE_FILES = {
    "empty": (b"", "文件是空的"),
    "blank lines only": (b"\n\n , \n", "文件是空的"),
    "Excel": (b"PK\x03\x04rest", "Excel"),
    "old Excel": (b"\xd0\xcf\x11\xe0rest", "旧版 Excel"),
    "UTF-16": ("买家编号,昵称\nu1,小鱼".encode("utf-16"), "UTF-16"),
    "NUL": (HEADER + b"u1,\x00", "空字符"),
    "no encoding": (HEADER + b"u1,\xff\xff", "编码"),
    "unknown column": ("买家编号,昵称,爱好\nu1,小鱼,茶".encode(), "不认识的列"),
    "missing column": ("买家编号\nu1".encode(), "缺少这一列"),
    "column twice": ("买家编号,昵称,id\nu1,小鱼,u1".encode(), "不止一次"),
    "semicolons": ("买家编号;昵称\nu1;小鱼".encode(), "逗号分隔"),
    "tabs": ("买家编号\t昵称\nu1\t小鱼".encode(), "逗号分隔"),
    "too few cells": (HEADER + b"u1", "有 1 格"),
    "too many cells": (HEADER + "u1,小鱼,多".encode(), "有 3 格"),
    "open quote": (HEADER + 'u1,"小鱼\nu2,阿梨'.encode(), "引号"),
    "stray quote": (HEADER + 'u1,"小"鱼'.encode(), "引号"),
    "header without a name": ("买家编号,昵称,\nu1,小鱼,".encode(), "不认识的列"),
}
CELLS = [
    ("products", PRODUCT | {"价格": "-1"}, "价格", "负数"),
    ("products", PRODUCT | {"价格": "9.999"}, "价格", "两位小数"),
    ("products", PRODUCT | {"价格": "1e3"}, "价格", "金额"),
    ("products", PRODUCT | {"价格": "NaN"}, "价格", "金额"),
    ("products", PRODUCT | {"库存": "很多"}, "库存", "整数"),
    ("products", PRODUCT | {"库存": "-1"}, "库存", "整数"),
    ("products", PRODUCT | {"到货日期": "2026-13-01"}, "到货日期", "日期"),
    ("products", PRODUCT | {"标题": "字" * 2001}, "标题", "超过"),
    ("products", PRODUCT | {"标题": "杯\x07子"}, "标题", "控制字符"),
    ("products", PRODUCT | {"商品编码": "马克杯"}, "商品编码", "字母"),
    ("orders", ORDER | {"订单号": "1.23457E+15"}, "订单号", "科学计数法"),
    ("orders", ORDER | {"买家编号": "nobody"}, "买家编号", "没有买家 nobody"),
    ("orders", ORDER | {"商品编码": "CUP-99"}, "商品编码", "没有商品"),
    ("orders", ORDER | {"规格编码": "MUG-01-9"}, "规格编码", "没有规格"),
    ("orders", ORDER | {"状态": "已发"}, "状态", "应是其中之一"),
    ("orders", ORDER | {"付款时间": ""}, "状态", "没有付款时间"),
    ("orders", ORDER | {"状态": "待付款"}, "状态", "却有付款时间"),
    ("orders", ORDER | {"付款时间": "2026-11-20 09:00"}, "付款时间", "早于下单时间"),
    ("orders", ORDER | {"下单时间": "昨天"}, "下单时间", "应是时间"),
    ("orders", ORDER | {"商品金额": "100"}, "商品金额", "119.80"),
    ("orders", ORDER | {"实付金额": "116.31"}, "实付金额", "116.30"),
    ("orders", ORDER | {"数量": "0"}, "数量", "整数"),
    ("orders", ORDER | {"收货手机": "没有"}, "收货手机", "电话"),
    ("orders", ORDER | {"省": "蓬莱"}, "省", "省份"),
    ("parcels", PARCEL | {"订单号": "XS0"}, "订单号", "没有订单"),
    ("parcels", PARCEL | {"快递公司": "飞毯"}, "快递公司", "不认识"),
    ("parcels", PARCEL | {"扫描类型": ""}, "扫描类型", "不能为空"),
    ("parcels", PARCEL | {"扫描类型": "飞走"}, "扫描类型", "应是其中之一"),
    ("promotions", PROMOTION | {"结束时间": "2026-11-01 00:00"}, "结束时间", "晚于"),
    ("promotions", PROMOTION | {"适用商品": "MUG-01、XX"}, "适用商品", "XX"),
    ("promotions", PROMOTION | {"减额": "200"}, "减额", "大于满额"),
    ("promotions", GIFT, "赠品", "写赠品"),
    ("buyers", BUYER | {"买家编号": "u2"}, "昵称", "已是买家 u1 的昵称"),
]


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_a_file_that_is_no_table_says_why(services: Services, name: str) -> None:
    data, reason = WHOLE_FILES[name]
    with pytest.raises(FileRefused) as refused:
        load(services, "buyers", data)
    assert any(reason in problem.reason for problem in refused.value.facts["problems"])


@pytest.mark.parametrize(("kind", "row", "column", "reason"), CELLS)
def test_a_bad_cell_is_named(services: Services, kind: str, row: dict[str, str], column: str, reason: str) -> None:
    fill(services)
    with pytest.raises(FileRefused) as refused:
        load(services, kind, [row])
    found = refused.value.facts["problems"]
    assert any(p.line == 2 and p.column == column and reason in p.reason for p in found), found


def test_all_problems_are_listed(services: Services) -> None:
    rows = [BUYER | {"等级": "x"}, BUYER | {"买家编号": "", "昵称": ""}, BUYER | {"买家编号": "u3", "手机": "y"}]
    with pytest.raises(FileRefused) as refused:
        load(services, "buyers", rows)
    found = [(p.line, p.column) for p in refused.value.facts["problems"]]
    assert found == [(2, "等级"), (3, "买家编号"), (3, "昵称"), (4, "手机"), (4, "昵称")]


def test_lines_count_as_an_editor_counts_them(services: Services) -> None:
    rows = [BUYER | {"姓名": "两\n行"}, BUYER | {"买家编号": "u2", "昵称": "阿梨", "等级": "x"}]
    with pytest.raises(FileRefused) as refused:
        load(services, "buyers", rows)
    assert [p.line for p in refused.value.facts["problems"]] == [4]


def test_a_sku_of_another_product_is_refused(services: Services) -> None:
    fill(services)
    with pytest.raises(FileRefused, match="已是商品 MUG-01 的规格"):
        load(services, "products", [PRODUCT | {"商品编码": "MUG-02"}])


def test_files_beyond_the_limits_are_refused(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_ROWS", 2)
    rows = [BUYER | {"买家编号": f"u{n}", "昵称": f"昵称{n}"} for n in range(3)]
    load(services, "buyers", rows[:2])
    with pytest.raises(FileRefused, match="超过 2 行"):
        load(services, "buyers", rows)
    monkeypatch.setattr(reading, "MAX_BYTES", 100)
    with pytest.raises(FileRefused, match="MB"):
        load(services, "buyers", csv_of(rows))

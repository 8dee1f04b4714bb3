"""CSV files to import, as text."""

import csv
import io
from collections.abc import Sequence

from shop.importing import import_data
from shop.importing.report import Report
from shop.wiring import Services, couriers


def csv_of(rows: Sequence[dict[str, str]]) -> bytes:
    """The rows under the headers of the first one."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def load(services: Services, kind: str, rows: Sequence[dict[str, str]] | bytes, dry_run: bool = False) -> Report:
    """Import and commit, as `python -m shop import` does."""
    data = rows if isinstance(rows, bytes) else csv_of(rows)
    with services.unit_of_work() as uow:
        report = import_data(uow, kind, data, couriers(), dry_run)
        uow.commit()
    return report


PRODUCT = {
    "商品编码": "MUG-01",
    "标题": "手工马克杯",
    "类目": "家居",
    "别名": "马克杯、杯子",
    "材质": "陶瓷",
    "规格编码": "MUG-01-1",
    "颜色": "白",
    "尺码": "",
    "价格": "59.90",
    "库存": "12",
    "到货日期": "",
}
BUYER = {
    "买家编号": "u1",
    "昵称": "小鱼",
    "姓名": "陈一禾",
    "手机": "13800001111",
    "省份": "浙江省",
    "等级": "2",
    "注册时间": "2025-01-02 09:30",
}
ORDER = {
    "订单号": "XS26112010001",
    "买家编号": "u1",
    "状态": "待发货",
    "下单时间": "2026-11-20 10:00",
    "付款时间": "2026-11-20 10:05",
    "商品金额": "119.80",
    "优惠金额": "10",
    "运费": "6.5",
    "实付金额": "116.30",
    "收货人": "陈一禾",
    "收货手机": "13800001111",
    "省": "浙江",
    "市": "杭州市",
    "区": "西湖区",
    "详细地址": "丰禾路1号",
    "备注": "",
    "商品编码": "MUG-01",
    "规格编码": "MUG-01-1",
    "数量": "2",
    "单价": "59.90",
}
SENT = {"状态": "已发货", "发货时间": "2026-11-20 15:00"}
PARCEL = {
    "运单号": "SF1234567890123",
    "订单号": "XS26112010001",
    "快递公司": "顺丰",
    "发货时间": "2026-11-20 15:00",
    "扫描时间": "2026-11-20 18:20",
    "扫描类型": "揽收",
    "物流内容": "【杭州】快件已揽收",
    "地点": "杭州",
}
PROMOTION = {
    "活动编码": "FULL-1",
    "名称": "满减",
    "类型": "满减",
    "开始时间": "2026-11-01 00:00",
    "结束时间": "2026-12-01 00:00",
    "适用商品": "",
    "满额": "199",
    "减额": "20",
}


def fill(services: Services) -> None:
    """One of everything."""
    for kind, row in (("products", PRODUCT), ("buyers", BUYER), ("orders", ORDER)):
        load(services, kind, [row])
    load(services, "parcels", [PARCEL])
    load(services, "promotions", [PROMOTION])

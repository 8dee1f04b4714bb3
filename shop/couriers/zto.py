"""中通快递."""

from shop.couriers.base import WaybillCourier

COURIER = WaybillCourier(
    code="zto",
    name="中通快递",
    aliases=("中通", "ZTO"),
    phone="95311",
    form=r"ZTO?\d{10,15}|7[356789]\d{12}",
    example="78123456789012",
)

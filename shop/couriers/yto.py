"""圆通速递."""

from shop.couriers.base import WaybillCourier

COURIER = WaybillCourier(
    code="yto",
    name="圆通速递",
    aliases=("圆通", "园通", "圆通快递", "YTO"),
    phone="95554",
    form=r"YTO?\d{10,15}",
    example="YT1234567890123",
)

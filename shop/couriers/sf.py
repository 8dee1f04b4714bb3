"""顺丰速运."""

from shop.couriers.base import WaybillCourier

COURIER = WaybillCourier(
    code="sf",
    name="顺丰速运",
    aliases=("顺丰", "顺风", "顺丰快递", "SF"),
    phone="95338",
    form=r"SF\d{12,15}",
    example="SF1234567890123",
)

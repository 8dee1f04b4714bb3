"""韵达快递."""

from shop.couriers.base import WaybillCourier

COURIER = WaybillCourier(
    code="yunda",
    name="韵达快递",
    aliases=("韵达", "韵达速递", "运达"),
    phone="95546",
    form=r"YD\d{10,15}|(?:31|43|46)\d{11}(?:\d{2})?",
    example="4312345678901",
)

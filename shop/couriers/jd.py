"""京东快递."""

from shop.couriers.base import WaybillCourier

COURIER = WaybillCourier(
    code="jd",
    name="京东快递",
    aliases=("京东", "京东物流", "JD"),
    phone="950616",
    form=r"JD[A-Z]{0,2}\d{10,15}(?:\d{1,4})?",
    example="JDVA12345678901",
)

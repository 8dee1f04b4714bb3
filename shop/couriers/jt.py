"""极兔速递."""

from shop.couriers.base import WaybillCourier

COURIER = WaybillCourier(
    code="jt",
    name="极兔速递",
    aliases=("极兔", "兔子快递", "J&T"),
    phone="956025",
    form=r"JT\d{10,15}",
    example="JT1234567890123",
)

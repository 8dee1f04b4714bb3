"""申通快递."""

from shop.couriers.base import WaybillCourier

COURIER = WaybillCourier(
    code="sto",
    name="申通快递",
    aliases=("申通", "STO"),
    phone="95543",
    form=r"STO?\d{10,15}|77\d{13}",
    example="771234567890123",
)

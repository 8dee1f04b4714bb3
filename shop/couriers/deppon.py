"""德邦快递."""

from shop.couriers.base import WaybillCourier

COURIER = WaybillCourier(
    code="deppon",
    name="德邦快递",
    aliases=("德邦", "德邦物流", "DPK"),
    phone="95353",
    form=r"DPK\d{10,15}",
    example="DPK123456789012",
)

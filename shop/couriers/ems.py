"""邮政EMS."""

from shop.couriers.base import WaybillCourier

COURIER = WaybillCourier(
    code="ems",
    name="邮政EMS",
    aliases=("邮政", "EMS", "中国邮政", "邮政快递", "邮政小包"),
    phone="11183",
    form=r"[CEGKLPR][A-Z]\d{9}CN|EMS\d{9,13}|(?:1[0-3]|9[0-9])\d{11}",
    example="9812345678901",
)

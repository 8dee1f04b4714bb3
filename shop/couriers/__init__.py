"""The courier companies that the shop can name: one file each, one line each here."""

from shop.couriers import deppon, ems, jd, jt, sf, sto, yto, yunda, zto
from shop.couriers.base import WaybillCourier

COURIERS: tuple[WaybillCourier, ...] = (
    sf.COURIER,
    zto.COURIER,
    yto.COURIER,
    sto.COURIER,
    yunda.COURIER,
    jd.COURIER,
    ems.COURIER,
    jt.COURIER,
    deppon.COURIER,
)
"""In the order in which they are tried on a waybill."""

"""What a courier is here: names, a hotline, the form of its waybills."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class WaybillCourier:
    """A `shop.ports.Courier` told by the form of its numbers. `form` is matched against capitals without blanks."""

    code: str
    name: str
    aliases: tuple[str, ...]
    phone: str
    """The public hotline."""
    form: str
    """Regular expression for a whole number."""
    example: str

    def knows(self, waybill: str) -> bool:
        return re.fullmatch(self.form, tidy(waybill), re.ASCII) is not None


def tidy(waybill: str) -> str:
    """As couriers print it: capitals, no blanks or hyphens between the digits."""
    return re.sub(r"[\s-]", "", waybill).upper()

"""What is for sale and what sending it costs."""

from dataclasses import dataclass, field
from datetime import date, time


@dataclass(eq=False)
class Variant:
    """One colour and size of a product. `stock` counts sellable pieces."""

    sku: str
    colour: str
    size: str
    price_fen: int
    stock: int
    restock_on: date | None = None

    @property
    def label(self) -> str:
        """What tells it from its sisters, e.g. `藏青 L`; empty for a product of one kind."""
        return " ".join(part for part in (self.colour, self.size) if part)


@dataclass(frozen=True)
class SizeRow:
    """A line of a size chart; each range is inclusive, None where the chart says nothing of it."""

    size: str
    height_cm: tuple[int, int] | None = None
    weight_kg: tuple[float, float] | None = None
    note: str = ""


@dataclass(eq=False)
class Product:
    """`attributes` maps the aspect names of `shop.presale.ASPECTS` to recorded text; what is not there is not known."""

    code: str
    title: str
    kind: str
    attributes: dict[str, str] = field(default_factory=dict)
    variants: list[Variant] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    best_seller: bool = False
    main_product: bool = False
    size_chart: list[SizeRow] = field(default_factory=list)
    warranty_months: int = 0
    warranty_note: str = ""
    return_exception: str = ""
    """Why 七天无理由 does not hold for it (贴身衣物, 生鲜 …); empty where it does."""
    picture: str = ""
    on_sale: bool = True

    @property
    def price_fen(self) -> int:
        """The lowest price it is sold at."""
        return min((v.price_fen for v in self.variants), default=0)

    @property
    def stock(self) -> int:
        return sum(max(0, v.stock) for v in self.variants)


@dataclass(frozen=True)
class FreightRegion:
    """What sending there costs, by weight. `provinces` empty: all that no other region names. `covered` False: nothing
    is sent there, and the rest means nothing; nor does `free_from_fen` where `free` is False.
    """

    provinces: tuple[str, ...]
    covered: bool = True
    first_fen: int = 10_00
    first_grams: int = 1000
    more_fen_per_kg: int = 5_00
    free: bool = False
    free_from_fen: int = 99_00
    days_from: int = 2
    days_to: int = 5

    @property
    def free_at_fen(self) -> int | None:
        """The goods' price from which on sending is free; None: never."""
        return self.free_from_fen if self.free else None

    @property
    def days(self) -> tuple[int, int]:
        """Usual days under way, from and to."""
        return self.days_from, self.days_to


@dataclass(eq=False)
class FreightTemplate:
    """How the shop sends; what it costs is a rule. Paid before `cut_off`: handed to the courier the same day."""

    code: str
    title: str
    couriers: list[str]
    """Codes of `shop.couriers.COURIERS`, the usual one first."""
    cut_off: time
    dispatch_hours: int
    """The promise: sent within this many hours of payment."""
    ships_from: str

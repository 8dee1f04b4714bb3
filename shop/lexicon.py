"""Names that the bot has to recognise, read from the stores."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Lexicon:
    """Code → names and aliases; `version` changes whenever anything else does."""

    products: dict[str, tuple[str, ...]] = field(default_factory=dict)
    couriers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    places: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Province → its names and its larger cities."""
    colours: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    version: str = ""

"""The names in the catalogue, for the bot's ears."""

import hashlib
import json
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.lexicon import Lexicon
from shop.places import PLACES
from shop.ports import Courier
from shop.store import tables


def read_lexicon(session: Session, couriers: Sequence[Courier]) -> Lexicon:
    """Cheap enough to ask every few seconds: reads four columns and builds no model objects.

    The version is a digest of the content, so it follows every change, also one made by hand in the database.
    """
    p, v = tables.products.c, tables.variants.c
    products = {row.code: (row.title, *row.aliases) for row in session.execute(select(p.code, p.title, p.aliases))}
    colours = sorted(session.scalars(select(v.colour).where(v.colour != "").distinct()))
    sizes = sorted(session.scalars(select(v.size).where(v.size != "").distinct()))
    names = {courier.code: (courier.name, *courier.aliases) for courier in couriers}
    content = json.dumps([sorted(products.items()), colours, sizes, sorted(names)], ensure_ascii=False)
    version = hashlib.sha256(content.encode()).hexdigest()[:16]
    return Lexicon(products, names, PLACES, tuple(colours), tuple(sizes), version)

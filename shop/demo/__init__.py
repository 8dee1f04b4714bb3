"""The demo shop: invented goods, buyers and orders, every time relative to `now`, the same for the same `now`."""

from datetime import datetime
from random import Random

from shop.demo.aftersales import add_aftersales
from shop.demo.goods import demo_freight, demo_products, demo_regions
from shop.demo.orders import OrderBook
from shop.demo.people import demo_buyers, demo_staff
from shop.demo.personas import PERSONAS as PERSONAS  # passed on
from shop.demo.personas import WISHES
from shop.demo.promotions import demo_promotions
from shop.demo.situations import SHARES
from shop.ports import UnitOfWork

BY_SYSTEM = "系统"
SEED = 20261120
ORDERS = 500


def is_empty(uow: UnitOfWork) -> bool:
    """Whether nobody has put anything into the shop yet."""
    return not uow.products.on_sale() and not uow.buyers.listed(1)


def let_staff_in(uow: UnitOfWork) -> int:
    """A demo shop of before staff could sign in: gives its people their password and groups, and says how many."""
    first = next(iter(PERSONAS))
    if uow.buyers.find_by_nick(first) is None:
        return 0
    left = [(known, new) for new in demo_staff() if (known := uow.people.find(new.id)) and not known.password_hash]
    left = [(known, new) for known, new in left if (known.name, known.role) == (new.name, new.role)]
    for known, new in left:
        known.password_hash, known.groups = new.password_hash, known.groups or new.groups
    return len(left)


def seed(uow: UnitOfWork, now: datetime, seed: int = SEED) -> None:
    """Fill an empty shop; the caller commits. `now` is aware. A few seconds."""
    rng = Random(seed)  # noqa: S311  # play money
    staff = demo_staff()
    regions = demo_regions()
    products = demo_products(now)
    buyers = demo_buyers(rng, now)
    for product in products:
        uow.products.add(product)
    for promotion in demo_promotions(now):
        uow.promotions.add(promotion)
    uow.freight.add(demo_freight())
    uow.policies.set("freight_regions", regions, BY_SYSTEM, now)
    for person in staff:
        uow.people.add(person)
    for buyer in buyers:
        uow.buyers.add(buyer)
    book = OrderBook(uow, rng, now, products, regions)
    by_nick = {buyer.nick: buyer for buyer in buyers}
    for wish in WISHES:
        book.write(by_nick[wish.nick], wish.situation, wish.serial)
    crowd = [buyer for buyer in buyers if buyer.nick not in PERSONAS]
    for situation in rng.choices(list(SHARES), list(SHARES.values()), k=ORDERS - len(WISHES)):
        book.write(rng.choice(crowd), situation)
    add_aftersales(uow, rng, now, book)

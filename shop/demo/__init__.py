"""The demo shop: invented goods, buyers and orders, every time relative to `now`, the same for the same `now`."""

from datetime import datetime
from random import Random

from shop.demo.aftersales import add_aftersales
from shop.demo.goods import demo_freight, demo_products
from shop.demo.orders import OrderBook
from shop.demo.people import demo_buyers, demo_staff
from shop.demo.personas import PERSONAS as PERSONAS  # passed on
from shop.demo.personas import WISHES
from shop.demo.promotions import demo_promotions
from shop.demo.situations import SHARES
from shop.ports import UnitOfWork

SEED = 20261120
ORDERS = 500


def is_empty(uow: UnitOfWork) -> bool:
    """Whether nobody has put anything into the shop yet."""
    return not uow.products.on_sale() and not uow.buyers.listed(1)


def seed(uow: UnitOfWork, now: datetime, seed: int = SEED) -> None:
    """Fill an empty shop; the caller commits. `now` is aware. A few seconds."""
    rng = Random(seed)  # noqa: S311  # play money
    freight = demo_freight()
    products = demo_products(now)
    buyers = demo_buyers(rng, now)
    for product in products:
        uow.products.add(product)
    for promotion in demo_promotions(now):
        uow.promotions.add(promotion)
    uow.freight.add(freight)
    for person in demo_staff():
        uow.people.add(person)
    for buyer in buyers:
        uow.buyers.add(buyer)
    book = OrderBook(uow, rng, now, products, freight)
    by_nick = {buyer.nick: buyer for buyer in buyers}
    for wish in WISHES:
        book.write(by_nick[wish.nick], wish.situation, wish.serial)
    crowd = [buyer for buyer in buyers if buyer.nick not in PERSONAS]
    for situation in rng.choices(list(SHARES), list(SHARES.values()), k=ORDERS - len(WISHES)):
        book.write(rng.choice(crowd), situation)
    add_aftersales(uow, rng, now, book)

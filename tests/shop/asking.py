"""A buyer's request for a price, as the bot puts it before the leaders."""

from shop.approvals import ask_leader
from shop.bargaining import about_product
from shop.conversations import open_conversation
from shop.model import Buyer
from shop.ports import UnitOfWork
from shop.wiring import Services
from tests.shop.making import make_product

LIST_FEN, ASKED_FEN = 100_00, 92_00
"""With the shipped rules an agent may go down to 94 yuan, a supervisor to 88, the bot to 97."""


def open_talk(uow: UnitOfWork, buyer_id: str = "b1", nick: str = "晴天", now=None) -> str:
    if uow.products.find("TEE") is None:
        uow.products.add(make_product())
    if uow.buyers.find(buyer_id) is None:
        uow.buyers.add(Buyer(buyer_id, nick))
    return open_conversation(uow, buyer_id, None, nick, now=now).id


def put_request(services: Services, asked_fen: int | None = ASKED_FEN, buyer_id: str = "b1", nick: str = "晴天") -> str:
    """Its number."""
    now = services.clock.now()
    with services.unit_of_work() as uow:
        talk = uow.conversations.lock(open_talk(uow, buyer_id, nick, now))
        subject = about_product(uow.products.get("TEE"))
        approval = ask_leader(uow, talk, subject, asked_fen, attempt=1, now=now, turn_id="")
        uow.commit()
        return approval.number

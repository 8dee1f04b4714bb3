"""Which people a buyer goes to, and that the choice explains itself."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from at_work import put_seat

from shop.conversations import Line, open_conversation
from shop.handover import Passing, pass_on
from shop.model import Buyer, Holder, Order, OrderLine, OrderStatus, Receiver, SeatState
from shop.moment import Moment
from shop.policy import Policy
from shop.reaching import call_person
from shop.routing import choose, find_group
from shop.wiring import Services

ORDER_NO = "XS261120000123"


def talk_about(services: Services, intent: str = "", status: OrderStatus | None = None, guest: str = "g1") -> str:
    """A conversation about that, with the bot; `status` of the order that is meant."""
    with services.unit_of_work() as uow:
        talk = open_conversation(uow, None, guest, guest, now=services.clock.now())
        talk.intent = intent
        if status is not None:
            uow.buyers.add(Buyer("b1", "晴天"))
            receiver = Receiver("李晴", "13800138000", "浙江", "杭州", "西湖区", "文三路1号")
            line = OrderLine("S1", "T1", "T恤", "", 1, 5900)
            uow.orders.add(Order(ORDER_NO, "b1", status, services.clock.now(), receiver, [line], 5900, total_fen=5900))
            talk.order_no = ORDER_NO
        uow.commit()
        return talk.id


@pytest.mark.req("HE-04", "HE-05", "HE-18")
@pytest.mark.parametrize(
    ("intent", "status", "group"),
    [
        ("ask_stock", None, "presale"),
        ("bargain", None, "presale"),
        ("request_return", None, "aftersale"),
        ("track_order", OrderStatus.UNPAID, "aftersale"),
        ("complain", OrderStatus.SHIPPED, "lead"),
        ("claim_compensation", None, "lead"),
        ("greet", OrderStatus.UNPAID, "presale"),
        ("greet", OrderStatus.SHIPPED, "aftersale"),
        ("", OrderStatus.TO_SHIP, "aftersale"),
        ("greet", None, "general"),
        ("no_such_intent", None, "general"),
    ],
)
def test_the_group_follows_the_wish_then_the_order(
    services: Services, intent: str, status: OrderStatus | None, group: str
) -> None:
    talk = talk_about(services, intent, status)
    with services.unit_of_work() as uow:
        code, why = find_group(uow, uow.conversations.find(talk))
    assert code == group
    assert why


def chosen(services: Services, talk: str, **options: object) -> tuple[str | None, str]:
    with services.unit_of_work() as uow:
        choice = choose(uow, uow.conversations.lock(talk), Policy(max_buyers=2), **options)
        return choice.chair and choice.chair.staff.name, "；".join(choice.why)


def hold(services: Services, staff_id: str, guest: str) -> None:
    with services.unit_of_work() as uow:
        talk = open_conversation(uow, None, guest, guest, now=services.clock.now())
        pass_on(uow, talk, Passing("bot", agent=uow.people.find(staff_id)), services.clock.now())
        uow.commit()


def test_the_last_agent_first_then_the_least_loaded(services: Services) -> None:
    put_seat(services, "331")
    put_seat(services, "341")
    talk = talk_about(services, "request_return")
    assert chosen(services, talk)[0] == "小满"
    with services.unit_of_work() as uow:
        uow.conversations.lock(talk).last_agent_id = "341"
        uow.commit()
    name, why = chosen(services, talk)
    assert (name, "上次由小安接待" in why) == ("小安", True)
    for guest in ("g2", "g3"):
        hold(services, "341", guest)
    assert chosen(services, talk)[0] == "小满", "who has no room does not get even a buyer of old"
    for guest in ("g4", "g5"):
        hold(services, "331", guest)
    assert chosen(services, talk) == (None, "买家退货，归售后组；暂时没有空位，排队等候")


@pytest.mark.req("HE-03")
def test_nobody_waits_for_a_group_of_which_nobody_is_at_work(services: Services) -> None:
    put_seat(services, "321")
    assert chosen(services, talk_about(services, "request_return"))[0] == "小禾"
    put_seat(services, "331", SeatState.BUSY)
    assert chosen(services, talk_about(services, "request_return"))[0] is None
    assert chosen(services, talk_about(services, "complain", guest="g9"))[0] == "小禾"
    put_seat(services, "200", SeatState.BUSY)
    assert chosen(services, talk_about(services, "complain", guest="g9"))[0] is None
    put_seat(services, "200")
    assert chosen(services, talk_about(services, "complain", guest="g9"))[0] == "南星"


def test_a_complaint_does_not_go_back_to_the_agent_of_last_time(services: Services) -> None:
    put_seat(services, "341")
    put_seat(services, "200")
    talk = talk_about(services, "complain")
    with services.unit_of_work() as uow:
        uow.conversations.lock(talk).last_agent_id = "341"
        uow.commit()
    assert chosen(services, talk)[0] == "南星"


@pytest.mark.parametrize("state", [SeatState.PAUSED, SeatState.BUSY, SeatState.OFFLINE])
def test_who_takes_no_new_buyers_gets_none(services: Services, state: SeatState) -> None:
    put_seat(services, "341", state)
    assert chosen(services, talk_about(services, "ask_stock"))[0] is None


def test_a_seat_is_never_overfilled_by_buyers_who_come_at_once(services: Services) -> None:
    put_seat(services, "341")
    talks = [talk_about(services, "ask_stock", guest=f"g{n}") for n in range(8)]

    def call(talk: str) -> None:
        with services.unit_of_work() as uow:
            at = Moment(services.clock.now(), Policy(max_buyers=3), lambda key, **facts: Line(key, key))
            call_person(uow, uow.conversations.lock(talk), "买家要求人工", at)
            uow.commit()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(call, talks))
    with services.unit_of_work() as uow:
        holders = [uow.conversations.find(talk).holder for talk in talks]
    assert sorted(holder.value for holder in holders) == ["agent"] * 3 + ["queue"] * 5
    assert Holder.BOT not in holders

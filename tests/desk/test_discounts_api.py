"""What was given off, per person and day, over the API: sums, who approved, and the file to take along. BG-11."""

import csv
import io
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from at_work import employ
from consoles import sign_in
from openpyxl import load_workbook
from wire import RunningDesk

from shop.agent_prices import Wish, ask_for_price, give_price
from shop.approval_answers import Verdict, answer_request
from shop.approvals import ask_leader
from shop.conversations import Line
from shop.model import ApprovalState, ChangeKind
from shop.moment import Moment
from shop.offers import about_product, give_offer
from shop.takeover import take
from shop.wiring import Services
from tests.conftest import SettableClock
from tests.shop.asking import open_talk

SUPERVISOR, AGENT = "200", "321"
GRANT = Verdict(ApprovalState.GRANTED)
Get = Callable[..., Any]


@pytest.fixture
def get(desk: RunningDesk, services: Services) -> Get:
    """`await get("discounts?first=…", by="200")`: the answer."""

    async def ask(path: str, by: str = SUPERVISOR) -> httpx.Response:
        headers = {"Cookie": sign_in(services, by), "Origin": desk.url}
        async with httpx.AsyncClient(base_url=desk.url, trust_env=False, timeout=60) as http:
            return await http.get(f"/api/v1/{path}", headers=headers)

    return ask


@pytest.fixture
def given(services: Services, clock: SettableClock) -> str:
    """Of a thing for 100 yuan: yesterday the bot gave 97 to =晴天; today the agent gives 95, asks for 90 and gets it,
    and the bot, too, asks for 92 for another buyer. That one's talk.
    """
    clock.advance(days=-1)
    with services.unit_of_work() as uow:
        at = Moment(clock.now(), uow.policies.current(), lambda key, **facts: Line(key, key))
        talk = uow.conversations.lock(open_talk(uow, "b1", "=晴天", clock.now()))
        subject = about_product(uow.products.get("TEE"))
        give_offer(uow, talk, subject, 97_00, policy=at.policy, now=at.now)
        uow.commit()
    clock.advance(days=1)
    with services.unit_of_work() as uow:
        at = Moment(clock.now(), uow.policies.current(), lambda key, **facts: Line(key, key))
        agent, leader = employ(uow, AGENT), employ(uow, SUPERVISOR)
        take(uow, talk.id, agent, at)
        give_price(uow, talk.id, agent, Wish(95_00, product_code="TEE"), at)
        asked = ask_for_price(uow, talk.id, agent, Wish(90_00, product_code="TEE", reason="老客户"), at)
        answer_request(uow, asked.number, leader, GRANT, at)
        other = uow.conversations.lock(open_talk(uow, "b2", "小鱼", clock.now()))
        by_bot = ask_leader(uow, other, subject, 92_00, attempt=1, now=at.now, turn_id="")
        answer_request(uow, by_bot.number, leader, GRANT, at)
        uow.commit()
    return other.id


@pytest.mark.req("BG-11")
async def test_discounts_are_summed_per_person_and_day_with_who_approved(get: Get, given: str) -> None:
    seen = (await get("discounts")).json()
    lines = [tuple(line.values()) for line in seen["lines"]]
    assert lines == [
        ("2026-11-20", "小禾", "权限内", 1, 100_00, 5_00),
        ("2026-11-20", "小禾", "南星", 1, 100_00, 10_00),
        ("2026-11-20", "机器人", "南星", 1, 100_00, 8_00),
        ("2026-11-19", "机器人", "权限内", 1, 100_00, 3_00),
    ]
    assert seen["total"] == {"count": 4, "list_fen": 400_00, "off_fen": 26_00}
    assert (seen["first"], seen["last"]) == ("2026-11-14", "2026-11-20")


@pytest.mark.req("BG-11")
async def test_period_and_person_choose(get: Get, given: str) -> None:
    day = (await get("discounts?first=2026-11-19&last=2026-11-19")).json()
    assert [line["off_fen"] for line in day["lines"]] == [3_00]
    agent = (await get(f"discounts?agent={AGENT}")).json()
    assert agent["total"] == {"count": 2, "list_fen": 200_00, "off_fen": 15_00}
    assert {"id": "bot", "name": "机器人"} in agent["people"]


async def test_a_shop_day_begins_at_midnight_in_shanghai(get: Get, services: Services, clock: SettableClock) -> None:
    with services.unit_of_work() as uow:
        talk = uow.conversations.lock(open_talk(uow, now=clock.now()))
        subject = about_product(uow.products.get("TEE"))
        for at in (clock.at.replace(hour=15, minute=59), clock.at.replace(hour=16, minute=0)):
            give_offer(uow, talk, subject, 97_00, policy=uow.policies.current(), now=at)
        uow.commit()
    seen = (await get("discounts?first=2026-11-20&last=2026-11-21")).json()
    assert [(line["day"], line["count"]) for line in seen["lines"]] == [("2026-11-21", 1), ("2026-11-20", 1)]


@pytest.mark.parametrize(
    "period", ["first=2026-11-20&last=2026-11-19", "first=2024-01-01", "first=1999-01-01", "last=x"]
)
async def test_a_period_that_makes_no_sense_is_refused(get: Get, period: str) -> None:
    answer = await get(f"discounts?{period}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "field_wrong")


@pytest.mark.req("BG-11")
async def test_the_file_has_a_row_for_each_and_no_cell_of_it_is_run(get: Get, given: str, services: Services) -> None:
    answer = await get("discounts/export?form=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    told = "2026-11-19,14:03,机器人,'=晴天,云朵棉T恤,100.0,97.0,3.0,3.0%,权限内,已过期"
    assert ",".join(rows[1]) == told
    assert len(rows) == 5
    book = load_workbook(io.BytesIO((await get("discounts/export")).content))
    cells = list(book.worksheets[0].iter_rows(min_row=2))
    assert cells[0][3].value == "'=晴天" and {cell.data_type for row in cells for cell in row} <= {"s", "n"}
    with services.unit_of_work() as uow:
        exports = uow.changes.of(ChangeKind.EXPORT, "优惠统计", 9)
    assert [change.after["form"] for change in exports] == ["xlsx", "csv"]

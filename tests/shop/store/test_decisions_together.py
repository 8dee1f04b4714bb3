"""Two leaders who decide the same request at the same moment, on both stores."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from shop.approval_answers import Verdict, answer_request
from shop.conversations import Line
from shop.errors import Decided
from shop.model import ApprovalState, ChangeKind, OfferState, Role, Staff
from shop.moment import Moment
from shop.wiring import Services
from tests.shop.asking import put_request

VERDICTS = (Verdict(ApprovalState.CHANGED, 90_00), Verdict(ApprovalState.GRANTED))
ROUNDS = 8


@pytest.mark.req("BG-07")
def test_of_two_at_once_one_decides_and_the_other_hears_who(store: Services) -> None:
    leaders = (Staff("100", "云舒", Role.MANAGER), Staff("200", "南星", Role.SUPERVISOR))
    with store.unit_of_work() as uow:
        for leader in leaders:
            uow.people.add(leader)
        uow.commit()
    for round in range(ROUNDS):
        number, both = put_request(store, buyer_id=f"b{round}", nick=f"晴天{round}"), Barrier(2)

        def decide(which: int, number: str = number, both: Barrier = both) -> str:
            both.wait()
            try:
                with store.unit_of_work() as uow:
                    at = Moment(store.clock.now(), uow.policies.current(), lambda key, **facts: Line(key, key))
                    answer_request(uow, number, leaders[which], VERDICTS[which], at)
                    uow.commit()
                return ""
            except Decided as late:
                return str(late.facts["agent"])

        with ThreadPoolExecutor(2) as pool:
            told = list(pool.map(decide, range(2)))
        with store.unit_of_work() as uow:
            approval = uow.approvals.find(number)
            assert approval is not None
            winner = [leader.id for leader in leaders].index(approval.decided_by or "")
            assert told[winner] == "" and told[1 - winner] == leaders[winner].name
            assert len(uow.changes.of(ChangeKind.APPROVAL, number, 9)) == 1
            offers = [o for o in uow.offers.of_buyer(f"b{round}") if o.state is OfferState.OPEN]
            assert [o.price_fen for o in offers] == [approval.decided_fen]
            assert len(uow.messages.after(approval.conversation_id, 0)) == 1

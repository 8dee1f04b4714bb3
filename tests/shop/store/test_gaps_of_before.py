"""A shop that was open before gaps were noted still sees those that its log can tell."""

from gap_talks import ASKED_BACK, FINE, LOST, answer, ask, open_talk, send

from shop.gaps import list_missed
from shop.model import GapKind
from shop.store.engine import open_engine
from shop.store.migrate import downgrade, upgrade
from shop.wiring import Services


def test_questions_back_and_failed_turns_of_before_are_listed(store: Services, database_url: str) -> None:
    for guest, text, said in (
        ("g1", "能刻字吗", ASKED_BACK),
        ("g2", "怎么不亮", None),
        ("g3", "什么时候发货", FINE),
        ("g4", "弄一下", LOST),
    ):
        ask(store, guest, text, said)
    answer(store, send(store, open_talk(store, "g5"), "查物流", payload="/track_order"), ASKED_BACK)
    store.close()
    engine = open_engine(database_url)
    downgrade(engine, "0003")
    upgrade(engine)
    engine.dispose()
    with store.unit_of_work() as uow:
        found = {each.text: each.kind for each in list_missed(uow, 7, store.clock.now())}
    assert found == {"能刻字吗": GapKind.CLARIFIED, "怎么不亮": GapKind.FAILED}

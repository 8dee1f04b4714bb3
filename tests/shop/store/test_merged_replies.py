"""What managers wrote for a scene that became a condition of another is still said, and nothing else in its place."""

from typing import Any

from phrases import PhraseBook
from phrases.saved import lay_over
from shop.model import SavedReply
from shop.store.engine import open_engine
from shop.store.migrate import downgrade, upgrade
from shop.store.migrations.merged_replies import MERGED
from shop.wiring import Services
from tests.conftest import NOW


def test_words_of_before_are_said_where_they_were_said_before(store: Services, database_url: str) -> None:
    written: dict[str, Any] = {
        "picture_received": ["图片看到啦"],
        "noted": ["您的话记下了"],
        "size_question": ["您多高多重呀"],
        "order_state": ["订单我帮您看着呢"],
        "cancel_confirm": [],
    }
    with store.unit_of_work() as uow:
        for key, texts in written.items():
            uow.saved_replies.add(SavedReply(key, "场景", [{"text": text} for text in texts], "m1", NOW))
        uow.commit()
    store.close()
    engine = open_engine(database_url)
    downgrade(engine, "0003")
    upgrade(engine)
    engine.dispose()
    with store.unit_of_work() as uow:
        saved = uow.saved_replies.all()
    assert {row.key for row in saved} == {"noted", "order_state", "size_advice"}
    book = lay_over(PhraseBook.load(), saved)
    assert book.render("noted", {"picture": True}) == "图片看到啦"
    assert book.render("noted", {"picture": False}) == "您的话记下了"
    assert book.render("size_advice", {"measured": False}) == "您多高多重呀"
    assert "建议选L" in book.render("size_advice", {"size": "L"})
    assert book.render("order_state", {"status": "已发货"}) == "订单我帮您看着呢"
    assert "2笔订单" in book.render("order_state", {"several": True, "count": 2, "total_fen": 300})


def test_what_was_shipped_for_them_is_still_shipped() -> None:
    shipped = PhraseBook.load().auto
    for old, (new, when, texts) in MERGED.items():
        assert old not in shipped
        standing = {wording.text for wording in shipped[new].wordings if wording.when == when}
        assert standing >= set(texts)

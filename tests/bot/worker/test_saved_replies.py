"""Two real workers on one store: what a manager saves is what both say next."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shop.model import SavedReply
from shop.wiring import wire
from tests.bot.worker.conftest import Worker
from tests.conftest import NOW, settings_for


def save(shop: Path, *texts: str, **more: Any) -> None:
    services = wire(settings_for(shop))
    with services.unit_of_work() as uow:
        known = uow.saved_replies.find("thanks")
        if known is None:
            known = SavedReply("thanks", "道谢", [], "m1", NOW, version=0)
            uow.saved_replies.add(known)
        known.wordings, known.version = [{"text": text} for text in texts], known.version + 1
        known.enabled, known.to_person = more.get("enabled", True), more.get("to_person", False)
        known.removed = more.get("removed", False)
        uow.commit()
    services.close()


@pytest.fixture
def saved(worker_shop: Path) -> Iterator[Path]:
    """The store of all workers; afterwards they speak as shipped again."""
    yield worker_shop
    save(worker_shop, removed=True)


@pytest.mark.req("PH-06")
def test_both_workers_say_what_was_saved_and_hand_over_where_it_is_wanted(
    worker: Worker, second_worker: Worker, saved: Path
) -> None:
    both = (worker, second_worker)
    for number, text in enumerate(("您太客气啦", "应该的，您客气")):
        save(saved, text)
        assert [each.texts(f"c{number}{place}", "t", "谢谢") for place, each in enumerate(both)] == [[text], [text]]
    save(saved, "您客气", to_person=True)
    for place, each in enumerate(both):
        answer = each.turn(f"p{place}", "t", "谢谢")
        assert [message["text"] for message in answer["messages"]] == ["您客气"]
        assert answer["handover"] == {"reason": "自动回复后转人工", "note": ""}
        assert each.turn(f"p{place}", "t", "谢谢") == answer
    save(saved, enabled=False)
    for place, each in enumerate(both):
        answer = each.turn(f"o{place}", "t", "谢谢")
        assert (answer["messages"], answer["handover"]["reason"]) == ([], "自动回复已停用，由人工接待")
        assert each.turn(f"o{place}", "t", "谢谢") == answer
        assert each.texts(f"o{place}", "u", "再见")

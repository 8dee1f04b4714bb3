"""What the managers saved is said next, in every process that has a book, and only in its time."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from phrases import PhraseBook, PhraseDisabled, PhraseUnfilled
from phrases.live import LiveBook
from phrases.scenes import NEEDED, SILENT, conditions_of, describe_off, describe_when, group_of, title_of
from phrases.timing import Timing, read_timing
from shop.model import SavedReply
from shop.wiring import Services, find_replies
from tests.conftest import NOW, SettableClock, settings_for
from tests.phrases.test_keys_in_use import ROOT

Save = Callable[..., None]
SHANGHAI = timezone(timedelta(hours=8))


@pytest.fixture
def save(services: Services) -> Save:
    """Writes the reply of that key as it is to stand now."""

    def write(key: str, *wordings: dict[str, Any], **more: Any) -> None:
        with services.unit_of_work() as uow:
            known = uow.saved_replies.find(key)
            if known is None:
                uow.saved_replies.add(SavedReply(key, "场景", list(wordings), "m1", NOW, **more))
            else:
                known.wordings, known.version = list(wordings), known.version + 1
                for name, value in more.items():
                    setattr(known, name, value)
            uow.commit()

    return write


@pytest.fixture
def book_of_desk(services: Services, book: PhraseBook) -> Callable[[], LiveBook]:
    live = LiveBook(book, services.clock.now)

    def look() -> LiveBook:
        with services.unit_of_work() as uow:
            live.look(uow)
        return live

    return look


@pytest.fixture
def book_of_worker(services: Services, book: PhraseBook) -> Callable[[], LiveBook]:
    """As `bot.nlg.current_book` does it."""
    live = LiveBook(book, services.clock.now)

    def look() -> LiveBook:
        found = find_replies(live.version, services)
        if found is not None:
            live.take(*found)
        return live

    return look


Look = Callable[[], LiveBook]


@pytest.mark.req("PH-06")
def test_a_saved_text_is_said_next_in_every_book(save: Save, book_of_desk: Look, book_of_worker: Look) -> None:
    for text in ("您太客气啦", "应该的，您客气"):
        save("thanks", {"text": text})
        assert book_of_desk().render("thanks", {}) == book_of_worker().render("thanks", {}) == text
    save("thanks", {"text": "您太客气啦"}, removed=True)
    assert book_of_desk().render("thanks", {}) == book_of_worker().render("thanks", {}) != "应该的，您客气"


def test_nothing_is_read_again_where_nothing_changed(services: Services, save: Save, book_of_worker: Look) -> None:
    save("thanks", {"text": "您太客气啦"})
    version = book_of_worker().version
    assert find_replies(version, services) is None
    assert find_replies("", services) is not None


def test_a_store_that_does_not_answer_leaves_the_book_as_it_was(
    services: Services, save: Save, book_of_worker: Look, tmp_path: Any
) -> None:
    save("thanks", {"text": "您太客气啦"})
    live = book_of_worker()
    from shop.wiring import wire

    (tmp_path / "no.db").write_text("no database")
    assert find_replies(live.version, wire(settings_for(tmp_path / "no.db"))) is None
    assert find_replies(live.version, wire(settings_for(tmp_path / "missing.db"))) is None
    assert live.render("thanks", {}) == "您太客气啦"


@pytest.mark.parametrize(
    "wordings",
    [
        [{"text": "全网最低价"}],
        [{"text": "{没有}"}],
        [{"text": ""}],
        [{"text": "您好", "starts": "9"}],
        ["您好"],
        [{"text": "您好", "when": [1]}],
        [{"text": "您好"}, None],
    ],
)
def test_what_todays_checks_refuse_is_passed_over(
    save: Save, book: PhraseBook, book_of_desk: Look, wordings: list[Any]
) -> None:
    save("thanks", *wordings)
    save("goodbye", {"text": "您慢走"})
    live = book_of_desk()
    assert live.book.auto["thanks"] == book.auto["thanks"]
    assert live.render("goodbye", {}) == "您慢走"


def test_a_timed_wording_goes_first_in_its_time_and_is_not_there_outside(
    save: Save, book_of_desk: Look, clock: SettableClock
) -> None:
    night = {"text": "夜里有值班的，您请说", "starts": "22:00", "ends": "06:00"}
    save("greeting", {"text": "您好，在的"}, night)
    live = book_of_desk()
    said = {}
    for hour in (5, 6, 14, 21, 22, 23):
        clock.set(datetime(2026, 11, 20, hour, 0, tzinfo=SHANGHAI))
        said[hour] = {live.render("greeting", {}, variation) for variation in range(3)}
    day, dark = {"您好，在的"}, {"夜里有值班的，您请说"}
    assert said == {5: dark, 6: day, 14: day, 21: day, 22: dark, 23: dark}


def test_outside_the_time_of_all_its_wordings_the_shipped_ones_stand_in(
    save: Save, book: PhraseBook, book_of_desk: Look, clock: SettableClock
) -> None:
    save("greeting", {"text": "双十二快乐，您请说", "first": "2026-12-12", "last": "2026-12-12"})
    live = book_of_desk()
    assert live.render("greeting", {}) == book.render("greeting", {})
    clock.set(datetime(2026, 12, 11, 16, 0, tzinfo=timezone.utc))
    assert live.render("greeting", {}) == "双十二快乐，您请说"
    clock.advance(hours=24)
    assert live.render("greeting", {}) == book.render("greeting", {})


def test_an_own_reply_outside_its_time_is_not_there(save: Save, book_of_desk: Look) -> None:
    save("own_1", {"text": "您好", "last": "2020-01-01"}, keywords=["福袋"])
    with pytest.raises(PhraseUnfilled):
        book_of_desk().render("own_1", {})


def test_switched_off_is_off_except_what_buyers_wait_for(save: Save, book_of_desk: Look) -> None:
    for key in ("thanks", "safe", "handover_queue"):
        save(key, enabled=False)
    live = book_of_desk()
    with pytest.raises(PhraseDisabled):
        live.render("thanks", {})
    assert live.safe() and live.render("handover_queue", {})


@pytest.mark.parametrize(
    ("plain", "why"),
    [
        ({"starts": "09:00"}, "开始和结束"),
        ({"starts": "24:00", "ends": "25:00"}, "09:00"),
        ({"starts": "09:00", "ends": "09:00"}, "同一个时间"),
        ({"first": "11月"}, "2026-11-20"),
        ({"first": "2026-02-30"}, "2026-11-20"),
        ({"first": "2026-11-20", "last": "2026-11-19"}, "早"),
    ],
)
def test_a_time_that_cannot_be_is_refused(plain: dict[str, str], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_timing(plain)


def test_no_time_is_always() -> None:
    assert not read_timing({}) and Timing().holds(NOW)


# what the page says of the scenes


def test_every_scene_has_a_group_a_title_and_words_for_its_conditions(book: PhraseBook) -> None:
    for reply in book.auto.values():
        assert group_of(reply) and describe_off(reply)
        assert not any(sign.isascii() and sign.isalpha() for sign in title_of(reply)), reply.key
        for when in conditions_of(reply):
            label = describe_when(when)
            assert not any(name in label for name in when) and "True" not in label, (reply.key, when)


def test_what_the_desk_says_itself_is_known_to_be_silent_or_needed(book: PhraseBook) -> None:
    import re

    texts = [path.read_text("utf-8") for folder in ("desk", "shop") for path in (ROOT / folder).rglob("*.py")]
    by_desk = {key for text in texts for key in re.findall(r'\b(?:say|line)\(\s*"([a-z_]+)"', text)}
    by_bot = {reply.key for reply in book.auto.values() if reply.topic in ("bargain",)}
    assert by_desk - by_bot - SILENT - NEEDED == set()
    assert book.auto.keys() >= SILENT | NEEDED

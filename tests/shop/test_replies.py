"""The shop's auto-replies over the shipped ones: at most a hundred, nothing lost between two, all written down."""

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.errors import FieldWrong, KeywordTaken, NotFound, PhraseChanged, TooMany
from shop.model import ChangeKind, Role, SavedReply, Staff
from shop.ports import UnitOfWork
from shop.replies import (
    MOST,
    ReplyDraft,
    count_replies,
    describe,
    find_earlier,
    find_said,
    history_of,
    remove_reply,
    save_reply,
    switch_reply,
)
from shop.wiring import Services, wire
from tests.conftest import NOW, settings_for

BOSS, DEPUTY = Staff("m1", "阿主管", Role.MANAGER), Staff("m2", "小副", Role.MANAGER)
SHIPPED = {"welcome": "进店", "thanks": "道谢"}


@pytest.fixture
def shop(services: Services) -> Services:
    with services.unit_of_work() as uow:
        for staff in (BOSS, DEPUTY):
            uow.people.add(replace(staff))
        uow.commit()
    return services


@contextmanager
def working(services: Services) -> Iterator[UnitOfWork]:
    with services.unit_of_work() as uow:
        yield uow
        uow.commit()


def worded(*texts: str, **more: Any) -> ReplyDraft:
    return ReplyDraft("场景", [{"text": text} for text in texts], **{"keywords": [], **more})


def save(services: Services, key: str, draft: ReplyDraft, version: int = 0, by: Staff = BOSS) -> SavedReply:
    with working(services) as uow:
        return save_reply(uow, by, key, draft, version, SHIPPED, NOW)


def own(number: int) -> ReplyDraft:
    return worded("您好", keywords=[f"词{number:03}"])


def fill(uow: UnitOfWork, count: int) -> None:
    for number in range(count):
        wordings, keywords = [{"text": "您好"}], [f"旧{number:03}"]
        uow.saved_replies.add(SavedReply(f"own_{number}", "场景", wordings, "m1", NOW, keywords=keywords))


@pytest.mark.req("PH-05")
def test_a_reply_is_written_over_the_shipped_one_and_changed_again(shop: Services) -> None:
    assert save(shop, "thanks", worded("您客气")).version == 1
    assert save(shop, "thanks", worded("不客气"), version=1).version == 2
    assert save(shop, "thanks", worded("不客气"), version=2).version == 2
    with working(shop) as uow:
        assert [c.action for c in history_of(uow, "thanks")] == ["修改", "修改"]


def test_who_was_slower_is_told_the_others_text_and_changes_nothing(shop: Services) -> None:
    save(shop, "thanks", worded("您客气"), by=DEPUTY)
    for version in (0, 2):
        with pytest.raises(PhraseChanged) as refused:
            save(shop, "thanks", worded("不客气"), version=version)
        theirs = refused.value.facts["theirs"]
        assert (theirs["wordings"], theirs["by"], theirs["version"]) == ([{"text": "您客气"}], "小副", 1)
    with pytest.raises(PhraseChanged), working(shop) as uow:
        remove_reply(uow, BOSS, "thanks", 0, SHIPPED, NOW)
    with pytest.raises(PhraseChanged), working(shop) as uow:
        switch_reply(uow, BOSS, "thanks", False, 0, SHIPPED, NOW)
    with working(shop) as uow:
        assert describe(uow.saved_replies.all()[0])["wordings"] == [{"text": "您客气"}]


def test_a_shipped_one_is_switched_off_and_put_back_and_never_gone(shop: Services) -> None:
    with working(shop) as uow:
        off = switch_reply(uow, BOSS, "welcome", False, 0, SHIPPED, NOW)
        assert (off.enabled, off.wordings, off.scene) == (False, [], "进店")
    with working(shop) as uow:
        assert switch_reply(uow, BOSS, "welcome", False, 0, SHIPPED, NOW).version == 1
    with working(shop) as uow:
        remove_reply(uow, BOSS, "welcome", 1, SHIPPED, NOW)
        remove_reply(uow, BOSS, "welcome", 1, SHIPPED, NOW)
        assert count_replies(uow, SHIPPED) == 2
    with working(shop) as uow:
        assert [c.action for c in history_of(uow, "welcome")] == ["恢复出厂", "停用"]
    assert save(shop, "welcome", worded("欢迎您"), version=2).version == 3


@pytest.mark.req("PH-33")
def test_an_earlier_state_is_found_by_its_change_alone(shop: Services) -> None:
    save(shop, "thanks", worded("您客气"))
    with working(shop) as uow:
        remove_reply(uow, BOSS, "thanks", 1, SHIPPED, NOW)
    with working(shop) as uow:
        gone, first = history_of(uow, "thanks")
        assert (first.by, first.name, first.kind) == ("m1", "阿主管", ChangeKind.AUTO_REPLY)
        assert find_earlier(uow, "thanks", first.id or 0) == worded("您客气")
        assert find_earlier(uow, "thanks", gone.id or 0) is None
        with pytest.raises(NotFound):
            find_earlier(uow, "welcome", first.id or 0)


def test_an_own_one_gets_a_number_that_none_had_before(shop: Services) -> None:
    assert save(shop, "", own(1)).key == "own_1"
    with working(shop) as uow:
        remove_reply(uow, BOSS, "own_1", 1, SHIPPED, NOW)
    assert save(shop, "", own(1)).key == "own_2"
    with pytest.raises(NotFound):
        save(shop, "own_9", own(2))


@pytest.mark.parametrize("keyword", ["福袋", "福袋活动", "FU袋", "fu 袋"])
def test_no_keyword_stands_in_another(shop: Services, keyword: str) -> None:
    save(shop, "", worded("您好", keywords=["福袋", "ｆｕ袋"]))
    with pytest.raises(KeywordTaken):
        save(shop, "", worded("您好", keywords=[keyword]))
    assert save(shop, "own_1", worded("您看首页", keywords=["福袋活动"]), version=1).keywords == ["福袋活动"]


@pytest.mark.parametrize("draft", [worded("您好", keywords=["一"]), worded("您好"), worded(keywords=["福袋"])])
def test_an_own_one_needs_words_and_keywords_of_two_signs(shop: Services, draft: ReplyDraft) -> None:
    with pytest.raises(FieldWrong):
        save(shop, "", draft)


def test_a_keyword_is_found_however_it_is_written() -> None:
    assert find_said(["上新", "fu袋"], "今天 ＦＵ 袋有吗") == "fu袋"
    assert find_said(["上新"], "上个新款") is None


@pytest.mark.req("PH-01")
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(start=st.integers(MOST - 5, MOST), deeds=st.lists(st.sampled_from(["add", "remove", "change"]), max_size=12))
def test_there_are_never_more_than_a_hundred(empty_shop: Path, start: int, deeds: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "shop.db"
        file.write_bytes(empty_shop.read_bytes())
        shop = wire(settings_for(file))
        with working(shop) as uow:
            fill(uow, start - len(SHIPPED))
        count = start
        for number, deed in enumerate(deeds):
            with working(shop) as uow:
                alive = [row for row in uow.saved_replies.all() if not row.removed]
            row = alive[-1]
            if deed == "add" and count >= MOST:
                with pytest.raises(TooMany):
                    save(shop, "", own(number))
            elif deed == "add":
                save(shop, "", own(number))
                count += 1
            elif deed == "change":
                save(shop, row.key, worded(f"第{number}次", keywords=row.keywords or []), version=row.version)
            else:
                with working(shop) as uow:
                    remove_reply(uow, BOSS, row.key, row.version, SHIPPED, NOW)
                count -= 1
            with working(shop) as uow:
                assert count_replies(uow, SHIPPED) == count <= MOST
        shop.close()


@pytest.mark.req("PH-01")
def test_managers_who_save_at_once_do_not_make_the_hundred_and_first(shop: Services) -> None:
    with working(shop) as uow:
        fill(uow, MOST - len(SHIPPED) - 2)
    start = Barrier(6)

    def add(number: int) -> str:
        start.wait()
        try:
            return save(shop, "", own(number)).key
        except TooMany as error:
            return f"over {error.facts['limit']}"

    with ThreadPoolExecutor(6) as threads:
        said = sorted(threads.map(add, range(6)))
    assert said == ["over 100"] * 4 + ["own_96", "own_97"]
    with working(shop) as uow:
        assert count_replies(uow, SHIPPED) == MOST

"""The quick phrases that one agent sees."""

import pytest

from phrases.checks import MOST_OF_A_KIND
from phrases.library import QuickPhrase
from phrases.quick_book import ShownPhrase, lay_over, read_book
from shop.model import SavedPhrase
from shop.wiring import Services
from tests.conftest import NOW

SHIPPED = (
    QuickPhrase("hy1", "欢迎语", "您好，欢迎光临"),
    QuickPhrase("wl1", "物流", "您的包裹已经在路上啦"),
    QuickPhrase("wl2", "物流", "包裹大约明天送到"),
)


def saved(code: str, text: str = "您好", *, owner: str = "", group: str = "物流", removed: bool = False) -> SavedPhrase:
    return SavedPhrase(owner, code, group, text, "100", NOW, removed=removed)


def codes(phrases: tuple[ShownPhrase, ...]) -> list[str]:
    return [phrase.code for phrase in phrases]


def test_as_shipped_where_nobody_wrote_anything() -> None:
    shown = lay_over(SHIPPED, [])
    assert codes(shown) == ["hy1", "wl1", "wl2"]
    assert all(phrase.shipped and phrase.kin and not phrase.own for phrase in shown)


@pytest.mark.req("PH-06", "PH-11")
def test_the_teams_lie_over_the_shipped_ones_and_new_ones_stand_in_their_group() -> None:
    shown = lay_over(SHIPPED, [saved("wl9", "自己的"), saved("wl1", "改过的"), saved("aa1", group="新组")])
    assert codes(shown) == ["hy1", "wl1", "wl2", "wl9", "aa1"]
    assert {phrase.code: phrase.text for phrase in shown}["wl1"] == "改过的"
    assert [phrase.code for phrase in shown if phrase.shipped] == ["hy1", "wl2"]


def test_a_removed_one_is_gone_and_comes_back_with_its_next_words() -> None:
    assert codes(lay_over(SHIPPED, [saved("wl1", removed=True), saved("zz1", removed=True)])) == ["hy1", "wl2"]
    assert codes(lay_over(SHIPPED, [saved("wl1")])) == ["hy1", "wl1", "wl2"]


def test_a_changed_phrase_is_kin_while_it_says_much_the_same() -> None:
    kin = {p.text: p.kin for p in lay_over(SHIPPED, [saved("wl1", "亲，您的包裹在路上啦"), saved("wl2", "周末愉快")])}
    assert kin["亲，您的包裹在路上啦"]
    assert not kin["周末愉快"]


def test_a_phrase_moved_to_another_group_stands_there() -> None:
    assert codes(lay_over(SHIPPED, [saved("hy1", group="物流")])) == ["hy1", "wl1", "wl2"]
    assert codes(lay_over(SHIPPED, [saved("wl1", group="欢迎语")])) == ["hy1", "wl1", "wl2"]
    assert codes(lay_over(SHIPPED, [saved("hy1", group="新组")])) == ["wl1", "wl2", "hy1"]


@pytest.mark.req("PH-01")
def test_a_team_has_a_hundred_and_what_it_wrote_is_among_them() -> None:
    many = tuple(QuickPhrase(f"wl{n}", "物流", "您好") for n in range(MOST_OF_A_KIND))
    shown = lay_over(many, [saved("aa1"), saved("aa2"), saved("wl99", "改过")])
    assert len(shown) == MOST_OF_A_KIND
    assert {"aa1", "aa2", "wl99"} <= set(codes(shown))
    assert not {"wl97", "wl98"} & set(codes(shown))


@pytest.mark.req("PH-01", "PH-08")
def test_everybody_sees_the_teams_and_the_own(services: Services) -> None:
    with services.unit_of_work() as uow:
        uow.saved_phrases.add(saved("wl9"))
        uow.saved_phrases.add(saved("my1", owner="341"))
        uow.saved_phrases.add(saved("my2", owner="341", removed=True))
        uow.saved_phrases.add(saved("my3", owner="342"))
        book = read_book(uow, SHIPPED, "341")
        assert codes(book) == ["hy1", "wl1", "wl2", "wl9", "my1"]
        assert [phrase.own for phrase in book] == [False] * 4 + [True]
        assert codes(read_book(uow, SHIPPED, "100")) == ["hy1", "wl1", "wl2", "wl9"]

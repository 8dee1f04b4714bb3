"""`python -m shop staff`: a real shop makes its first manager."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shop.__main__ import main
from shop.conversations import open_conversation
from shop.model import Holder
from shop.passwords import verify_password
from shop.settings import load_settings
from shop.wiring import Services, wire
from tests.shop.signing import PASSWORD, sign_in, token_of, who


@pytest.fixture
def own_shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """What `python -m shop` works on."""
    monkeypatch.setenv("SHOP_DATABASE_URL", f"sqlite:///{tmp_path / 'own.db'}")
    load_settings.cache_clear()
    main(["migrate"])
    services = wire()
    yield services
    services.close()
    load_settings.cache_clear()


def staff(monkeypatch: pytest.MonkeyPatch, *arguments: str, password: str = "") -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO(password + "\n"))
    return main(["staff", *arguments])


def test_a_new_shop_makes_its_first_manager_from_a_terminal(
    own_shop: Services, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert staff(monkeypatch, "add", "100", "云舒", "经理", password=PASSWORD) == 0
    assert staff(monkeypatch, "add", "300", "清欢", "组长", "--groups", "presale", password=PASSWORD) == 0
    assert staff(monkeypatch, "list") == 0
    out = capsys.readouterr().out
    assert PASSWORD not in out
    assert "云舒" in out
    assert "lead presale" in out
    with own_shop.unit_of_work() as uow:
        manager = uow.people.find("100")
    assert manager
    assert verify_password(PASSWORD, manager.password_hash).matches
    assert who(own_shop, token_of(own_shop, "100")) == "100"


def test_what_the_terminal_refuses_changes_nothing(
    own_shop: Services, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    staff(monkeypatch, "add", "100", "云舒", "经理", password=PASSWORD)
    capsys.readouterr()
    for arguments, password, said in (
        (("add", "101", "南星", "主管"), "12345678", "太常见"),
        (("add", "101", "南星", "主管"), "南星南星南星南星", "花名"),
        (("add", "100", "南星", "主管"), PASSWORD, "已经有人用了"),
        (("add", "101", "云舒", "主管"), PASSWORD, "花名不对"),
        (("password", "100"), "short", "至少需要 8 位"),
        (("password", "999"), PASSWORD, "没有工号为 999"),
        (("dismiss", "999"), "", "没有工号为 999"),
        (("dismiss", "100"), "", "最后一位经理"),
    ):
        assert staff(monkeypatch, *arguments, password=password) == 1
        out = capsys.readouterr().out
        assert said in out
        assert len(password) < 6 or password not in out
    with own_shop.unit_of_work() as uow:
        assert [person.id for person in uow.people.all()] == ["100"]
        manager = uow.people.find("100")
    assert manager
    assert verify_password(PASSWORD, manager.password_hash).matches
    with pytest.raises(SystemExit):
        staff(monkeypatch, "add", "101", "南星", "店长", password=PASSWORD)


def test_at_a_terminal_a_password_is_typed_twice_and_never_shown(
    own_shop: Services, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter([PASSWORD, PASSWORD, "another-one-8", "another-one-9"])
    monkeypatch.setattr("shop.staff_commands.getpass", lambda prompt: next(typed))
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    assert main(["staff", "add", "100", "云舒", "经理"]) == 0
    assert main(["staff", "password", "100"]) == 1
    assert "不一样" in capsys.readouterr().out
    with own_shop.unit_of_work() as uow:
        manager = uow.people.find("100")
    assert manager
    assert verify_password(PASSWORD, manager.password_hash).matches


def test_a_password_set_at_a_terminal_signs_every_machine_out(
    own_shop: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff(monkeypatch, "add", "100", "云舒", "经理", password=PASSWORD)
    token = token_of(own_shop, "100")
    assert staff(monkeypatch, "password", "100", password="another-one-8") == 0
    assert who(own_shop, token) is None


def test_dismissing_at_a_terminal_puts_the_talks_back_into_the_queue(
    own_shop: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff(monkeypatch, "add", "100", "云舒", "经理", password=PASSWORD)
    staff(monkeypatch, "add", "321", "小禾", "售前客服", password=PASSWORD)
    now = own_shop.clock.now()
    with own_shop.unit_of_work() as uow:
        talk = open_conversation(uow, None, "guest", "访客", now=now)
        talk.holder, talk.agent_id, talk.epoch = Holder.AGENT, "321", 2
        uow.commit()
    assert staff(monkeypatch, "dismiss", "321") == 0
    with own_shop.unit_of_work() as uow:
        after = uow.conversations.find(talk.id)
        assert [record.reason for record in uow.handovers.of_conversation(talk.id)] == ["客服离职"]
    assert after
    assert (after.holder, after.agent_id) == (Holder.QUEUE, None)
    assert sign_in(own_shop, "321") is None

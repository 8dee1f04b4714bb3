"""Who gets in, how often one may guess, and how long one stays signed in."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from shop.errors import TooManyTries
from shop.model import Role, Staff, StaffSession
from shop.passwords import PasswordHasher, Verdict, hash_password, verify_password
from shop.sign_in import begin_sign_in, digest, find_signed, finish_sign_in, sign_out, touch_session
from shop.staff import set_password
from shop.wiring import Services, wire
from tests.conftest import NOW, SettableClock, settings_for
from tests.shop.signing import HASH, PASSWORD, POLICY, hire, sign_in, token_of, who


@pytest.fixture
def team(services: Services) -> Services:
    return hire(services)


@pytest.mark.req("OR-03")
def test_a_token_is_known_and_only_its_digest_is_stored(team: Services) -> None:
    token = token_of(team)
    assert who(team, token) == "321"
    assert len(token) >= 43
    with team.unit_of_work() as uow:
        [session] = uow.staff_sessions.open_of("321")
        staff = uow.people.find("321")
    assert token not in repr(session)
    assert session.id == digest(token)
    assert staff
    assert staff.last_sign_in_at == NOW
    for other in ("", token[:-1], session.id, "\ud800"):
        assert who(team, other) is None


def test_neither_token_nor_hash_shows_in_what_is_passed_around(team: Services) -> None:
    signed = sign_in(team)
    assert signed
    with team.unit_of_work() as uow:
        claim = begin_sign_in(uow, "321", "", now=NOW, policy=POLICY)
    assert signed.token not in repr(signed).replace(repr(signed.staff), "")
    assert HASH not in repr(claim)
    assert HASH not in repr(Verdict(True, HASH))


def test_who_does_not_exist_has_left_or_has_no_password_is_refused_in_the_same_way(team: Services) -> None:
    with team.unit_of_work() as uow:
        uow.people.add(Staff("349", "小旧", Role.AGENT, active=False, password_hash=HASH))
        uow.people.add(Staff("350", "小新", Role.AGENT))
        uow.commit()
    assert [sign_in(team, staff_id) for staff_id in ("nobody", "349")] == [None, None]
    with team.unit_of_work() as uow:
        claim = begin_sign_in(uow, "350", "", now=NOW, policy=POLICY)
    assert verify_password("", claim.password_hash) == Verdict(False)
    assert sign_in(team, "321", right=False) is None


def test_a_password_that_was_changed_while_it_was_verified_opens_nothing(team: Services) -> None:
    with team.unit_of_work() as uow:
        claim = begin_sign_in(uow, "321", "", now=NOW, policy=POLICY)
    with team.unit_of_work() as uow:
        set_password(uow, "321", hash_password("another-one-8"), now=NOW)
        uow.commit()
    with team.unit_of_work() as uow:
        assert finish_sign_in(uow, claim, Verdict(True), now=NOW, policy=POLICY) is None


def test_an_id_is_read_as_it_was_meant(team: Services) -> None:
    assert sign_in(team, " ３２１ ")


def test_too_many_failures_close_an_id_until_the_first_is_a_quarter_of_an_hour_old(
    team: Services, clock: SettableClock, tmp_path: Path
) -> None:
    for _ in range(POLICY.sign_in_tries):
        assert sign_in(team, right=False) is None
        clock.advance(minutes=1)
    with closing(wire(settings_for(tmp_path / "shop.db"), clock)) as restarted, pytest.raises(TooManyTries) as refused:
        sign_in(restarted)
    assert refused.value.facts == {"minutes": 10}
    assert sign_in(team, "100")
    clock.advance(minutes=9, seconds=59)
    with pytest.raises(TooManyTries, match="minutes=1"):
        sign_in(team)
    clock.advance(seconds=1)
    assert sign_in(team)


def test_an_address_has_ten_times_as_many_tries_over_all_ids(team: Services, clock: SettableClock) -> None:
    for number in range(POLICY.sign_in_tries * 10):
        assert sign_in(team, f"guess-{number}", right=False) is None
    with pytest.raises(TooManyTries):
        sign_in(team)
    assert sign_in(team, address="10.0.0.2")
    clock.advance(minutes=15)
    assert sign_in(team)
    with team.unit_of_work() as uow:
        assert uow.sign_in_tries.count(NOW - timedelta(days=1), address="10.0.0.1") == 50
    clock.advance(seconds=1)
    assert sign_in(team)
    with team.unit_of_work() as uow:
        assert uow.sign_in_tries.count(NOW - timedelta(days=1), address="10.0.0.1") == 0


def test_many_guesses_at_once_learn_no_more_than_the_limit_allows(team: Services) -> None:
    """All begin before the first has failed; the last of them is right."""
    with team.unit_of_work() as uow:
        claims = [begin_sign_in(uow, "321", f"10.0.0.{n}", now=NOW, policy=POLICY) for n in range(8)]
    outcomes = []
    for number, claim in enumerate(claims):
        with team.unit_of_work() as uow:
            try:
                outcomes.append(finish_sign_in(uow, claim, Verdict(number == 7), now=NOW, policy=POLICY))
                uow.commit()
            except TooManyTries:
                outcomes.append("later")
    assert outcomes == [None] * 5 + ["later"] * 3


def test_a_hash_of_older_parameters_is_renewed_at_sign_in(team: Services) -> None:
    older = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with team.unit_of_work() as uow:
        set_password(uow, "321", older, now=NOW)
        uow.commit()
    with team.unit_of_work() as uow:
        claim = begin_sign_in(uow, "321", "", now=NOW, policy=POLICY)
    verdict = verify_password(PASSWORD, claim.password_hash)
    with team.unit_of_work() as uow:
        assert finish_sign_in(uow, claim, verdict, now=NOW, policy=POLICY)
        uow.commit()
    with team.unit_of_work() as uow:
        staff = uow.people.find("321")
        assert staff
        assert staff.password_hash == verdict.rehashed != older
        assert verify_password(PASSWORD, staff.password_hash) == Verdict(True)


def test_a_session_ends_after_its_hours_however_much_it_is_used(team: Services, clock: SettableClock) -> None:
    token = token_of(team)
    for _ in range(POLICY.session_hours - 1):
        clock.advance(hours=1)
        assert who(team, token) == "321"
        use(team, token)
    clock.advance(minutes=59)
    assert who(team, token) == "321"
    clock.advance(minutes=1)
    assert who(team, token) is None


def test_a_session_that_nobody_uses_ends_sooner(team: Services, clock: SettableClock) -> None:
    used, idle = token_of(team), token_of(team)
    clock.advance(hours=1)
    use(team, used)
    clock.advance(hours=1)
    assert (who(team, used), who(team, idle)) == ("321", None)


def test_the_last_use_is_noted_once_a_minute(team: Services, clock: SettableClock) -> None:
    token = token_of(team)
    due = []
    for _ in range(3):
        with team.unit_of_work() as uow:
            signed = find_signed(uow, digest(token), clock.now(), POLICY)
        assert signed
        due.append(signed.due)
        clock.advance(seconds=30)
    assert due == [False, False, True]


def use(services: Services, token: str) -> None:
    with services.unit_of_work() as uow:
        touch_session(uow, digest(token), services.clock.now())
        uow.commit()


def test_signing_out_ends_one_machine_and_leaves_the_other(team: Services, clock: SettableClock) -> None:
    here, there = token_of(team), token_of(team)
    assert here != there
    ended = clock.advance(minutes=5)
    for _ in range(2):
        with team.unit_of_work() as uow:
            sign_out(uow, digest(here), clock.now())
            sign_out(uow, digest("unknown"), clock.now())
            uow.commit()
        clock.advance(minutes=5)
    assert (who(team, here), who(team, there)) == (None, "321")
    with team.unit_of_work() as uow:
        session = uow.staff_sessions.find(digest(here))
    assert isinstance(session, StaffSession)
    assert session.ended_at == ended

"""Which passwords are taken, and what is kept of them."""

import pytest

from shop import passwords
from shop.passwords import DEMO_PASSWORD, PasswordRefused, Verdict, check_password, hash_password, verify_password
from tests.shop.signing import HASH, PASSWORD


@pytest.mark.parametrize(
    "password",
    [
        *(
            "short7!",
            "12345678",
            "98765432",
            "11111111",
            "12121212",
            "abcdefgh",
            "Password1",
            "QWERTYUIOP",
            "woaini520",
        ),
        *("my321key!", "小禾最棒了呀呀呀", "ｐａｓｓｗｏｒｄ", DEMO_PASSWORD),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_without_repeating_it(password: str) -> None:
    with pytest.raises(PasswordRefused) as refused:
        check_password(password, "321", "小禾")
    assert refused.value.facts["why"]
    assert password not in str(refused.value)


@pytest.mark.parametrize("password", [PASSWORD, "correct horse battery", "Tq7#mZ2p", "春眠不觉晓处处闻啼鸟"])
def test_a_good_password_is_taken(password: str) -> None:
    check_password(password, "321", "小禾")
    check_password(password + "1", "1", "禾")


def test_a_hash_matches_its_password_only_and_is_salted() -> None:
    assert verify_password(PASSWORD, HASH) == Verdict(True)
    assert not verify_password(PASSWORD + " ", HASH).matches
    assert hash_password(PASSWORD) != HASH
    assert HASH.startswith("$argon2id$")
    assert verify_password("ｑｕｉｅｔ-river", hash_password("quiet-river")).matches


@pytest.mark.parametrize("password_hash", ["", "no hash at all", HASH[:-1]])
def test_a_missing_or_damaged_hash_matches_nothing(password_hash: str) -> None:
    for password in ("", PASSWORD, "no hash at all"):
        assert verify_password(password, password_hash) == Verdict(False)


def test_nobodys_hash_costs_what_a_real_one_costs() -> None:
    assert not passwords._hasher.check_needs_rehash(passwords._NOBODY)
    assert [len(part) for part in passwords._NOBODY.split("$")] == [len(part) for part in HASH.split("$")]

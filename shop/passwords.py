"""Passwords of staff: what is refused, Argon2 hashes. Hashing and verifying take 50 ms and 64 MiB: never do either
inside a transaction that writes (see shop/store/engine.py), nor on an event loop.
"""

import secrets
from dataclasses import dataclass, field
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION

from shop.errors import FieldWrong

LEAST = 8
DEMO_PASSWORD = "xiaoer-demo-2026"  # noqa: S105  # public: it is printed where the demo shop starts
"""Of the demo shop's staff. Nobody may choose it, and outside the demo the desk lets nobody in with it."""

_COMMON = """
password password1 passw0rd p@ssw0rd p@ssword admin123 admin888 administrator welcome1 letmein1 iloveyou sunshine
princess football baseball superman trustno1 qwer1234 1234qwer qwerty12 qwerty123 asdf1234 zxcv1234 1qaz2wsx
qazwsxedc 1q2w3e4r 1q2w3e4r5t q1w2e3r4 abcd1234 1234abcd abc12345 abc123456 a1234567 a12345678 a123456789
aa123456 aaa123456 aa123456789 qq123456 q123456789 w123456789 z123456789 123456aa 12345678a 123456789a 123456abc
woaini520 woaini1314 woaini521 5201314520 1314520520 520131400 147258369 741852963 123123123 123321123 112233445566
123654789 159357456 taobao123 taobao888 kefu1234 kefu12345 kefu123456 xiaoer123 xiaoer888
"""
_RUNS = ("0123456789" * 2, "9876543210" * 2, "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
"""Keys in a row: any piece of these is a habit, not a secret."""

_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"
_hasher = PasswordHasher()
_NOBODY = (
    f"$argon2id$v={ARGON2_VERSION}$m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    f"${'A' * 22}${'A' * 43}"
)
"""Of no password; costs as much to verify as a real one, so that the time tells nobody which ids exist."""


class PasswordRefused(FieldWrong):
    """`why`: the words for the person who chose it."""


@dataclass(frozen=True)
class Verdict:
    """`rehashed`: to be stored in place of the hash, where today's parameters differ from those it was made with."""

    matches: bool
    rehashed: str = field(default="", repr=False)


def check_password(password: str, staff_id: str, name: str) -> None:
    """Raises PasswordRefused, which does not carry the password."""
    plain = _plain(password).casefold()
    if len(plain) < LEAST:
        raise PasswordRefused(field="password", why=f"至少需要 {LEAST} 位")
    # Short ids ("1") stand in too many good passwords.
    if any(len(own) >= least and own.casefold() in plain for own, least in ((staff_id, 3), (name, 2))):
        raise PasswordRefused(field="password", why="里请不要带工号或花名")
    if plain in _COMMON.split() or plain == DEMO_PASSWORD or len(set(plain)) < 4 or any(plain in run for run in _RUNS):
        raise PasswordRefused(field="password", why="太常见,容易被猜到")


def make_password() -> str:
    """One to be told once and typed once: 60 bits, in letters that nobody mistakes."""
    return "-".join("".join(secrets.choice(_CLEAR) for _ in range(4)) for _ in range(3))


def hash_password(password: str) -> str:
    """Argon2id with a salt of its own."""
    return _hasher.hash(_plain(password))


def verify_password(password: str, password_hash: str) -> Verdict:
    """An empty or damaged hash matches nothing and takes as long."""
    known = password_hash or _NOBODY
    try:
        _hasher.verify(known, _plain(password))
    except (VerificationError, InvalidHashError):
        return Verdict(False)
    return Verdict(True, hash_password(password) if _hasher.check_needs_rehash(known) else "")


def _plain(password: str) -> str:
    """The same password from every keyboard: some send full-width letters, some combine accents."""
    return normalize("NFKC", password)

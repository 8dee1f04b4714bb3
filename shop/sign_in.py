"""Signing in and staying signed in: failures are counted, sessions end. OR-03.

Verifying a password is slow, so signing in is two transactions with the verifying between them:
`begin_sign_in`, `shop.passwords.verify_password`, `finish_sign_in`.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from unicodedata import normalize

from shop.errors import TooManyTries
from shop.model import SignInTry, Staff, StaffSession
from shop.passwords import Verdict
from shop.policy import Policy
from shop.ports import UnitOfWork

WINDOW = timedelta(minutes=15)
"""For how long a failure counts; help text of `policy.sign_in_tries`."""
ADDRESS_SHARE = 10
"""How many times the tries of one id an address has: a whole team may sit behind one."""
IDLE = timedelta(hours=2)
"""A session that nobody uses ends: longer than a meal, shorter than a night."""
TOUCH = timedelta(minutes=1)
"""How exactly the last use of a session is known; every use would be a write."""


@dataclass(frozen=True)
class Claim:
    """Who says to be whom, from where. `password_hash` is to be verified; empty where nobody can sign in so."""

    staff_id: str
    address: str
    password_hash: str = field(repr=False)


@dataclass(frozen=True)
class SignedIn:
    """`token` is for the browser alone: the store keeps its digest."""

    staff: Staff
    token: str = field(repr=False)


@dataclass(frozen=True)
class Signed:
    """Who a session belongs to. `due`: its last use should be noted (`touch_session`)."""

    staff: Staff
    due: bool


def begin_sign_in(uow: UnitOfWork, staff_id: str, address: str, *, now: datetime, policy: Policy) -> Claim:
    """Reads only. Raises TooManyTries(minutes) while the id or the address has to wait."""
    staff_id = tidy_id(staff_id)
    _check_tries(uow, staff_id, address, now, policy)
    staff = uow.people.find(staff_id)
    return Claim(staff_id, address, staff.password_hash if staff else "")


def finish_sign_in(
    uow: UnitOfWork, claim: Claim, verdict: Verdict, *, now: datetime, policy: Policy
) -> SignedIn | None:
    """None: refused, and the failure is written down: commit, then raise SignInFailed.

    Counts again, because many may have begun at once: raises TooManyTries even where the password was right, so that
    nobody learns more in a quarter of an hour than the limit allows.
    """
    staff = uow.people.lock(claim.staff_id) if uow.people.find(claim.staff_id) else None
    _check_tries(uow, claim.staff_id, claim.address, now, policy)
    uow.sign_in_tries.forget(now - WINDOW)
    changed = staff is None or staff.password_hash != claim.password_hash  # meanwhile, by somebody else
    if staff is None or not staff.active or changed or not verdict.matches:
        uow.sign_in_tries.add(SignInTry(claim.staff_id, claim.address, now))
        return None
    staff.password_hash = verdict.rehashed or staff.password_hash
    staff.last_sign_in_at = now
    token = secrets.token_urlsafe(32)
    uow.staff_sessions.add(StaffSession(digest(token), staff.id, now, now, address=claim.address))
    return SignedIn(staff, token)


def _check_tries(uow: UnitOfWork, staff_id: str, address: str, now: datetime, policy: Policy) -> None:
    for limit, whose in (
        (policy.sign_in_tries, {"staff_id": staff_id}),
        (policy.sign_in_tries * ADDRESS_SHARE, {"address": address}),
    ):
        if uow.sign_in_tries.count(now - WINDOW, **whose) >= limit:
            raise TooManyTries(minutes=_minutes_left(uow, limit, whose, now))


def _minutes_left(uow: UnitOfWork, limit: int, whose: dict[str, str], now: datetime) -> int:
    """Until enough failures are older than the window, rounded up."""
    most = WINDOW // timedelta(minutes=1)
    later = (now - WINDOW + timedelta(minutes=minutes) for minutes in range(1, most))
    ends = (minutes for minutes, since in enumerate(later, 1) if uow.sign_in_tries.count(since, **whose) < limit)
    return next(ends, most)


def find_session(uow: UnitOfWork, token: str, now: datetime, policy: Policy) -> Staff | None:
    """Who holds the token, as long as the session and the person's employment last."""
    signed = find_signed(uow, digest(token), now, policy)
    return signed.staff if signed else None


def find_signed(uow: UnitOfWork, session_id: str, now: datetime, policy: Policy) -> Signed | None:
    """The same by the digest, which may be kept where the token should not. Reads only."""
    session = uow.staff_sessions.find(session_id)
    if session is None or session.ended_at is not None:
        return None
    lifetime = timedelta(hours=policy.session_hours)
    if now >= session.created_at + lifetime or now >= session.seen_at + IDLE:
        return None
    staff = uow.people.find(session.staff_id)
    return Signed(staff, due=now >= session.seen_at + TOUCH) if staff and staff.active else None


def touch_session(uow: UnitOfWork, session_id: str, now: datetime) -> None:
    """Used just now."""
    session = uow.staff_sessions.find(session_id)
    if session is not None:
        session.seen_at = max(session.seen_at, now)


def sign_out(uow: UnitOfWork, session_id: str, now: datetime) -> None:
    """Safe to repeat; a session that does not exist is over."""
    session = uow.staff_sessions.find(session_id)
    if session is not None and session.ended_at is None:
        session.ended_at = now


def end_sessions(uow: UnitOfWork, staff_id: str, now: datetime, but: str = "") -> None:
    """On every machine; `but`: the session that goes on."""
    for session in uow.staff_sessions.open_of(staff_id):
        if session.id != but:
            session.ended_at = now


def digest(token: str) -> str:
    """The session's id. A plain hash is enough: nobody guesses 256 bits."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def tidy_id(staff_id: str) -> str:
    """As it was meant: Chinese keyboards write １００ for 100."""
    return normalize("NFKC", staff_id).strip()

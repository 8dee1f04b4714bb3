"""Who is talking: tokens signed with the shop's secret, each purpose with its own key.

A buyer's token is made by the shop's own site (or the demo page): JWT, HS256 with `SHOP_SECRET` itself,
claims `sub` (buyer id), `nick`, `exp`. Guests and third-party widgets get theirs from here.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import jwt

from shop.errors import NotAllowed
from shop.ports import Clock

GUEST_NICK = "访客"
NICK_LENGTH = 64
ID_LENGTH = 64


class TokenRefused(NotAllowed):
    """`reason`: expired, wrong or missing."""


@dataclass(frozen=True)
class Visitor:
    """A buyer (`buyer_id`) or a guest (`guest_id`), never both."""

    buyer_id: str | None
    guest_id: str | None
    nick: str


class Tokens:
    def __init__(self, secret: str, clock: Clock) -> None:
        self._secret, self._clock = secret, clock

    def key(self, purpose: str) -> str:
        """A key that signs for one purpose only."""
        return hmac.new(self._secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()

    def for_buyer(self, buyer_id: str, nick: str, lifetime: timedelta) -> str:
        ends = int((self._clock.now() + lifetime).timestamp())
        return jwt.encode({"sub": buyer_id, "nick": nick, "exp": ends}, self._secret, "HS256")

    def buyer(self, token: str) -> Visitor:
        """Raises TokenRefused for a forged, malformed or expired token."""
        claims = _decode(token, self._secret, ("sub", "exp"))
        if not isinstance(claims["exp"], (int, float)) or not 0 < len(claims["sub"]) <= ID_LENGTH:
            raise TokenRefused(reason="wrong")
        if claims["exp"] <= self._clock.now().timestamp():
            raise TokenRefused(reason="expired")
        return Visitor(claims["sub"], None, str(claims.get("nick") or claims["sub"])[:NICK_LENGTH])

    def for_guest(self, guest_id: str) -> str:
        return jwt.encode({"sub": guest_id}, self.key("guest"), "HS256")

    def guest(self, token: str) -> Visitor:
        """Guests' tokens do not run out: a guest's history is kept as long as the browser keeps the token."""
        return guest_visitor(_decode(token, self.key("guest"), ("sub",))["sub"])

    def visitor(self, token: str | None, guest: str | None) -> Visitor:
        """A token that is given must hold. A guest token that does not is only a lost history: a new guest."""
        if token:
            return self.buyer(token)
        try:
            return self.guest(guest or "")
        except TokenRefused:
            return guest_visitor(uuid4().hex)

    def bearer(self, header: str) -> Visitor:
        """Of an Authorization header: a buyer's or a guest's token. Raises TokenRefused."""
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise TokenRefused(reason="missing")
        try:
            return self.guest(token)
        except TokenRefused:
            return self.buyer(token)

    def sign(self, purpose: str, text: str) -> str:
        return hmac.new(self.key(purpose).encode(), text.encode(), hashlib.sha256).hexdigest()[:32]

    def is_signed(self, purpose: str, text: str, signature: str) -> bool:
        return hmac.compare_digest(self.sign(purpose, text).encode(), signature.encode())

    def now(self) -> datetime:
        return self._clock.now()


def guest_visitor(guest_id: str) -> Visitor:
    return Visitor(None, guest_id, GUEST_NICK + guest_id[-4:])


def _decode(token: str, key: str, required: tuple[str, ...]) -> dict[str, str]:
    """The claims; `exp` is compared by the caller, with the shop's clock."""
    options = {"require": list(required), "verify_exp": False, "verify_nbf": False, "verify_iat": False}
    try:
        claims: dict[str, str] = jwt.decode(token, key, ["HS256"], options=options)  # type: ignore[arg-type]
    except (jwt.InvalidTokenError, UnicodeError) as error:
        raise TokenRefused(reason="wrong") from error
    return claims

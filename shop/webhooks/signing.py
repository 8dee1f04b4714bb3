"""The signature of what is sent: HMAC-SHA256 over `time.body`, one for each secret that holds. docs/api.md."""

import hashlib
import hmac
from collections.abc import Sequence

SECRET_BEGINS = "whsec_"  # noqa: S105  # what every one begins with


def sign(secrets: Sequence[str], timestamp: int, body: bytes) -> str:
    """The header's value: `t=1763618580,v1=<hex>,v1=<hex>`. `timestamp`: seconds since 1970, UTC."""
    return ",".join([f"t={timestamp}", *(f"v1={_digest(secret, timestamp, body)}" for secret in secrets)])


def _digest(secret: str, timestamp: int, body: bytes) -> str:
    return hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()

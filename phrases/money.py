"""Amounts as a shop writes them."""


def yuan(fen: int) -> str:
    """19900 → `199元`, 19950 → `199.50元`."""
    whole, rest = divmod(abs(fen), 100)
    sign = "-" if fen < 0 else ""
    return f"{sign}{whole}元" if rest == 0 else f"{sign}{whole}.{rest:02d}元"

"""Regular expressions out of lists of words."""


def any_of(*lines: str) -> str:
    """One of the words, which stand in ``lines`` between blanks; each may be an expression without a blank."""
    return f"(?:{'|'.join(word for line in lines for word in line.split())})"


def not_after(*lines: str) -> str:
    """None of the words stands before; unlike in ``(?<!…|…)`` they may be of different length."""
    return "".join(f"(?<!{word})" for line in lines for word in line.split())

"""How far a long benchmark has come, told on stderr: stdout keeps the result alone."""

import sys
import time

_STARTED = time.perf_counter()


def say(text: str) -> None:
    """A line with the seconds since the start, at once."""
    print(f"{time.perf_counter() - _STARTED:7.0f} s  {text}", file=sys.stderr, flush=True)

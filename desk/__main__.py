"""`python -m desk`: serves the desk."""

import uvicorn

from desk.app import create_app
from desk.sockets import MAX_BYTES
from shop.settings import load_desk_settings
from shop.wiring import wire


def main() -> None:
    settings = load_desk_settings()
    uvicorn.run(
        create_app(wire(settings), settings),
        host=settings.desk_host,
        port=settings.desk_port,
        ws="wsproto",
        ws_max_size=MAX_BYTES,
        server_header=False,
        access_log=False,  # addresses carry tokens and signatures
        timeout_graceful_shutdown=5,
    )


if __name__ == "__main__":
    main()

"""The receiver as docs/api.md shows it, listening on loopback, and made to misbehave."""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from shop.settings import ROOT


def shown_receiver(secret: str) -> dict[str, Any]:
    """The names of the program in the document, its secret set."""
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    code = text.split("```python\n")[1].split("```")[0].replace('os.environ["SHOP_WEBHOOK_SECRET"]', repr(secret))
    names: dict[str, Any] = {"__name__": "receiver"}
    exec(compile(code, "docs/api.md", "exec"), names)  # noqa: S102  # our own document
    return names


@dataclass
class Heard:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """`secret` given: it is the document's. `misbehave` gets the handler and says whether it has answered itself."""

    secret: str = ""
    misbehave: Callable[[BaseHTTPRequestHandler], bool] = lambda handler: False
    heard: list[Heard] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    most_at_once: int = 0

    def __post_init__(self) -> None:
        receiver = self
        self.names = shown_receiver(self.secret or "whsec_unknown")
        self._busy, self._lock = 0, threading.Lock()

        class Handler(self.names["Receiver"]):  # type: ignore[misc]  # made by the document
            def do_POST(self) -> None:
                with receiver._lock:
                    receiver._busy += 1
                    receiver.most_at_once = max(receiver.most_at_once, receiver._busy)
                try:
                    body = self.rfile.read(int(self.headers["Content-Length"]))
                    receiver.heard.append(Heard(self.path, dict(self.headers), body))
                    if not receiver.misbehave(self):
                        self.rfile = _Again(body)
                        super().do_POST()
                finally:
                    with receiver._lock:
                        receiver._busy -= 1

            def send_response(self, status: int, message: str | None = None) -> None:
                receiver.answers.append(status)
                super().send_response(status, message)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/hook"

    def use(self, secret: str) -> None:
        self.names["SECRET"] = secret

    def at(self, seconds: float) -> None:
        """Its clock stands still there."""
        self.names["time"] = _Clock(seconds)

    @property
    def ids(self) -> list[str]:
        return [each.headers["X-Shop-Delivery"] for each in self.heard]

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Clock:
    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def time(self) -> float:
        return self._seconds


class _Again:
    """A body that was read already."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def read(self, size: int) -> bytes:
        return self._body[:size]

    def close(self) -> None:
        pass


def say(status: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], bool]:
    def answer(handler: BaseHTTPRequestHandler) -> bool:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return True

    return answer


def hang_up(handler: BaseHTTPRequestHandler) -> bool:
    """Heard, and gone before anything was said."""
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)
    return True


def wait_for(event: threading.Event) -> Callable[[BaseHTTPRequestHandler], bool]:
    def answer(handler: BaseHTTPRequestHandler) -> bool:
        event.wait(30)
        return False

    return answer

"""The two ends of the wire: windows that talk to the desk, and a bot worker that does as it is told."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import socketio
import uvicorn

from desk.app import create_app
from desk.sockets import MAX_BYTES
from desk.tokens import Tokens
from phrases import PhraseBook
from shop.settings import DeskSettings
from shop.wiring import Services

SECRET = "only-for-tests-0123456789abcdef-0123456789"
PATIENCE = 10


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Worker:
    """`POST` anything and `GET /health` like the bot worker. `answer` makes the body; an exception in it is a 500."""

    def __init__(self) -> None:
        self.port = free_port()
        self.asked: list[dict[str, Any]] = []
        self.answer: Callable[[dict[str, Any]], dict[str, Any]] = lambda q: say(f"答:{q['text']}")
        self.most_at_once = 0
        self._at_once = 0
        self._lines: list[socket.socket] = []
        self._server: ThreadingHTTPServer | None = None
        self.start()

    def hold(self, held: Callable[[dict[str, Any]], bool] = lambda question: True) -> threading.Event:
        """From now on such questions are answered only when the returned event is set."""
        go, answer = threading.Event(), self.answer

        def wait(question: dict[str, Any]) -> dict[str, Any]:
            if held(question):
                go.wait(PATIENCE)
            return answer(question)

        self.answer = wait
        return go

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        worker = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                worker._lines.append(self.request)
                super().setup()

            def do_GET(self) -> None:
                self._send(200, {"ok": True})

            def do_POST(self) -> None:
                question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                worker.asked.append(question)
                worker._at_once += 1
                worker.most_at_once = max(worker.most_at_once, worker._at_once)
                try:
                    self._send(200, {"turn_id": question.get("turn_id"), **worker.answer(question)})
                except Exception:
                    with suppress(OSError):
                        self._send(500, {})
                finally:
                    worker._at_once -= 1

            def _send(self, status: int, body: dict[str, Any]) -> None:
                data = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def fail(self, times: int) -> None:
        """The next answers are server errors."""
        answer, left = self.answer, iter(range(times))

        def fail(question: dict[str, Any]) -> dict[str, Any]:
            if next(left, None) is not None:
                raise RuntimeError("told to fail")
            return answer(question)

        self.answer = fail

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
        for line in self._lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


def say(*texts: str, buttons: list[dict[str, str]] | None = None, handover: str = "") -> dict[str, Any]:
    """The body of a worker's answer."""
    messages = [{"key": "test", "text": text, "buttons": [], "cards": []} for text in texts]
    if buttons:
        messages[-1]["buttons"] = buttons
    return {
        "messages": messages,
        "handover": {"reason": handover, "note": ""} if handover else None,
        "intent": {"name": "greet", "confidence": 0.9},
    }


class RunningDesk:
    """uvicorn in a thread of its own, as `python -m desk` runs it."""

    def __init__(self, services: Services, settings: DeskSettings, book: PhraseBook) -> None:
        self.services, self.settings, self.book = services, settings, book
        self.tokens = Tokens(SECRET, services.clock)
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.settings.desk_port}"

    def start(self) -> None:
        config = uvicorn.Config(
            create_app(self.services, self.settings, self.book),
            host="127.0.0.1",
            port=self.settings.desk_port,
            ws="wsproto",
            ws_max_size=MAX_BYTES,
            log_level="warning",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        ends = time.monotonic() + PATIENCE
        while not self._server.started:
            assert time.monotonic() < ends and self._thread.is_alive(), "the desk did not start"
            time.sleep(0.01)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(PATIENCE)

    def buyer_token(self, buyer_id: str = "B1", nick: str = "晴天", **lifetime: float) -> str:
        return self.tokens.for_buyer(buyer_id, nick, timedelta(**(lifetime or {"hours": 1})))


@dataclass
class Client:
    """A window: what it heard, by event, in the order of arrival."""

    sio: socketio.AsyncClient = field(default_factory=lambda: socketio.AsyncClient(reconnection=False))
    heard: dict[str, list[Any]] = field(default_factory=dict)
    opened: dict[str, Any] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def connect(self, url: str, **auth: Any) -> "Client":
        def hear(event: str, *args: Any) -> None:
            self.heard.setdefault(event, []).append(args[0] if args else None)
            self.news.set()

        self.sio.on("*", hear)
        for own in ("connect_error", "disconnect"):
            self.sio.on(own, partial(hear, own))
        await self.sio.connect(url, auth=auth or None, transports=["websocket"], retry=False, wait_timeout=PATIENCE)
        return self

    async def ask(self, event: str, data: Any = None) -> dict[str, Any]:
        answer: dict[str, Any] = await self.sio.call(event, data, timeout=PATIENCE)
        return answer

    async def open(self, **form: Any) -> dict[str, Any]:
        self.opened = await self.ask("open", form)
        return self.opened

    async def send(self, text: str | None = None, **form: Any) -> dict[str, Any]:
        body = {"client_msg_id": uuid4().hex, **form}
        return await self.ask("send", body if text is None else {**body, "text": text})

    async def wait(self, event: str, test: Callable[[Any], bool] = lambda _: True, count: int = 1) -> list[Any]:
        """The first `count` such events, those before the call included."""

        async def look() -> list[Any]:
            while True:
                self.news.clear()
                found = [item for item in self.heard.get(event, []) if test(item)]
                if len(found) >= count:
                    return found
                await self.news.wait()

        return await asyncio.wait_for(look(), PATIENCE)

    async def say(self, text: str, **form: Any) -> list[dict[str, Any]]:
        """Sends and waits until the turn is settled; what the shop said since."""
        answer = await self.send(text, **form)
        assert answer["ok"], answer
        return await self.answers_to(answer["message"]["seq"])

    async def answers_to(self, seq: int) -> list[dict[str, Any]]:
        await self.wait("settled", lambda turn: turn["seq"] == seq)
        return [m for m in self.messages if m["seq"] > seq and m["direction"] != "buyer"]

    @property
    def messages(self) -> list[dict[str, Any]]:
        return self.heard.get("message", [])

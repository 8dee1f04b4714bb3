"""The Socket.IO server itself: sessions, and the edge where every event gets an answer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import socketio
import structlog

from desk.errors import as_json, speak
from desk.forms import Form, read
from desk.shown import Json
from desk.tokens import Visitor
from shop.errors import ConversationUnknown, FieldWrong, ShopError, TooFast

log = structlog.get_logger()

MAX_BYTES = 64 * 1024
F = TypeVar("F", bound=Form)


@dataclass
class Session:
    """One socket: who it is since it connected, and the conversation that it opened."""

    sid: str
    visitor: Visitor
    product: str | None = None
    conversation_id: str | None = None

    def conversation(self) -> str:
        """Raises ConversationUnknown before `open`."""
        if self.conversation_id is None:
            raise ConversationUnknown()
        return self.conversation_id


S = TypeVar("S")
Handler = Callable[[S, F], Awaitable[Json]]


class Edge(Generic[S]):
    """One namespace: every event gets an answer, and nothing that a client sends gets past here."""

    namespace = "/"

    def __init__(self, sio: socketio.AsyncServer) -> None:
        self.sio = sio

    def on(self, event: str, form: type[F], handler: Handler[S, F]) -> None:
        """Answers `{"ok": true, …}` or `{"ok": false, "error": …}`."""

        async def receive(sid: str, *args: Any) -> Json:
            try:
                session = await self.session(sid, event)
                return {"ok": True, **await handler(session, read(form, args[0] if args else None))}
            except ShopError as error:
                self.note_refusal(event, sid, error)
                return {"ok": False, "error": await self.words(error)}
            except Exception as error:  # an edge
                log.exception("desk.event_broken", socket_event=event)
                return {"ok": False, "error": await self.words(error)}

        self.sio.on(event, receive, namespace=self.namespace)

    def refuse_others(self) -> None:
        """An event that nobody knows gets an answer too."""

        async def refuse(event: str, sid: str, *args: Any) -> Json:
            return {"ok": False, "error": await self.words(FieldWrong(field="event"))}

        self.sio.on("*", refuse, namespace=self.namespace)

    async def session(self, sid: str, event: str) -> S:
        """Who sends it, checked anew."""
        found: S = (await self.sio.get_session(sid, namespace=self.namespace))["session"]
        return found

    async def begin(self, sid: str, session: S) -> None:
        await self.sio.save_session(sid, {"session": session}, namespace=self.namespace)

    def note_refusal(self, event: str, sid: str, error: ShopError) -> None:
        log.info("desk.refused", socket_event=event, error=type(error).__name__)

    async def words(self, error: Exception) -> Json:
        return as_json(speak(error))


class Sockets(Edge[Session]):
    """The buyers'. `slow_down` words the refusal of one who writes too fast."""

    def __init__(self, sio: socketio.AsyncServer, slow_down: Callable[[], str]) -> None:
        super().__init__(sio)
        self._slow_down = slow_down

    async def words(self, error: Exception) -> Json:
        spoken = await super().words(error)
        return {**spoken, "text": self._slow_down()} if isinstance(error, TooFast) else spoken


def make_server(redis_url: str) -> socketio.AsyncServer:
    """Any page may connect: what counts is the token, and no cookie is read."""
    return socketio.AsyncServer(
        async_mode="asgi",
        cors_allowed_origins="*",
        max_http_buffer_size=MAX_BYTES,
        client_manager=socketio.AsyncRedisManager(redis_url) if redis_url else None,
    )

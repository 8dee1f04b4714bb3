"""The Socket.IO server itself: sessions, and the edge where every event gets an answer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

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


Handler = Callable[[Session, F], Awaitable[Json]]


class Sockets:
    """`slow_down` words the refusal of a buyer who writes too fast."""

    def __init__(self, sio: socketio.AsyncServer, slow_down: Callable[[], str]) -> None:
        self.sio, self._slow_down = sio, slow_down

    def on(self, event: str, form: type[F], handler: Handler[F]) -> None:
        """Answers `{"ok": true, …}` or `{"ok": false, "error": …}`; nothing that a client sends gets past here."""

        async def receive(sid: str, *args: Any) -> Json:
            try:
                session = await self.session(sid)
                return {"ok": True, **await handler(session, read(form, args[0] if args else None))}
            except ShopError as error:
                log.info("desk.refused", socket_event=event, error=type(error).__name__)
                return {"ok": False, "error": self._words(error)}
            except Exception as error:  # an edge
                log.exception("desk.event_broken", socket_event=event)
                return {"ok": False, "error": self._words(error)}

        self.sio.on(event, receive)

    def refuse_others(self) -> None:
        """An event that nobody knows gets an answer too."""

        async def refuse(event: str, sid: str, *args: Any) -> Json:
            return {"ok": False, "error": self._words(FieldWrong(field="event"))}

        self.sio.on("*", refuse)

    async def session(self, sid: str) -> Session:
        found: Session = (await self.sio.get_session(sid))["session"]
        return found

    async def begin(self, session: Session) -> None:
        await self.sio.save_session(session.sid, {"session": session})

    def _words(self, error: Exception) -> Json:
        spoken = as_json(speak(error))
        return {**spoken, "text": self._slow_down()} if isinstance(error, TooFast) else spoken


def make_server(redis_url: str) -> socketio.AsyncServer:
    """Any page may connect: what counts is the token, and no cookie is read."""
    return socketio.AsyncServer(
        async_mode="asgi",
        cors_allowed_origins="*",
        max_http_buffer_size=MAX_BYTES,
        client_manager=socketio.AsyncRedisManager(redis_url) if redis_url else None,
    )

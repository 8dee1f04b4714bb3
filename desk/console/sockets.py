"""The staff's namespace: who is there is asked anew at every event, so that who is dismissed is out at once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import socketio
import structlog
from socketio.exceptions import ConnectionRefusedError as Refused

from desk.context import Desk
from desk.errors import as_json, speak
from desk.forms import Form
from desk.rights import Action, check_right, may
from desk.rooms import EVERYONE, LEADERS, STAFF, person_room
from desk.shown import Json
from desk.sockets import Edge
from desk.staff_access import is_own_page, session_of_cookie, signed_in, staff_of_session
from desk.tokens import TokenRefused
from shop.errors import ShopError
from shop.model import Staff

log = structlog.get_logger()
F = TypeVar("F", bound=Form)
CHATTER = frozenset({"typing", "draft", "check", "suggest", "read", "active"})
"""What a page says by itself, several times a message, and what shows and changes nothing of weight."""
CHATTER_SECONDS = 3.0
"""So long it goes by the last time that it was asked who is there. All else asks anew."""


@dataclass(frozen=True)
class Console:
    """One open console: a socket, the sign-in behind it, and who that is."""

    sid: str
    session_id: str
    staff: Staff = field(repr=False)


class StaffSockets(Edge[Console]):
    """`on_arrive` and `on_leave` are told of every console that opens and closes."""

    namespace = STAFF

    def __init__(self, sio: socketio.AsyncServer, desk: Desk) -> None:
        super().__init__(sio)
        self._desk = desk
        self.open: dict[str, Console] = {}
        self._checked: dict[str, tuple[float, Staff]] = {}
        self.on_leave: Callable[[Console], None] = lambda console: None
        sio.on("connect", self.connect, namespace=STAFF)
        sio.on("disconnect", self.disconnect, namespace=STAFF)

    def allow(
        self, action: Action, event: str, form: type[F], handler: Callable[[Console, F], Awaitable[Json]]
    ) -> None:
        """An event for those whose role may do that."""

        async def checked(console: Console, sent: F) -> Json:
            check_right(console.staff, action)
            return await handler(console, sent)

        self.on(event, form, checked)

    async def connect(self, sid: str, environ: Json, auth: Any = None) -> None:
        """By the cookie of sign-in, and only for a page of ours: a cookie is sent along whoever asks."""
        session_id = session_of_cookie(environ.get("HTTP_COOKIE", ""))
        own = is_own_page(environ.get("HTTP_ORIGIN", ""), environ.get("HTTP_HOST", ""))
        staff = await staff_of_session(self._desk, session_id) if own else None
        if staff is None or not may(staff, "look"):
            refusal = as_json(speak(TokenRefused(reason="expired" if own else "wrong")))
            raise Refused(refusal["text"], refusal)
        console = Console(sid, session_id, staff)
        self.open[sid] = console
        await self.begin(sid, console)
        for room in (EVERYONE, person_room(staff.id), *([LEADERS] if may(staff, "lead") else [])):
            await self.sio.enter_room(sid, room, namespace=STAFF)

    async def disconnect(self, sid: str, *reason: object) -> None:
        self._checked.pop(sid, None)
        console = self.open.pop(sid, None)
        if console is not None:
            self.on_leave(console)

    async def session(self, sid: str, event: str) -> Console:
        """Raises TokenRefused where the sign-in has ended meanwhile."""
        console = await super().session(sid, event)
        now = asyncio.get_running_loop().time()
        at, staff = self._checked.get(sid, (-CHATTER_SECONDS, None))
        if event not in CHATTER or now - at >= CHATTER_SECONDS or staff is None:
            staff = await staff_of_session(self._desk, console.session_id)
            if staff is None:
                await self.put_out(console)
                raise TokenRefused(reason="expired")
            self._checked[sid] = now, staff
        return replace(console, staff=staff)

    async def put_out(self, console: Console) -> None:
        """Nothing more reaches it. The line itself is cut at the next look around, after the answer that says why."""
        self._checked.pop(console.sid, None)
        text = as_json(speak(TokenRefused(reason="expired")))["text"]
        await self.sio.emit("signed_out", {"text": text}, to=console.sid, namespace=STAFF)
        for room in set(self.sio.rooms(console.sid, namespace=STAFF)) - {console.sid}:
            await self.sio.leave_room(console.sid, room, namespace=STAFF)

    async def put_out_ended(self) -> None:
        """Every console whose sign-in has ended, wherever that was done; one whose person has another role now comes
        back by itself, with the rights and the news of that role.
        """
        there = [*self.open.values()]
        signed = await signed_in(self._desk, {console.session_id for console in there})
        for console in there:
            role = signed.get(console.session_id)
            if role is None:
                await self.put_out(console)
            if role is not console.staff.role:
                await self.sio.disconnect(console.sid, namespace=STAFF)

    def note_refusal(self, event: str, sid: str, error: ShopError) -> None:
        console = self.open.get(sid)
        who = console.staff.id if console else ""
        log.warning("console.refused", socket_event=event, staff_id=who, error=type(error).__name__)

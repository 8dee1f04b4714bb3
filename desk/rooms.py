"""Telling everyone who looks at a conversation: our windows, third-party widgets, and the console.

The console lives in a namespace of its own: no buyer's socket can enter its rooms, whatever it sends.
"""

import asyncio
from collections.abc import Sequence

import socketio

from desk.shown import Json, Shown

BOT, BUYER, AGENT = "bot", "buyer", "agent"
STAFF = "/staff"
EVERYONE, LEADERS = "everyone", "leaders"
ROWS_EVERY = 0.25
"""Seconds. Each console hears of each talk: told one by one, their rows would be most of what a busy desk sends."""


def widget_room(conversation_id: str) -> str:
    return f"{conversation_id}:rasa"


def talk_room(conversation_id: str) -> str:
    """Of the console."""
    return f"talk:{conversation_id}"


def person_room(staff_id: str) -> str:
    """All consoles of one member of staff."""
    return f"person:{staff_id}"


class Rooms:
    """Call only after the commit, and for one conversation in turn: what is sent first arrives first."""

    def __init__(self, sio: socketio.AsyncServer) -> None:
        self._sio = sio
        self._rows: dict[str, Json] = {}
        self._telling_rows: asyncio.Task[None] | None = None

    def has_window(self, conversation_id: str) -> bool:
        """Whether a window of the buyer's is open at this desk."""
        rooms = (conversation_id, widget_room(conversation_id))
        return any(True for room in rooms for _ in self._sio.manager.get_participants("/", room))

    async def messages(self, conversation_id: str, shown: Sequence[Shown]) -> None:
        for message in shown:
            await self._sio.emit("message", message.window, room=conversation_id)
            await self.inside("message", message.staff, conversation_id)
            if message.widget is not None:
                await self._sio.emit("bot_uttered", message.widget, room=widget_room(conversation_id))

    async def holder(self, conversation_id: str, holding: Json) -> None:
        await self._sio.emit("holder", holding, room=conversation_id)

    async def typing(self, conversation_id: str, who: str, name: str = "", but: str | None = None) -> None:
        """`but`: the socket that types, which needs no telling."""
        sign = {"who": who, "name": name} if name else {"who": who}
        await self._sio.emit("typing", sign, room=conversation_id, skip_sid=but)
        inside = {"talk": conversation_id, **sign}
        await self._sio.emit("typing", inside, room=talk_room(conversation_id), namespace=STAFF, skip_sid=but)

    async def settled(self, conversation_id: str, seq: int, last_seq: int) -> None:
        """All that the shop says to the buyer's message `seq` has been sent; it ends at `last_seq`."""
        await self._sio.emit("settled", {"seq": seq, "last_seq": last_seq}, room=conversation_id)

    async def read(self, conversation_id: str, seq: int) -> None:
        """An agent has read up to there."""
        await self._sio.emit("read", {"seq": seq}, room=conversation_id)

    async def read_by_buyer(self, conversation_id: str, seq: int) -> None:
        """A row that was made before and has not gone out yet must not take it back."""
        if (row := self._rows.get(conversation_id)) is not None:
            row["buyer_read"] = max(row["buyer_read"], seq)
        await self.inside("read", {"talk": conversation_id, "buyer": seq}, conversation_id)

    def row(self, row: Json) -> None:
        """To every console: at once where nothing was told of late, else soon, the newest of each talk, many in one."""
        self._rows[row["id"]] = dict(row)
        if self._telling_rows is None:
            self._telling_rows = asyncio.create_task(self._tell_rows())

    async def _tell_rows(self) -> None:
        try:
            while self._rows:
                rows, self._rows = [*self._rows.values()], {}
                await self.all_staff("rows", {"rows": rows})
                await asyncio.sleep(ROWS_EVERY)
        finally:
            self._telling_rows = None

    async def inside(self, event: str, news: Json, conversation_id: str, but: str | None = None) -> None:
        """To the consoles that look at the conversation."""
        await self._sio.emit(event, news, room=talk_room(conversation_id), namespace=STAFF, skip_sid=but)

    async def all_staff(self, event: str, news: Json) -> None:
        await self._sio.emit(event, news, room=EVERYONE, namespace=STAFF)

    async def leaders(self, event: str, news: Json) -> None:
        await self._sio.emit(event, news, room=LEADERS, namespace=STAFF)

    async def person(self, event: str, news: Json, staff_id: str, but: str | None = None) -> None:
        await self._sio.emit(event, news, room=person_room(staff_id), namespace=STAFF, skip_sid=but)

    async def alert(self, alert: Json) -> None:
        room = person_room(alert["to_staff"]) if alert["to_staff"] else LEADERS
        await self._sio.emit("alert", alert, room=room, namespace=STAFF)

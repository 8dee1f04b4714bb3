"""Telling everyone who looks at a conversation. One room for our windows, one for third-party widgets."""

from collections.abc import Sequence

import socketio

from desk.shown import Json, Shown

BOT = "bot"


def widget_room(conversation_id: str) -> str:
    return f"{conversation_id}:rasa"


class Rooms:
    """Call only after the commit, and for one conversation in turn: what is sent first arrives first."""

    def __init__(self, sio: socketio.AsyncServer) -> None:
        self._sio = sio

    async def messages(self, conversation_id: str, shown: Sequence[Shown]) -> None:
        for message in shown:
            await self._sio.emit("message", message.window, room=conversation_id)
            if message.widget is not None:
                await self._sio.emit("bot_uttered", message.widget, room=widget_room(conversation_id))

    async def holder(self, conversation_id: str, holding: Json) -> None:
        await self._sio.emit("holder", holding, room=conversation_id)

    async def typing(self, conversation_id: str, who: str, but: str | None = None) -> None:
        """`but`: the socket that types, which needs no telling."""
        await self._sio.emit("typing", {"who": who}, room=conversation_id, skip_sid=but)

    async def settled(self, conversation_id: str, seq: int, last_seq: int) -> None:
        """All that the shop says to the buyer's message `seq` has been sent; it ends at `last_seq`."""
        await self._sio.emit("settled", {"seq": seq, "last_seq": last_seq}, room=conversation_id)

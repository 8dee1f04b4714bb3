"""Third-party Rasa chat widgets: `session_request`, `user_uttered`, `bot_uttered`, as Rasa's own socketio channel.

A widget's session id is our guest id with a signature. One that the client made up is answered with a new one, as
Rasa does where none is sent: else whoever guesses an id would read the talk.
"""

from uuid import uuid4

from desk import forms
from desk.context import Desk
from desk.rooms import widget_room
from desk.shown import Json
from desk.sockets import Session, Sockets
from desk.talks import Talks
from desk.tokens import guest_visitor
from shop import drafts

PURPOSE = "widget"


class Widgets:
    def __init__(self, desk: Desk, sockets: Sockets, talks: Talks) -> None:
        self._desk, self._sockets, self._talks = desk, sockets, talks
        sockets.on("session_request", forms.SessionRequest, self.session_request)
        sockets.on("user_uttered", forms.UserUttered, self.user_uttered)

    async def session_request(self, session: Session, form: forms.SessionRequest) -> Json:
        session_id = self._known(form.session_id) or self._new()
        await self._sockets.sio.emit("session_confirm", session_id, to=session.sid)
        await self._enter(session, session_id)
        return {}

    async def user_uttered(self, session: Session, form: forms.UserUttered) -> Json:
        """The talk is the one of the socket's session, whatever id the message names."""
        if session.conversation_id is None:
            await self._enter(session, self._new())
        await self._talks.say(session.conversation(), uuid4().hex, drafts.offered(form.message))
        return {}

    async def _enter(self, session: Session, session_id: str) -> None:
        session.visitor = guest_visitor(session_id)
        conversation_id = await self._talks.start(session.visitor, session.product, None)
        opened = await self._talks.enter(conversation_id, 0, lambda: self._join(session, conversation_id))
        if opened.welcome is not None:
            await self._sockets.sio.emit("bot_uttered", opened.welcome.widget, to=session.sid)

    async def _join(self, session: Session, conversation_id: str) -> None:
        await self._sockets.sio.enter_room(session.sid, widget_room(conversation_id))
        session.conversation_id = conversation_id

    def _known(self, session_id: str | None) -> str | None:
        guest_id, _, signature = (session_id or "").partition("-")
        return session_id if self._desk.tokens.is_signed(PURPOSE, guest_id, signature) else None

    def _new(self) -> str:
        guest_id = uuid4().hex
        return f"{guest_id}-{self._desk.tokens.sign(PURPOSE, guest_id)}"

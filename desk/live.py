"""The events of our own window, each with an answer. What they carry stands in `desk.forms`."""

from typing import Any

from socketio.exceptions import ConnectionRefusedError as Refused

from desk import forms
from desk.context import Desk
from desk.errors import as_json, speak
from desk.pictures import MEGABYTE
from desk.rooms import BUYER
from desk.shown import Json, Shown
from desk.sockets import Session, Sockets
from desk.talks import Talks
from desk.tokens import Visitor
from shop import conversations, drafts
from shop.errors import FieldWrong, ShopError
from shop.services import Rating

CATCH_UP = 500
"""Messages that one `fetch` forward gives; `open` gives all that was missed."""


class Live:
    def __init__(self, desk: Desk, sockets: Sockets, talks: Talks) -> None:
        self._desk, self._sockets, self._talks = desk, sockets, talks
        sockets.sio.on("connect", self.connect)
        sockets.on("open", forms.Open, self.open)
        sockets.on("send", forms.Send, self.send)
        sockets.on("fetch", forms.Fetch, self.fetch)
        sockets.on("typing", forms.Typing, self.typing)
        sockets.on("person", forms.Person, self.person)
        sockets.on("read", forms.Read, self.read)
        sockets.on("rate", forms.Rate, self.rate)

    async def connect(self, sid: str, environ: Json, auth: Any = None) -> None:
        """A token that does not hold is refused with `{code, text}`; without one it is a guest."""
        try:
            form = forms.read(forms.Connect, auth)
            visitor = self._desk.tokens.visitor(form.token, form.guest)
        except ShopError as error:
            refusal = as_json(speak(error))
            raise Refused(refusal["text"], refusal) from error
        await self._sockets.begin(sid, Session(sid, visitor, form.product))

    async def open(self, session: Session, form: forms.Open) -> Json:
        visitor = self._visitor(session, form)
        conversation_id = await self._talks.start(visitor, form.product or session.product, form.order)
        surroundings = await self._surroundings()  # not later: news of the talk must not overtake this answer
        opened = await self._talks.enter(conversation_id, form.since or 0, lambda: self._join(session, conversation_id))
        session.visitor = visitor
        return {
            "conversation_id": conversation_id,
            "guest": self._desk.tokens.for_guest(visitor.guest_id) if visitor.guest_id else None,
            "nick": visitor.nick,
            **opened.holding,
            "last_seq": opened.last_seq,
            "messages": _window(opened.history),
            "more": opened.more,
            **surroundings,
        }

    def _visitor(self, session: Session, form: forms.Open) -> Visitor:
        given = form.token or form.guest
        return self._desk.tokens.visitor(form.token, form.guest) if given else session.visitor

    async def _join(self, session: Session, conversation_id: str) -> None:
        sio = self._sockets.sio
        if session.conversation_id not in (None, conversation_id):
            await sio.leave_room(session.sid, session.conversation_id)
        await sio.enter_room(session.sid, conversation_id)
        session.conversation_id = conversation_id

    async def _surroundings(self) -> Json:
        policy = await self._desk.look(lambda uow: uow.policies.current())
        settings = self._desk.settings
        return {
            "shop": {"name": settings.name, "service_name": settings.service_name},
            "hot": self._desk.words.hot_questions(),
            "limits": {"text": policy.text_limit, "picture_bytes": policy.picture_megabytes * MEGABYTE},
        }

    async def send(self, session: Session, form: forms.Send) -> Json:
        draft = await self._draft(session.conversation(), form)
        said = await self._talks.say(session.conversation(), form.client_msg_id, draft)
        return {"message": said.message.window}

    async def _draft(self, conversation_id: str, form: forms.Send) -> conversations.Say:
        if form.text is not None:
            return drafts.text(form.text)
        if form.button is not None:
            return drafts.button(form.button.seq, form.button.index)
        if form.card is not None:
            card = drafts.send_order if form.card.kind == "order" else drafts.send_product
            return card(form.card.id)
        return self._picture(conversation_id, form.picture or "")

    def _picture(self, conversation_id: str, picture_id: str) -> conversations.Say:
        if not self._desk.pictures.holds(conversation_id, picture_id):
            raise FieldWrong(field="picture")
        return drafts.picture(picture_id)

    async def person(self, session: Session, form: forms.Person) -> Json:
        said = await self._talks.say(session.conversation(), form.client_msg_id, drafts.person())
        return {"message": said.message.window}

    async def fetch(self, session: Session, form: forms.Fetch) -> Json:
        """`more`: ask again from where this ends."""
        if form.before is not None:
            found = await self._talks.before(session.conversation(), form.before, form.limit)
            return {"messages": _window(found), "more": bool(found) and found[0].window["seq"] > 1}
        found = await self._talks.after(session.conversation(), form.after or 0, CATCH_UP)
        return {"messages": _window(found), "more": len(found) == CATCH_UP}

    async def typing(self, session: Session, form: forms.Typing) -> Json:
        await self._desk.rooms.typing(session.conversation(), BUYER, but=session.sid)
        return {}

    async def read(self, session: Session, form: forms.Read) -> Json:
        await self._talks.mark_seen(session.conversation(), form.seq)
        return {}

    async def rate(self, session: Session, form: forms.Rate) -> Json:
        rating = Rating(form.service, form.stars, form.comment)
        await self._talks.rate(session.conversation(), rating)
        return {}


def _window(shown: list[Shown]) -> list[Json]:
    return [message.window for message in shown]

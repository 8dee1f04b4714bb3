"""What the console does with a conversation; each step is one use case, told to all who look at it."""

from desk.console import forms
from desk.console.shapes import show_note
from desk.console.sockets import Console, StaffSockets
from desk.console.speech import Speech
from desk.context import Desk
from desk.rooms import AGENT
from desk.shown import Json, Shown
from desk.telling import Teller
from shop import agents, drafts, takeover
from shop import conversations as talk
from shop.errors import FieldWrong, SpeechBlocked
from shop.model import Conversation
from shop.ports import UnitOfWork
from shop.services import Ending


class Acting:
    def __init__(self, desk: Desk, sockets: StaffSockets, teller: Teller) -> None:
        self._desk, self._sockets, self._teller = desk, sockets, teller
        self._speech = Speech(desk)
        sockets.allow("receive", "take", forms.OfTalk, self.take)
        sockets.allow("receive", "hand_back", forms.HandBack, self.hand_back)
        sockets.allow("receive", "transfer", forms.Transfer, self.transfer)
        sockets.allow("receive", "close", forms.Close, self.close)
        sockets.allow("receive", "send", forms.Send, self.send)
        sockets.allow("receive", "check", forms.Check, self.check)
        sockets.allow("receive", "recall", forms.OfMessage, self.recall)
        sockets.allow("receive", "read", forms.OfMessage, self.read)
        sockets.allow("receive", "typing", forms.OfTalk, self.typing)
        sockets.allow("receive", "draft", forms.Draft, self.draft)
        sockets.allow("look", "note", forms.Jot, self.note)
        sockets.allow("receive", "tag", forms.Tags, self.tag)
        sockets.allow("receive", "urgent", forms.Urgent, self.urgent)

    async def take(self, console: Console, form: forms.OfTalk) -> Json:
        told = await self._teller.change(
            form.talk, lambda uow: takeover.take(uow, form.talk, console.staff, self._desk.moment(uow)) and None
        )
        return {"row": told.row}

    async def hand_back(self, console: Console, form: forms.HandBack) -> Json:
        def use_case(uow: UnitOfWork) -> None:
            takeover.hand_back(uow, form.talk, console.staff, form.settled, self._desk.moment(uow))

        return {"row": (await self._teller.change(form.talk, use_case)).row}

    async def transfer(self, console: Console, form: forms.Transfer) -> Json:
        goal = takeover.Goal(form.reason, form.note, form.to_staff, form.to_group)

        def use_case(uow: UnitOfWork) -> None:
            takeover.transfer(uow, form.talk, console.staff, goal, self._desk.moment(uow))

        return {"row": (await self._teller.change(form.talk, use_case)).row}

    async def close(self, console: Console, form: forms.Close) -> Json:
        ending = Ending(form.kind, form.cause, form.result, form.order_no)

        def use_case(uow: UnitOfWork) -> None:
            takeover.close(uow, form.talk, console.staff, ending, self._desk.moment(uow))

        return {"row": (await self._teller.change(form.talk, use_case)).row}

    async def send(self, console: Console, form: forms.Send) -> Json:
        """Raises SpeechBlocked(findings) for words that may not go, or that should be thought over first."""
        draft = self._draft(form)

        def say(uow: UnitOfWork, conversation: Conversation) -> talk.Draft:
            if form.text is not None:
                self._speech.check_sendable(uow, conversation, console.staff, form.text, anyway=form.anyway)
            return draft(uow, conversation)

        used = [agents.Inserted(phrase.code, phrase.text) for phrase in form.phrases]

        def use_case(uow: UnitOfWork) -> Shown:
            posted = agents.post_agent_message(
                uow, form.talk, console.staff, form.client_msg_id, say, phrases=used, now=self._desk.now()
            )
            for number, picture in enumerate(form.attached, 1):
                follows = f"{form.client_msg_id}+{number}"
                agents.post_agent_message(
                    uow, form.talk, console.staff, follows, self._lend(picture), now=self._desk.now()
                )
            return self._desk.showing.message(posted.message)

        try:
            told = await self._teller.change(form.talk, use_case)
        except SpeechBlocked as error:
            await self._speech.report(form.talk, console.staff, error)
            raise
        return {"message": told.result.staff}

    def _draft(self, form: forms.Send) -> talk.Say:
        if form.text is not None:
            return drafts.text(form.text)
        if form.card is not None:
            card = drafts.send_order if form.card.kind == "order" else drafts.send_product
            return card(form.card.id)
        if not self._desk.pictures.holds(form.talk, form.picture or ""):
            raise FieldWrong(field="picture")
        return drafts.picture(form.picture or "")

    def _lend(self, picture: str) -> talk.Say:
        """Only when it is said: before that the buyer has no part in it. Raises FieldWrong."""

        def say(uow: UnitOfWork, conversation: Conversation) -> talk.Draft:
            if not self._desk.pictures.lend(conversation.id, picture):
                raise FieldWrong(field="attached")
            return drafts.picture(picture)(uow, conversation)

        return say

    async def check(self, console: Console, form: forms.Check) -> Json:
        def use_case(uow: UnitOfWork) -> list[Json]:
            return self._speech.find(uow, talk.get_conversation(uow, form.talk), console.staff, form.text)

        return {"findings": await self._desk.look(use_case)}

    async def recall(self, console: Console, form: forms.OfMessage) -> Json:
        def use_case(uow: UnitOfWork) -> Shown:
            notice = agents.recall(uow, form.talk, console.staff, form.seq, self._desk.moment(uow))
            return self._desk.showing.message(notice)

        return {"message": (await self._teller.change(form.talk, use_case)).result.staff}

    async def read(self, console: Console, form: forms.OfMessage) -> Json:
        told = await self._teller.change(
            form.talk, lambda uow: agents.mark_read(uow, form.talk, console.staff, form.seq)
        )
        if told.result:
            await self._desk.rooms.read(form.talk, form.seq)
        return {}

    async def typing(self, console: Console, form: forms.OfTalk) -> Json:
        """Only of who holds the talk: a buyer need not know who looks on."""
        await self._desk.look(lambda uow: takeover.check_holds(uow, form.talk, console.staff))
        await self._desk.rooms.typing(form.talk, AGENT, console.staff.name, but=console.sid)
        return {}

    async def draft(self, console: Console, form: forms.Draft) -> Json:
        def use_case(uow: UnitOfWork) -> None:
            talk.get_conversation(uow, form.talk)
            agents.keep_draft(uow, form.talk, console.staff, form.text, self._desk.now())

        await self._desk.change(use_case)
        news = {"talk": form.talk, "text": form.text}
        await self._desk.rooms.person("draft", news, console.staff.id, but=console.sid)
        return {}

    async def note(self, console: Console, form: forms.Jot) -> Json:
        jotted = agents.Jotted(form.client_msg_id, form.text, form.kind)

        def use_case(uow: UnitOfWork) -> Json:
            return show_note(agents.add_note(uow, form.talk, console.staff, jotted, self._desk.now()))

        async with self._desk.in_turn(form.talk):
            note = await self._desk.change(use_case)
            await self._desk.rooms.inside("note", note, form.talk)
        return {"note": note}

    async def tag(self, console: Console, form: forms.Tags) -> Json:
        return {"row": (await self._teller.change(form.talk, lambda uow: agents.tag(uow, form.talk, form.tags))).row}

    async def urgent(self, console: Console, form: forms.Urgent) -> Json:
        def use_case(uow: UnitOfWork) -> None:
            agents.set_urgent(uow, form.talk, console.staff, form.on, self._desk.now())

        return {"row": (await self._teller.change(form.talk, use_case)).row}

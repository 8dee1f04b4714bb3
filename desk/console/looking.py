"""What the console reads: lists, a conversation, the buyer beside it, what is to be done."""

from datetime import timedelta

from desk.console import forms
from desk.console.floor import Floor
from desk.console.shapes import Shapes, show_group, show_note
from desk.console.side import Side, look_beside
from desk.console.sockets import Console, StaffSockets
from desk.context import Desk
from desk.pictures import MEGABYTE
from desk.rooms import STAFF, talk_room
from desk.shown import Json
from desk.staff_access import describe_staff
from phrases.quick_book import library_of
from shop import conversations as talk
from shop import seats
from shop.audit import is_look_noted, note_look
from shop.model import Conversation, Holder, ServiceResult, Staff
from shop.phrase_groups import list_groups
from shop.ports import UnitOfWork
from shop.reaching import is_message
from shop.services import CAUSES
from shop.takeover import NOTE_LENGTH, TRANSFER_REASONS

HISTORY, CATCH_UP, ROWS = 50, 500, 200
ALERT_DAYS = 1


class Looking:
    def __init__(self, desk: Desk, sockets: StaffSockets, floor: Floor) -> None:
        self._desk, self._sockets, self._floor = desk, sockets, floor
        self._library = library_of(desk.words.quick)
        sockets.allow("look", "enter", forms.Nothing, self.enter)
        sockets.allow("look", "list", forms.Listed, self.list)
        sockets.allow("look", "search", forms.Search, self.search)
        sockets.allow("look", "look", forms.OfTalk, self.look)
        sockets.allow("look", "leave", forms.OfTalk, self.leave)
        sockets.allow("look", "fetch", forms.Fetch, self.fetch)
        sockets.allow("look", "side", forms.OfTalk, self.side)
        sockets.allow("look", "tasks", forms.Nothing, self.tasks)

    async def enter(self, console: Console, form: forms.Nothing) -> Json:
        await self._floor.sit_down(console.staff)
        await self._floor.tell_seats([console.staff.id])
        return await self._desk.look(lambda uow: self._surroundings(uow, console.staff))

    def _surroundings(self, uow: UnitOfWork, staff: Staff) -> Json:
        shapes, policy, now = Shapes(uow, self._desk.showing), uow.policies.current(), self._desk.now()
        alerts = [a for a in uow.alerts.since(now - timedelta(days=ALERT_DAYS)) if staff.id not in a.seen_by]
        me = describe_staff(staff)
        mine = [a for a in alerts if (a.to_staff == staff.id if a.to_staff else me["leader"])]
        tasks = uow.tasks.undone()
        return {
            "me": me,
            "seats": [shapes.seat(chair) for chair in seats.chairs(uow, policy)],
            "groups": [show_group(group) for group in uow.groups.all()],
            "mine": [shapes.row(c) for c in uow.conversations.of_agent(staff.id)],
            "queue": [shapes.row(c) for c in uow.conversations.waiting()],
            "alerts": [shapes.alert(alert) for alert in mine],
            "drafts": {draft.conversation_id: draft.text for draft in uow.agent_drafts.of_staff(staff.id)},
            "counts": {
                "left": sum(map(is_message, tasks)),
                "tasks": len(tasks),
                "approvals": len(uow.approvals.waiting()) + len(uow.payouts.waiting()),
            },
            "limits": {
                "text": policy.text_limit,
                "note": NOTE_LENGTH,
                "answer_seconds": policy.answer_seconds,
                "warn_seconds": policy.warn_seconds,
                "recall_seconds": policy.recall_seconds,
                "picture_bytes": policy.picture_megabytes * MEGABYTE,
            },
            "reasons": list(TRANSFER_REASONS),
            "causes": {kind.value: list(causes) for kind, causes in CAUSES.items()},
            "results": [result.value for result in ServiceResult],
            "phrase_groups": list_groups(uow, self._library),
            "shop": {"name": self._desk.settings.name, "service_name": self._desk.settings.service_name},
        }

    async def list(self, console: Console, form: forms.Listed) -> Json:
        def use_case(uow: UnitOfWork) -> Json:
            shapes = Shapes(uow, self._desk.showing)
            return {"rows": [shapes.row(c) for c in _listed(uow, form.which, console.staff)]}

        return await self._desk.look(use_case)

    async def search(self, console: Console, form: forms.Search) -> Json:
        def use_case(uow: UnitOfWork) -> Json:
            shapes = Shapes(uow, self._desk.showing)
            found = uow.conversations.matching(form.words, ROWS) if form.words.strip() else []
            return {"rows": [shapes.row(c) for c in found]}

        return await self._desk.look(use_case)

    async def look(self, console: Console, form: forms.OfTalk) -> Json:
        """From here on its messages come: nothing falls between what is given here and the first that comes."""
        async with self._desk.in_turn(form.talk):
            seen = await self._desk.look(lambda uow: self._see(uow, form.talk, console.staff))
            await self._sockets.sio.enter_room(console.sid, talk_room(form.talk), namespace=STAFF)
        return seen

    def _see(self, uow: UnitOfWork, conversation_id: str, staff: Staff) -> Json:
        conversation = talk.get_conversation(uow, conversation_id)
        shapes = Shapes(uow, self._desk.showing)
        history = talk.messages_before(uow, conversation_id, conversation.last_seq + 1, HISTORY)
        draft = uow.agent_drafts.find(conversation_id, staff.id)
        return {
            "row": shapes.row(conversation),
            "messages": [self._desk.showing.message(message).staff for message in history],
            "more": bool(history) and history[0].seq > 1,
            "notes": [show_note(note) for note in uow.notes.of_conversation(conversation_id)],
            "handovers": [shapes.handover(record) for record in uow.handovers.of_conversation(conversation_id)],
            "draft": draft.text if draft else "",
        }

    async def leave(self, console: Console, form: forms.OfTalk) -> Json:
        await self._sockets.sio.leave_room(console.sid, talk_room(form.talk), namespace=STAFF)
        return {}

    async def fetch(self, console: Console, form: forms.Fetch) -> Json:
        """`more`: ask again from where this ends."""

        def use_case(uow: UnitOfWork) -> Json:
            talk.get_conversation(uow, form.talk)
            if form.before is not None:
                found = talk.messages_before(uow, form.talk, form.before, form.limit)
                more = bool(found) and found[0].seq > 1
            else:
                found = talk.messages_after(uow, form.talk, form.after or 0, CATCH_UP)
                more = len(found) == CATCH_UP
            return {"messages": [self._desk.showing.message(message).staff for message in found], "more": more}

        return await self._desk.look(use_case)

    async def side(self, console: Console, form: forms.OfTalk) -> Json:
        """Who sees personal data in full stands in the log before it is shown. PC-04."""
        staff, now = console.staff, self._desk.now()

        def use_case(uow: UnitOfWork) -> tuple[Side, bool]:
            conversation, policy = talk.get_conversation(uow, form.talk), uow.policies.current()
            side = look_beside(Shapes(uow, self._desk.showing), conversation, staff, policy, now)
            return side, bool(side.seen) and not is_look_noted(uow, staff, conversation, now)

        side, is_news = await self._desk.look(use_case)
        if is_news:
            await self._desk.change(
                lambda uow: note_look(uow, staff, talk.get_conversation(uow, form.talk), side.seen, now)
            )
        return side.shown

    async def tasks(self, console: Console, form: forms.Nothing) -> Json:
        def use_case(uow: UnitOfWork) -> Json:
            shapes = Shapes(uow, self._desk.showing)
            return {"tasks": [shapes.task(task) for task in uow.tasks.undone()]}

        return await self._desk.look(use_case)


def _listed(uow: UnitOfWork, which: str, staff: Staff) -> "list[Conversation]":
    if which == "mine":
        return [*uow.conversations.of_agent(staff.id)]
    if which == "queue":
        return [*uow.conversations.waiting()]
    return [*uow.conversations.listed(ROWS, Holder.BOT if which == "bot" else None)]

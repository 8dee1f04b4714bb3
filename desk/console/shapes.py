"""How things look to the console; docs/console.md says what each carries. Read inside a transaction."""

from dataclasses import dataclass, field

from desk.shown import Json, Showing, iso
from shop.handover import position
from shop.intents import name_intent
from shop.model import Alert, Conversation, Direction, Group, HandoverRecord, Holder, Note, Task
from shop.ports import UnitOfWork
from shop.seats import Chair
from shop.services import find_open

PREVIEW = 60
LOOKED_AT = 4


@dataclass
class Shapes:
    uow: UnitOfWork
    showing: Showing
    _names: dict[str, str] = field(default_factory=dict)

    def row(self, conversation: Conversation) -> Json:
        service = find_open(self.uow, conversation)
        group = self.uow.groups.find(conversation.group_code) if conversation.group_code else None
        return {
            "id": conversation.id,
            "nick": conversation.nick,
            "guest": conversation.buyer_id is None,
            "holder": conversation.holder.value,
            "epoch": conversation.epoch,
            "position": position(self.uow, conversation),
            "agent": self._agent(conversation.agent_id),
            "group": group and show_group(group),
            "reason": conversation.queue_reason,
            "queued_at": conversation.queued_at and iso(conversation.queued_at),
            "waiting_since": conversation.waiting_since and iso(conversation.waiting_since),
            "last": self._last(conversation),
            "last_seq": conversation.last_seq,
            "unread": self._unread(conversation),
            "buyer_read": conversation.buyer_read_seq,
            "urgent": conversation.urgent,
            "tags": list(conversation.tags),
            "intent": conversation.intent,
            "intent_name": name_intent(conversation.intent),
            "mood": conversation.mood,
            "order_no": conversation.order_no,
            "product_code": conversation.product_code,
            "assisted": conversation.assisted,
            "service": service and {"number": service.number, "started_at": iso(service.started_at)},
        }

    def _unread(self, conversation: Conversation) -> int:
        """The buyer's words that no person has read, while people have the talk."""
        if conversation.holder is Holder.BOT or conversation.agent_read_seq >= conversation.last_seq:
            return 0
        return self.uow.messages.count_of_buyer(conversation.id, conversation.agent_read_seq)

    def _last(self, conversation: Conversation) -> Json | None:
        """What somebody said last; a notice only where nobody has said anything."""
        message = self.uow.messages.find(conversation.id, conversation.last_seq)
        if message is not None and message.direction is Direction.SYSTEM:
            newest = self.uow.messages.before(conversation.id, conversation.last_seq, LOOKED_AT - 1)[::-1]
            message = next((m for m in newest if m.direction is not Direction.SYSTEM), message)
        if message is None:
            return None
        text = "" if message.recalled_at else message.text[:PREVIEW]
        return {
            "seq": message.seq,
            "direction": message.direction.value,
            "kind": message.kind,
            "text": text,
            "at": iso(message.created_at),
        }

    def _agent(self, staff_id: str | None) -> Json | None:
        return {"id": staff_id, "name": self.name(staff_id)} if staff_id else None

    def name(self, staff_id: str) -> str:
        """花名; of the bot, the buyer and the desk nothing."""
        if staff_id and staff_id not in self._names:
            staff = self.uow.people.find(staff_id)
            self._names[staff_id] = staff.name if staff else ""
        return self._names.get(staff_id, "")

    def handover(self, record: HandoverRecord) -> Json:
        group = self.uow.groups.find(record.group_code) if record.group_code else None
        return {
            "epoch": record.epoch,
            "at": iso(record.at),
            "from_holder": record.from_holder.value,
            "to_holder": record.to_holder.value,
            "from_agent": self.name(record.from_agent),
            "to_agent": self.name(record.to_agent),
            "group": group.name if group else "",
            "reason": record.reason,
            "note": record.note,
            "by": self.name(record.by) or record.by,
            "why": list(record.why),
            "card": dict(record.card),
        }

    def alert(self, alert: Alert) -> Json:
        talk = self.uow.conversations.find(alert.conversation_id) if alert.conversation_id else None
        return {
            "id": alert.id,
            "kind": alert.kind.value,
            "at": iso(alert.at),
            "talk": alert.conversation_id or None,
            "nick": talk.nick if talk else "",
            "staff": self.name(alert.staff_id),
            "to_staff": alert.to_staff,
            "note": alert.note,
        }

    def task(self, task: Task) -> Json:
        talk = self.uow.conversations.find(task.conversation_id) if task.conversation_id else None
        return {
            "number": task.number,
            "kind": task.kind.value,
            "title": task.title,
            "created_at": iso(task.created_at),
            "due_at": iso(task.due_at),
            "talk": task.conversation_id or None,
            "nick": talk.nick if talk else "",
            "order_no": task.order_no,
            "owner": self.name(task.owner),
            "intent_name": name_intent(talk.intent) if talk else "",
        }

    def seat(self, chair: Chair) -> Json:
        groups = [group.name for code in chair.staff.groups if (group := self.uow.groups.find(code))]
        return {
            "staff_id": chair.staff.id,
            "name": chair.staff.name,
            "role": chair.staff.role.value,
            "state": chair.seat.state.value,
            "since": iso(chair.seat.since),
            "load": chair.load,
            "limit": chair.limit,
            "groups": groups,
        }


def show_group(group: Group) -> Json:
    return {"code": group.code, "name": group.name}


def show_note(note: Note) -> Json:
    return {
        "talk": note.conversation_id,
        "number": note.number,
        "kind": note.kind.value,
        "author_id": note.author_id,
        "author": note.author,
        "text": note.text,
        "at": iso(note.at),
    }

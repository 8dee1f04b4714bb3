"""Hand-overs, notes, drafts, services, the shop's own phrases and their use."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, case, func, select

from shop.model import AgentDraft, ChangeKind, HandoverRecord, Note, PhraseUse, SavedPhrase, Service
from shop.store import tables
from shop.store.engine import lock_schema
from shop.store.repositories.base import Repository

_h, _s, _u = tables.handovers.c, tables.saved_phrases.c, tables.phrase_uses.c
_HANDOVERS = select(HandoverRecord).where(_h.conversation_id == bindparam("talk")).order_by(_h.epoch.desc())
_ARRANGED = select(func.max(tables.changes.c.id)).where(
    tables.changes.c.kind.in_([ChangeKind.QUICK_PHRASE, ChangeKind.PHRASE_GROUP])
)
_VERSION = select(func.count(), func.sum(_s.version), _ARRANGED.scalar_subquery())
_USES = (
    select(_u.code, func.count())
    .where(_u.staff_id == bindparam("staff_id"), _u.at > bindparam("since"))
    .group_by(_u.code)
)
_TOTALS = (
    select(_u.code, func.count(), func.sum(case((_u.edited, 0), else_=1)))
    .where(_u.at > bindparam("since"))
    .group_by(_u.code)
)


class SqlHandovers(Repository[HandoverRecord]):
    cls = HandoverRecord

    def of_conversation(self, conversation_id: str) -> Sequence[HandoverRecord]:
        return self.many(_HANDOVERS, talk=conversation_id)


class SqlNotes(Repository[Note]):
    cls = Note

    def of_conversation(self, conversation_id: str) -> Sequence[Note]:
        t = tables.notes.c
        return self.many(select(Note).where(t.conversation_id == conversation_id).order_by(t.number))

    def find_by_client_id(self, conversation_id: str, client_msg_id: str) -> Note | None:
        t = tables.notes.c
        return self.one(select(Note).where(t.conversation_id == conversation_id, t.client_msg_id == client_msg_id))


class SqlAgentDrafts(Repository[AgentDraft]):
    cls = AgentDraft

    def find(self, conversation_id: str, staff_id: str) -> AgentDraft | None:  # type: ignore[override]  # a pair
        return self.session.find(AgentDraft, conversation_id, staff_id)

    def of_staff(self, staff_id: str) -> Sequence[AgentDraft]:
        return self.many(select(AgentDraft).where(tables.agent_drafts.c.staff_id == staff_id))

    def put(self, draft: AgentDraft) -> None:
        known = self.find(draft.conversation_id, draft.staff_id)
        if known is not None and draft.text:
            known.text, known.at = draft.text, draft.at
        elif known is not None:
            self.session.delete(known)
        elif draft.text:
            self.session.add(draft)
        self.session.flush()


class SqlServices(Repository[Service]):
    cls = Service

    def of_conversation(self, conversation_id: str) -> Sequence[Service]:
        t = tables.services.c
        return self.many(
            select(Service).where(t.conversation_id == conversation_id).order_by(t.started_at.desc(), t.number.desc())
        )


class SqlSavedPhrases(Repository[SavedPhrase]):
    cls = SavedPhrase

    def find(self, owner_id: str, code: str) -> SavedPhrase | None:  # type: ignore[override]  # the key is a pair
        return self.session.find(SavedPhrase, owner_id, code)

    def of(self, owner_id: str) -> Sequence[SavedPhrase]:
        t = tables.saved_phrases.c
        return self.many(select(SavedPhrase).where(t.owner_id == owner_id).order_by(t.code))

    def version(self) -> str:
        count, total, arranged = self.session.execute(_VERSION).one()
        return f"{count}:{total or 0}:{arranged or 0}"

    def in_group(self, group: str) -> Sequence[SavedPhrase]:
        t = tables.saved_phrases.c
        return self.many(select(SavedPhrase).where(t.group == group, ~t.removed).order_by(t.owner_id, t.code))

    def hold(self) -> None:
        lock_schema(self.session.connection())


class SqlPhraseUses(Repository[PhraseUse]):
    cls = PhraseUse

    def counts(self, staff_id: str, since: datetime) -> Mapping[str, int]:
        return {row[0]: row[1] for row in self.session.execute(_USES, {"staff_id": staff_id, "since": since})}

    def totals(self, since: datetime) -> Mapping[str, tuple[int, int]]:
        return {row[0]: (row[1], row[2]) for row in self.session.execute(_TOTALS, {"since": since})}

    def since(self, at: datetime) -> Sequence[PhraseUse]:
        t = tables.phrase_uses.c
        return self.many(select(PhraseUse).where(t.at >= at).order_by(t.at, t.id))

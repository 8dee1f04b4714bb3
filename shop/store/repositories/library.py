"""What the shop writes itself, and who changed what."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, delete, func, or_, select

from shop.model import Change, ChangeKind, PhraseGroup, PhrasePlace, SavedReply
from shop.store import tables
from shop.store.engine import lock_schema
from shop.store.repositories.base import Repository

_r = tables.saved_replies.c
_REPLIES = select(SavedReply).order_by(_r.key)
_REPLY_VERSION = select(func.count(), func.sum(_r.version))


class SqlSavedReplies(Repository[SavedReply]):
    cls, key = SavedReply, "key"

    def all(self) -> Sequence[SavedReply]:
        return self.many(_REPLIES)

    def version(self) -> str:
        count, total = self.session.execute(_REPLY_VERSION).one()
        return f"{count}:{total or 0}"

    def hold(self) -> None:
        lock_schema(self.session.connection())


class SqlPhraseGroups(Repository[PhraseGroup]):
    cls, key = PhraseGroup, "name"

    def all(self) -> Sequence[PhraseGroup]:
        t = tables.phrase_groups.c
        fresh = select(PhraseGroup).order_by(t.position, t.name).execution_options(populate_existing=True)
        return self.many(fresh)

    def put(self, names: Sequence[str]) -> None:
        self.session.execute(delete(tables.phrase_groups))
        rows = [{"name": name, "position": place} for place, name in enumerate(names)]
        if rows:
            self.session.execute(tables.phrase_groups.insert(), rows)


class SqlPhrasePlaces(Repository[PhrasePlace]):
    cls, key = PhrasePlace, "code"

    def all(self) -> Mapping[str, int]:
        t = tables.phrase_places.c
        return {row[0]: row[1] for row in self.session.execute(select(t.code, t.position))}

    def put(self, places: Mapping[str, int]) -> None:
        t = tables.phrase_places
        self.session.execute(delete(t).where(t.c.code.in_(list(places))))
        if places:
            self.session.execute(t.insert(), [{"code": code, "position": place} for code, place in places.items()])


class SqlChanges(Repository[Change]):
    cls, key = Change, "id"

    def find(self, change_id: int) -> Change | None:  # type: ignore[override]  # numbered by the database
        return self.session.find(Change, change_id)

    def of(self, kind: ChangeKind, key: str, limit: int) -> Sequence[Change]:
        t = tables.changes.c
        return self.many(select(Change).where(t.kind == kind, t.key == key).order_by(t.id.desc()).limit(limit))

    def of_batch(self, batch: str) -> Sequence[Change]:
        t = tables.changes.c
        return self.many(select(Change).where(t.batch == batch).order_by(t.id))

    def search(
        self,
        *,
        kind: ChangeKind | None,
        by: str,
        words: str,
        since: datetime | None,
        until: datetime | None,
        below: int | None,
        limit: int,
    ) -> Sequence[Change]:
        t = tables.changes.c
        query: Select[tuple[Change]] = select(Change)
        if kind is not None:
            query = query.where(t.kind == kind)
        if by:
            query = query.where(t.by == by)
        if words:
            query = query.where(or_(*(c.icontains(words, autoescape=True) for c in (t.key, t.action, t.name))))
        if since is not None:
            query = query.where(t.at >= since)
        if until is not None:
            query = query.where(t.at < until)
        if below is not None:
            query = query.where(t.id < below)
        return self.many(query.order_by(t.id.desc()).limit(limit))

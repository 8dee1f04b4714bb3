"""What the bot did not answer well, with the words that were said."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Select, and_, bindparam, select

from shop.model import Direction, Gap, Missed
from shop.store import tables
from shop.store.repositories.base import Repository

_g, _m, _c = tables.gaps.c, tables.messages.c, tables.conversations.c
_OF_MESSAGE = select(Gap).where(_g.conversation_id == bindparam("talk"), _g.seq == bindparam("seq"))


class SqlGaps(Repository[Gap]):
    cls, key = Gap, "gap_id"

    def of_message(self, conversation_id: str, seq: int) -> Gap | None:
        return self.one(_OF_MESSAGE, talk=conversation_id, seq=seq)

    def with_ids(self, ids: Collection[int]) -> Sequence[Gap]:
        return self.many(select(Gap).where(_g.id.in_(ids)).order_by(_g.id))

    def missed_since(self, at: datetime, limit: int) -> Sequence[Missed]:
        return self._missed(select(tables.gaps).where(_g.at >= at).order_by(_g.at.desc(), _g.id.desc()).limit(limit))

    def missed(self, ids: Collection[int]) -> Sequence[Missed]:
        return self._missed(select(tables.gaps).where(_g.id.in_(ids)))

    def _missed(self, query: Select[Any]) -> Sequence[Missed]:
        g = query.subquery()
        said = and_(
            _m.conversation_id == g.c.conversation_id,
            _m.seq.between(g.c.first_seq, g.c.seq),
            _m.direction == Direction.BUYER,
            _m.kind == "text",
        )
        pieces = (
            select(g, _c.buyer_id, _m.text)
            .join(tables.messages, said)
            .join(tables.conversations, _c.id == g.c.conversation_id)
            .order_by(g.c.at.desc(), g.c.id.desc(), _m.seq)
        )
        rows = self.session.execute(pieces)
        return [_whole(list(parts)) for _, parts in groupby(rows, key=lambda row: row.id)]


def _whole(parts: Sequence[Any]) -> Missed:
    row = parts[0]
    return Missed(
        row.id,
        row.conversation_id,
        row.buyer_id,
        row.seq,
        row.at,
        row.kind,
        row.reason,
        row.state,
        row.intent,
        row.settled_at,
        _join(part.text for part in parts),
    )


def _join(texts: Iterable[str]) -> str:
    return " ".join(text for text in texts if text.strip())

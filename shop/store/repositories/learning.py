"""What the bot was taught, and which model answers."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select

from shop.model import LiveModel, TaughtMessage, Training
from shop.model.teaching import UNDER_WAY
from shop.store import tables
from shop.store.engine import lock_schema
from shop.store.repositories.base import Repository

_t, _r = tables.taught_messages.c, tables.trainings.c
_LIVE = "live"
_VERSION = select(tables.live_models.c.version)
_OF_TEXT = select(TaughtMessage).where(_t.text == bindparam("text"))
_UNDER_WAY = (
    select(Training)
    .where(_r.state.in_(sorted(UNDER_WAY, key=lambda state: state.value)))
    .order_by(_r.number)
    .execution_options(populate_existing=True)
)


class SqlTaughtMessages(Repository[TaughtMessage]):
    cls, key = TaughtMessage, "lesson_id"

    def find(self, lesson_id: int) -> TaughtMessage | None:  # type: ignore[override]  # numbered by the database
        return self.session.find(TaughtMessage, lesson_id)

    def of_text(self, text: str) -> TaughtMessage | None:
        return self.one(_OF_TEXT, text=text)

    def all(self) -> Sequence[TaughtMessage]:
        return self.many(select(TaughtMessage).order_by(_t.at.desc(), _t.id.desc()))

    def count(self) -> int:
        return int(self.session.execute(select(func.count()).select_from(tables.taught_messages)).scalar_one())

    def newest_at(self) -> datetime | None:
        return self.session.execute(select(_t.at).order_by(_t.at.desc()).limit(1)).scalar()

    def remove(self, lesson: TaughtMessage) -> None:
        self.session.delete(lesson)

    def hold(self) -> None:
        lock_schema(self.session.connection())


class SqlTrainings(Repository[Training]):
    cls, key = Training, "number"

    def under_way(self) -> Training | None:
        return self.one(_UNDER_WAY)

    def latest(self, limit: int) -> Sequence[Training]:
        newest = select(Training).order_by(_r.asked_at.desc(), _r.number.desc()).limit(limit)
        return self.many(newest.execution_options(populate_existing=True))


class SqlLiveModels(Repository[LiveModel]):
    cls, key = LiveModel, "name"

    def current(self) -> LiveModel | None:
        return self.one(select(LiveModel).execution_options(populate_existing=True))

    def version(self) -> int:
        return int(self.session.execute(_VERSION).scalar() or 0)

    def put(self, live: LiveModel) -> None:
        if self.find(_LIVE) is None:
            self.add(live)

"""Staff, seats, skill groups, sign-ins, alerts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from shop.errors import StaffUnknown
from shop.model import Alert, AlertKind, ApiToken, Group, KeptAnswer, Seat, SignInTry, Staff, StaffSession
from shop.store import tables
from shop.store.engine import lock_schema
from shop.store.repositories.base import Repository
from shop.store.session import ShopSession

_PEOPLE = select(Staff).order_by(tables.staff.c.id)
_SEATS = select(Seat).order_by(tables.seats.c.staff_id)
_GROUPS = select(Group).order_by(tables.groups.c.position, tables.groups.c.code)


class SqlPeople(Repository[Staff]):
    cls, unknown, key = Staff, StaffUnknown, "staff_id"

    def all(self) -> Sequence[Staff]:
        return self.many(_PEOPLE)


class SqlSeats(Repository[Seat]):
    cls, unknown, key = Seat, StaffUnknown, "staff_id"

    def all(self) -> Sequence[Seat]:
        return self.many(_SEATS)


class SqlGroups(Repository[Group]):
    cls, key = Group, "code"

    def all(self) -> Sequence[Group]:
        return self.many(_GROUPS)


class SqlStaffSessions(Repository[StaffSession]):
    cls, key = StaffSession, "session_id"

    def open_of(self, staff_id: str) -> Sequence[StaffSession]:
        t = tables.staff_sessions.c
        return self.many(select(StaffSession).where(t.staff_id == staff_id, t.ended_at.is_(None)))


class SqlApiTokens(Repository[ApiToken]):
    cls, key = ApiToken, "token_id"

    def standing(self) -> Sequence[ApiToken]:
        t = tables.api_tokens.c
        return self.many(select(ApiToken).where(t.ended_at.is_(None)).order_by(t.created_at, t.id))

    def hold(self) -> None:
        lock_schema(self.session.connection())


class SqlKeptAnswers(Repository[KeptAnswer]):
    cls = KeptAnswer

    def find(self, who: str, key: str) -> KeptAnswer | None:  # type: ignore[override]  # the key is a pair
        return self.session.find(KeptAnswer, who, key)

    def forget(self, before: datetime) -> None:
        self.session.execute(delete(KeptAnswer).where(tables.kept_answers.c.at < before))

    def remove(self, answer: KeptAnswer) -> None:
        self.session.delete(answer)


class SqlSignInTries(Repository[SignInTry]):
    cls, key = SignInTry, "id"

    def count(self, since: datetime, *, staff_id: str = "", address: str = "") -> int:
        t = tables.sign_in_tries.c
        whose = t.staff_id == staff_id if staff_id else t.address == address
        return (
            self.session.scalar(select(func.count()).select_from(tables.sign_in_tries).where(whose, t.at > since)) or 0
        )

    def forget(self, before: datetime) -> None:
        self.session.execute(delete(SignInTry).where(tables.sign_in_tries.c.at < before))


class SqlAlerts(Repository[Alert]):
    cls, key = Alert, "id"

    def __init__(self, session: ShopSession) -> None:
        super().__init__(session)
        self._added: list[Alert] = []

    def find(self, alert_id: int) -> Alert | None:  # type: ignore[override]  # numbered by the database
        return self.session.find(Alert, alert_id)

    def since(self, at: datetime) -> Sequence[Alert]:
        t = tables.alerts.c
        return self.many(select(Alert).where(t.at >= at).order_by(t.id.desc()))

    def added(self) -> Sequence[Alert]:
        return [alert for alert in self._added if alert in self.session]

    def add(self, alert: Alert) -> None:
        super().add(alert)
        self._added.append(alert)

    def after(self, alert_id: int) -> Sequence[Alert]:
        t = tables.alerts.c
        return self.many(select(Alert).where(t.id > alert_id).order_by(t.id))

    def last(self, kind: AlertKind, *, conversation_id: str = "", staff_id: str = "") -> Alert | None:
        t = tables.alerts.c
        query = select(Alert).where(t.kind == kind).order_by(t.id.desc()).limit(1)
        if conversation_id:
            query = query.where(t.conversation_id == conversation_id)
        return self.one(query.where(t.staff_id == staff_id) if staff_id else query)

    def hold(self) -> None:
        lock_schema(self.session.connection())

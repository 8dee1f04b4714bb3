"""Staff, their seats, and what they do with a conversation."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from shop.model import (
    AgentDraft,
    Alert,
    AlertKind,
    ApiToken,
    Group,
    HandoverRecord,
    KeptAnswer,
    Note,
    PhraseUse,
    SavedPhrase,
    Seat,
    Service,
    SignInTry,
    Staff,
    StaffSession,
    Task,
)


class People(Protocol):
    def find(self, staff_id: str) -> Staff | None: ...
    def lock(self, staff_id: str) -> Staff:
        """For writing, like Conversations.lock. Raises StaffUnknown."""

    def all(self) -> Sequence[Staff]:
        """By id; those who have left too."""

    def add(self, staff: Staff) -> None: ...


class Seats(Protocol):
    def find(self, staff_id: str) -> Seat | None: ...
    def lock(self, staff_id: str) -> Seat:
        """For writing, like Conversations.lock. Raises StaffUnknown."""

    def all(self) -> Sequence[Seat]: ...
    def add(self, seat: Seat) -> None: ...


class Groups(Protocol):
    def find(self, code: str) -> Group | None: ...
    def all(self) -> Sequence[Group]:
        """In their order."""

    def add(self, group: Group) -> None: ...


class StaffSessions(Protocol):
    def find(self, session_id: str) -> StaffSession | None: ...
    def open_of(self, staff_id: str) -> Sequence[StaffSession]: ...
    def add(self, session: StaffSession) -> None: ...


class ApiTokens(Protocol):
    def find(self, token_id: str) -> ApiToken | None: ...
    def standing(self) -> Sequence[ApiToken]:
        """Those that have not been ended, oldest first."""

    def hold(self) -> None:
        """From here to the end of the transaction nobody else adds: counts stay true."""

    def add(self, token: ApiToken) -> None: ...


class KeptAnswers(Protocol):
    def find(self, who: str, key: str) -> KeptAnswer | None: ...
    def forget(self, before: datetime) -> None: ...
    def remove(self, answer: KeptAnswer) -> None: ...
    def add(self, answer: KeptAnswer) -> None:
        """Raises Duplicate where somebody was faster."""


class SignInTries(Protocol):
    def count(self, since: datetime, *, staff_id: str = "", address: str = "") -> int:
        """Failures since then, by one of the two."""

    def forget(self, before: datetime) -> None: ...
    def add(self, attempt: SignInTry) -> None: ...


class Alerts(Protocol):
    def find(self, alert_id: int) -> Alert | None: ...
    def since(self, at: datetime) -> Sequence[Alert]:
        """Newest first."""

    def added(self) -> Sequence[Alert]:
        """By this unit of work, oldest first."""

    def after(self, alert_id: int) -> Sequence[Alert]:
        """Oldest first."""

    def last(self, kind: AlertKind, *, conversation_id: str = "", staff_id: str = "") -> Alert | None: ...
    def hold(self) -> None:
        """From here to the end of the transaction nobody else gets past this: what was told stays true."""

    def add(self, alert: Alert) -> None: ...


class Tasks(Protocol):
    def find_by_turn(self, turn_id: str) -> Task | None: ...
    def of_conversation(self, conversation_id: str) -> Sequence[Task]:
        """Newest first."""

    def find(self, number: str) -> Task | None: ...
    def lock(self, number: str) -> Task:
        """For writing, like Conversations.lock. Raises RequestUnknown."""

    def undone(self, owner: str | None = None) -> Sequence[Task]:
        """Due first; `owner`: only those of that member of staff (empty: nobody's)."""

    def add(self, task: Task) -> None: ...


class Handovers(Protocol):
    def of_conversation(self, conversation_id: str) -> Sequence[HandoverRecord]:
        """Newest first."""

    def add(self, record: HandoverRecord) -> None: ...


class Notes(Protocol):
    def of_conversation(self, conversation_id: str) -> Sequence[Note]:
        """Oldest first."""

    def find_by_client_id(self, conversation_id: str, client_msg_id: str) -> Note | None: ...
    def add(self, note: Note) -> None: ...


class AgentDrafts(Protocol):
    def find(self, conversation_id: str, staff_id: str) -> AgentDraft | None: ...
    def of_staff(self, staff_id: str) -> Sequence[AgentDraft]: ...
    def put(self, draft: AgentDraft) -> None:
        """In place of the one before; an empty text takes it away."""


class ServiceRecords(Protocol):
    def find(self, number: str) -> Service | None: ...
    def of_conversation(self, conversation_id: str) -> Sequence[Service]:
        """Newest first."""

    def add(self, service: Service) -> None: ...


class SavedPhrases(Protocol):
    def find(self, owner_id: str, code: str) -> SavedPhrase | None: ...
    def of(self, owner_id: str) -> Sequence[SavedPhrase]:
        """Those of one person, or of the team (empty); removed ones too."""

    def in_group(self, group: str) -> Sequence[SavedPhrase]:
        """Of the team and of everybody; no removed ones."""

    def version(self) -> str:
        """Differs after every change of anyone's, of groups and of their order."""

    def hold(self) -> None:
        """From here to the end of the transaction nobody else adds: counts stay true."""

    def add(self, phrase: SavedPhrase) -> None: ...


class PhraseUses(Protocol):
    def counts(self, staff_id: str, since: datetime) -> Mapping[str, int]:
        """Code → how often this person sent it."""

    def totals(self, since: datetime) -> Mapping[str, tuple[int, int]]:
        """Code → how often anybody sent it, and how often just as it stands."""

    def since(self, at: datetime) -> Sequence[PhraseUse]: ...
    def add(self, use: PhraseUse) -> None: ...

"""What use cases need from outside. `find_` answers None where there is nothing, `get_` raises NotFound."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from shop.lexicon import Lexicon
from shop.policy import Policy
from shop.ports.gaps import Gaps as Gaps
from shop.ports.learning import LiveModels as LiveModels
from shop.ports.learning import TaughtMessages as TaughtMessages
from shop.ports.learning import Trainings as Trainings
from shop.ports.library import Changes as Changes
from shop.ports.library import PhraseGroups as PhraseGroups
from shop.ports.library import PhrasePlaces as PhrasePlaces
from shop.ports.library import SavedReplies as SavedReplies
from shop.ports.people import AgentDrafts as AgentDrafts
from shop.ports.people import Alerts as Alerts
from shop.ports.people import ApiTokens as ApiTokens
from shop.ports.people import Groups as Groups
from shop.ports.people import Handovers as Handovers
from shop.ports.people import KeptAnswers as KeptAnswers
from shop.ports.people import Notes as Notes
from shop.ports.people import People as People
from shop.ports.people import PhraseUses as PhraseUses
from shop.ports.people import SavedPhrases as SavedPhrases
from shop.ports.people import Seats as Seats
from shop.ports.people import ServiceRecords as ServiceRecords
from shop.ports.people import SignInTries as SignInTries
from shop.ports.people import StaffSessions as StaffSessions
from shop.ports.people import Tasks as Tasks
from shop.ports.phrase_days import PhraseDays as PhraseDays
from shop.ports.talks import Conversations as Conversations
from shop.ports.talks import DialogueStates as DialogueStates
from shop.ports.talks import Messages as Messages
from shop.ports.talks import Turns as Turns
from shop.ports.trade import AfterSales as AfterSales
from shop.ports.trade import Approvals as Approvals
from shop.ports.trade import Bargains as Bargains
from shop.ports.trade import Buyers as Buyers
from shop.ports.trade import Complaints as Complaints
from shop.ports.trade import Freight as Freight
from shop.ports.trade import Offers as Offers
from shop.ports.trade import Orders as Orders
from shop.ports.trade import Parcels as Parcels
from shop.ports.trade import Payouts as Payouts
from shop.ports.trade import Products as Products
from shop.ports.trade import Promotions as Promotions
from shop.ports.webhooks import Deliveries as Deliveries
from shop.ports.webhooks import Webhooks as Webhooks


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware, UTC."""


class Courier(Protocol):
    """One courier company: how its waybills look and what it says of a parcel."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def phone(self) -> str:
        """The public hotline."""

    def knows(self, waybill: str) -> bool:
        """Whether the number has this company's form."""


class StoredRule(NamedTuple):
    """`value` as plain JSON; one that today's program refuses stands here, too."""

    value: Any
    set_by: str
    set_at: datetime


class Policies(Protocol):
    def current(self) -> Policy:
        """The defaults with the manager's values over them."""

    def set(self, name: str, value: object, by: str, at: datetime) -> None:
        """Raises FieldWrong."""

    def unset(self, name: str) -> None:
        """Back to its default. Safe to repeat."""

    def stored(self) -> Mapping[str, StoredRule]:
        """Those that somebody has set, by name."""

    def hold(self) -> None:
        """From here to the end of the transaction nobody else sets one: what was read then stays true."""


class Numbers(Protocol):
    def next(self, prefix: str, at: datetime) -> str:
        """A number not given before: prefix + yymmdd (Asia/Shanghai) + a growing serial of at least 4 digits."""


class UnitOfWork(Protocol):
    """One transaction. Leaving the `with` block without `commit()` undoes everything."""

    products: Products
    promotions: Promotions
    freight: Freight
    buyers: Buyers
    orders: Orders
    parcels: Parcels
    aftersales: AfterSales
    complaints: Complaints
    offers: Offers
    approvals: Approvals
    bargains: Bargains
    payouts: Payouts
    tasks: Tasks
    conversations: Conversations
    messages: Messages
    turns: Turns
    people: People
    seats: Seats
    groups: Groups
    staff_sessions: StaffSessions
    api_tokens: ApiTokens
    kept_answers: KeptAnswers
    sign_in_tries: SignInTries
    alerts: Alerts
    handovers: Handovers
    notes: Notes
    agent_drafts: AgentDrafts
    services: ServiceRecords
    saved_phrases: SavedPhrases
    phrase_uses: PhraseUses
    saved_replies: SavedReplies
    phrase_groups: PhraseGroups
    phrase_places: PhrasePlaces
    phrase_days: PhraseDays
    changes: Changes
    gaps: Gaps
    taught_messages: TaughtMessages
    trainings: Trainings
    live_models: LiveModels
    webhooks: Webhooks
    deliveries: Deliveries
    policies: Policies
    dialogue_states: DialogueStates
    numbers: Numbers

    def lexicon(self) -> Lexicon: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def __enter__(self) -> "UnitOfWork": ...
    def __exit__(self, *exc: object) -> None: ...

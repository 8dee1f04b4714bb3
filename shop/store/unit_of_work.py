"""One transaction over all repositories."""

from collections.abc import Sequence

from sqlalchemy import Engine

from shop import ports
from shop.lexicon import Lexicon
from shop.store import mapping  # noqa: F401  # lays the model onto the tables
from shop.store.lexicon import read_lexicon
from shop.store.news import take_news
from shop.store.repositories import (
    catalogue,
    conversations,
    effects,
    gaps,
    house,
    learning,
    library,
    orders,
    phrase_days,
    seats,
    service,
    webhooks,
)
from shop.store.session import ShopSession
from shop.webhooks.events import tell


class SqlUnitOfWork:
    """Takes a connection at the first statement and the write lock at the first write (see engine.py).

    What it gave out stays readable afterwards; changes made to it then are not stored.
    """

    products: ports.Products
    promotions: ports.Promotions
    freight: ports.Freight
    buyers: ports.Buyers
    orders: ports.Orders
    parcels: ports.Parcels
    aftersales: ports.AfterSales
    complaints: ports.Complaints
    offers: ports.Offers
    approvals: ports.Approvals
    bargains: ports.Bargains
    payouts: ports.Payouts
    tasks: ports.Tasks
    conversations: ports.Conversations
    messages: ports.Messages
    turns: ports.Turns
    people: ports.People
    seats: ports.Seats
    groups: ports.Groups
    staff_sessions: ports.StaffSessions
    api_tokens: ports.ApiTokens
    kept_answers: ports.KeptAnswers
    sign_in_tries: ports.SignInTries
    alerts: ports.Alerts
    handovers: ports.Handovers
    notes: ports.Notes
    agent_drafts: ports.AgentDrafts
    services: ports.ServiceRecords
    saved_phrases: ports.SavedPhrases
    phrase_uses: ports.PhraseUses
    saved_replies: ports.SavedReplies
    phrase_groups: ports.PhraseGroups
    phrase_places: ports.PhrasePlaces
    phrase_days: ports.PhraseDays
    changes: ports.Changes
    gaps: ports.Gaps
    taught_messages: ports.TaughtMessages
    trainings: ports.Trainings
    live_models: ports.LiveModels
    webhooks: ports.Webhooks
    deliveries: ports.Deliveries
    policies: ports.Policies
    dialogue_states: ports.DialogueStates
    numbers: ports.Numbers

    def __init__(self, engine: Engine, clock: ports.Clock, couriers: Sequence[ports.Courier]) -> None:
        self._session = session = ShopSession(engine)
        self._couriers, self._clock = couriers, clock
        self.products = catalogue.SqlProducts(session)
        self.promotions = catalogue.SqlPromotions(session)
        self.freight = catalogue.SqlFreight(session)
        self.buyers = orders.SqlBuyers(session)
        self.orders = orders.SqlOrders(session)
        self.parcels = orders.SqlParcels(session)
        self.aftersales = effects.SqlAfterSales(session)
        self.complaints = effects.SqlComplaints(session)
        self.offers = effects.SqlOffers(session)
        self.approvals = effects.SqlApprovals(session)
        self.bargains = effects.SqlBargains(session)
        self.payouts = effects.SqlPayouts(session)
        self.tasks = effects.SqlTasks(session)
        self.conversations = conversations.SqlConversations(session)
        self.messages = conversations.SqlMessages(session)
        self.turns = conversations.SqlTurns(session)
        self.people = seats.SqlPeople(session)
        self.seats = seats.SqlSeats(session)
        self.groups = seats.SqlGroups(session)
        self.staff_sessions = seats.SqlStaffSessions(session)
        self.api_tokens = seats.SqlApiTokens(session)
        self.kept_answers = seats.SqlKeptAnswers(session)
        self.sign_in_tries = seats.SqlSignInTries(session)
        self.alerts = seats.SqlAlerts(session)
        self.handovers = service.SqlHandovers(session)
        self.notes = service.SqlNotes(session)
        self.agent_drafts = service.SqlAgentDrafts(session)
        self.services = service.SqlServices(session)
        self.saved_phrases = service.SqlSavedPhrases(session)
        self.phrase_uses = service.SqlPhraseUses(session)
        self.saved_replies = library.SqlSavedReplies(session)
        self.phrase_groups = library.SqlPhraseGroups(session)
        self.phrase_places = library.SqlPhrasePlaces(session)
        self.phrase_days = phrase_days.SqlPhraseDays(session)
        self.changes = library.SqlChanges(session)
        self.gaps = gaps.SqlGaps(session)
        self.taught_messages = learning.SqlTaughtMessages(session)
        self.trainings = learning.SqlTrainings(session)
        self.live_models = learning.SqlLiveModels(session)
        self.webhooks = webhooks.SqlWebhooks(session)
        self.deliveries = webhooks.SqlDeliveries(session)
        self.policies = house.SqlPolicies(session)
        self.dialogue_states = conversations.SqlDialogueStates(session, clock)
        self.numbers = house.SqlNumbers(session)

    def lexicon(self) -> Lexicon:
        return read_lexicon(self._session, self._couriers)

    def commit(self) -> None:
        news = take_news(self._session)
        if news:
            tell(self, news, self._clock.now())
        self._session.commit()

    def rollback(self) -> None:
        self._session.rollback()

    def __enter__(self) -> "SqlUnitOfWork":
        return self

    def __exit__(self, *exc: object) -> None:
        # Not rollback(): that would empty the objects which the caller still reads.
        self._session.close()

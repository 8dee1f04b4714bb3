"""When nobody says anything: a word to who waits, a reminder to who is silent, an end to what rests. CW-07, CW-13.

Each step locks its conversation and decides again, so that running it twice, or at two desks at once, changes nothing
more. Whether the shop is open makes no difference: who waits at night has to be told, too.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from shop.approval_reminders import find_requests, report_requests
from shop.conversations import append_line, say_notice
from shop.model import Alert, AlertKind, Conversation, Direction, Holder, ServiceKind, ServiceResult
from shop.moment import Moment
from shop.overdue import alarm, find_late_transfers, report_transfer
from shop.ports import UnitOfWork
from shop.services import Ending
from shop.standing import find_standing
from shop.takeover import close

Step = Callable[[UnitOfWork, str, Moment], bool]
"""Unit of work, conversation, moment; whether anything was done."""
NO_ANSWER = Ending(ServiceKind.OTHER, "其他", ServiceResult.SILENT)
DRAFT_LIVES = timedelta(minutes=5)
"""As long the agent is taken to be still writing it."""


def find_silent(uow: UnitOfWork, at: Moment) -> list[tuple[str, Step]]:
    """What is due in which conversation; only reads."""
    return [
        *((c.id, excuse_agent) for c in _slow(uow, at) if _is_slow(uow, c, at)),
        *((c.id, excuse_queue) for c in uow.conversations.waiting() if _is_stuck(c, at)),
        *((c.id, remind_buyer) for c in _resting(uow, at, at.policy.remind_minutes) if _is_silent(uow, c, at)),
        *((c.id, close_silent) for c in _resting(uow, at, at.policy.close_minutes) if _is_over(uow, c, at)),
        *((c.id, report_transfer) for c in find_late_transfers(uow, at)),
        *((talk, report_requests) for talk in find_requests(uow, at)),
    ]


def _slow(uow: UnitOfWork, at: Moment) -> Iterator[Conversation]:
    """Beside those that are marked as waiting those whose answer was taken back, or who were told to wait."""
    if at.policy.excuse_seconds:
        before = at.now - timedelta(seconds=at.policy.excuse_seconds)
        yield from uow.conversations.unanswered(before)
        resting = (c for c in uow.conversations.resting(before) if c.reminded_at is None)
        yield from (c for c in resting if not _ends_with_answer(uow, c))


def _ends_with_answer(uow: UnitOfWork, conversation: Conversation) -> bool:
    """A cheap look, and so it is with nearly all that rest: a transfer and a recall leave a notice behind them."""
    last = uow.messages.find(conversation.id, conversation.last_seq)
    return last is not None and last.direction is Direction.AGENT


def _resting(uow: UnitOfWork, at: Moment, minutes: int) -> Iterator[Conversation]:
    if minutes:
        yield from uow.conversations.resting(at.now - timedelta(minutes=minutes))


def excuse_agent(uow: UnitOfWork, conversation_id: str, at: Moment) -> bool:
    """The buyer who waits for an agent hears so; the agent and the people in charge are told."""
    conversation = uow.conversations.lock(conversation_id)
    if not _is_slow(uow, conversation, at):
        return False
    _excuse(uow, conversation, at)
    note = f"买家等回复超过 {at.policy.excuse_seconds} 秒"
    alarm(uow, Alert(AlertKind.AGENT_SILENT, at.now, conversation_id, conversation.agent_id or "", note=note))
    return True


def _is_slow(uow: UnitOfWork, conversation: Conversation, at: Moment) -> bool:
    if not at.policy.excuse_seconds or conversation.holder is not Holder.AGENT or conversation.excused_at is not None:
        return False
    waits_since = find_standing(uow, conversation).waits_since
    return waits_since is not None and _longer(waits_since, at, seconds=at.policy.excuse_seconds)


def _excuse(uow: UnitOfWork, conversation: Conversation, at: Moment) -> None:
    """Once until somebody answers, through however many hands the talk goes meanwhile."""
    conversation.excused_at = at.now
    if "agent_slow" not in find_standing(uow, conversation).told:
        say_notice(uow, conversation, at.say("agent_slow"), at.now)


def excuse_queue(uow: UnitOfWork, conversation_id: str, at: Moment) -> bool:
    """The buyer hears the same who waits in the queue longer than anybody should."""
    conversation = uow.conversations.lock(conversation_id)
    if not _is_stuck(conversation, at):
        return False
    _excuse(uow, conversation, at)
    return True


def _is_stuck(conversation: Conversation, at: Moment) -> bool:
    if not at.policy.excuse_seconds or conversation.holder is not Holder.QUEUE or conversation.excused_at is not None:
        return False
    return conversation.queued_at is not None and _longer(conversation.queued_at, at, seconds=at.policy.answer_seconds)


def remind_buyer(uow: UnitOfWork, conversation_id: str, at: Moment) -> bool:
    """A buyer who does not go on after the agent's word is asked once whether there is more."""
    conversation = uow.conversations.lock(conversation_id)
    if not _is_silent(uow, conversation, at):
        return False
    conversation.reminded_at = at.now
    closes = _reminds_first(at) and not conversation.urgent
    say_notice(uow, conversation, at.say("buyer_silent", closes=closes), at.now)
    return True


def _is_silent(uow: UnitOfWork, conversation: Conversation, at: Moment) -> bool:
    if not at.policy.remind_minutes or conversation.reminded_at is not None:
        return False
    return _rests(uow, conversation, at, at.policy.remind_minutes)


def close_silent(uow: UnitOfWork, conversation_id: str, at: Moment) -> bool:
    """Ends what rests, with a goodbye (CW-13); never what is urgent, or has a word of the buyer without an answer."""
    conversation = uow.conversations.lock(conversation_id)
    if not _is_over(uow, conversation, at):
        return False
    close(uow, conversation_id, None, NO_ANSWER, at)
    return True


def _is_over(uow: UnitOfWork, conversation: Conversation, at: Moment) -> bool:
    """Who is to be reminded has all the time between reminder and end to answer, however late the reminder came."""
    policy = at.policy
    if not policy.close_minutes or conversation.urgent:
        return False
    if _reminds_first(at):
        grace = timedelta(minutes=policy.close_minutes - policy.remind_minutes)
        if conversation.reminded_at is None or at.now - conversation.reminded_at < grace:
            return False
    return _rests(uow, conversation, at, policy.close_minutes)


def _reminds_first(at: Moment) -> bool:
    return 0 < at.policy.remind_minutes < at.policy.close_minutes


def _rests(uow: UnitOfWork, conversation: Conversation, at: Moment, minutes: int) -> bool:
    """Everything is answered, for longer than that nobody has spoken, and the agent is not writing."""
    if conversation.holder is not Holder.AGENT:
        return False
    spoke_at = find_standing(uow, conversation).spoke_at
    if spoke_at is None or not _longer(spoke_at, at, seconds=60 * minutes):
        return False
    draft = uow.agent_drafts.find(conversation.id, conversation.agent_id or "")
    return draft is None or at.now - draft.at >= DRAFT_LIVES


def _longer(since: datetime, at: Moment, *, seconds: int) -> bool:
    return at.now - since > timedelta(seconds=seconds)


def prompt_visitor(uow: UnitOfWork, conversation_id: str, at: Moment) -> bool:
    """One line to who was welcomed and writes nothing: once a session, while the bot has the talk. CW-24."""
    conversation = uow.conversations.lock(conversation_id)
    if not is_visitor_silent(uow, conversation, at):
        return False
    product = uow.products.find(conversation.product_code) if conversation.product_code else None
    line = at.say("proactive", product=product.title if product else None)
    if line.text:
        append_line(uow, conversation, Direction.BOT, line, at.now)
    return bool(line.text)


def is_visitor_silent(uow: UnitOfWork, conversation: Conversation, at: Moment) -> bool:
    """Nothing has been said since the welcome. The line that prompts is itself something: none follows it."""
    if not at.policy.prompt_seconds or conversation.holder is not Holder.BOT:
        return False
    last = uow.messages.find(conversation.id, conversation.last_seq)
    welcomed = last is not None and last.phrase_key == "welcome"
    return welcomed and last is not None and _longer(last.created_at, at, seconds=at.policy.prompt_seconds)

"""What must hold of every stored conversation, whatever happened at once. Each fault is a kind and a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from slow_bot import named_in

from shop.model import Conversation, Direction, HandoverRecord, Holder, Message, Turn, TurnState
from shop.wiring import Services

SPOKE = "the bot spoke"
"""The kind of fault that must never be: words of the bot while an agent or the queue held the talk."""


@dataclass(frozen=True)
class Fault:
    kind: str
    text: str


@dataclass(frozen=True)
class Held:
    """Whose hands an epoch began in."""

    epoch: int
    holder: Holder
    agent: str


@dataclass(frozen=True)
class Stored:
    """A conversation as the store has it; `turns` by id, `records` oldest first."""

    talk: Conversation
    messages: list[Message]
    turns: dict[str, Turn]
    records: list[HandoverRecord]

    def held_at(self, seq: int) -> Held:
        """When message `seq` was said. A record's own `seq` is the last message before it."""
        return self.held_in(max((r.epoch for r in self.records if r.seq < seq), default=0))

    def held_in(self, epoch: int) -> Held:
        record = next((r for r in self.records if r.epoch == epoch), None)
        return Held(epoch, record.to_holder, record.to_agent) if record else Held(epoch, Holder.BOT, "")

    def begun_after(self, seq: int) -> list[HandoverRecord]:
        """Changes of hands that came right after message `seq` and before the next."""
        return [r for r in self.records if r.seq == seq]


def read_stored(services: Services, conversation_id: str) -> Stored:
    with services.unit_of_work() as uow:
        talk = uow.conversations.find(conversation_id)
        assert talk is not None
        turns = uow.turns.last(conversation_id, 10_000)
        messages = list(uow.messages.after(conversation_id, 0))
        records = list(uow.handovers.of_conversation(conversation_id))[::-1]
    return Stored(talk, messages, {turn.id: turn for turn in turns}, records)


def find_faults(stored: Stored) -> list[Fault]:
    faults = [*_counting(stored), *_hands(stored), *_voices(stored), *_turns(stored), *_answers(stored)]
    return [replace(fault, text=f"{stored.talk.id}: {fault.text}") for fault in faults]


def _counting(stored: Stored) -> Iterator[Fault]:
    """Numbers and epochs have no gaps and no doubles."""
    seqs, epochs = [m.seq for m in stored.messages], [r.epoch for r in stored.records]
    if seqs != list(range(1, stored.talk.last_seq + 1)):
        yield Fault("numbers", f"{seqs} up to {stored.talk.last_seq}")
    if epochs != list(range(1, stored.talk.epoch + 1)):
        yield Fault("epochs", f"{epochs} up to {stored.talk.epoch}")


def _hands(stored: Stored) -> Iterator[Fault]:
    """Each change begins where the last one ended: there is one holder, and never a second agent."""
    talk, records = stored.talk, stored.records
    ends = [(Holder.BOT, ""), *((r.to_holder, r.to_agent) for r in records)]
    begins = [*((r.from_holder, r.from_agent) for r in records), (talk.holder, talk.agent_id or "")]
    if ends != begins:
        yield Fault("hands", f"passed from {begins} to {ends}")
    for holder, agent in ends:
        if (holder is Holder.AGENT) != bool(agent):
            yield Fault("hands", f"{holder} with {agent!r}")
    if any(a.seq > b.seq for a, b in pairwise(records)) or any(r.seq > talk.last_seq for r in records):
        yield Fault("hands", f"at {[r.seq for r in records]}")


def _voices(stored: Stored) -> Iterator[Fault]:
    """Who speaks holds the talk; what the bot says belongs to the epoch in which it was asked."""
    for message in stored.messages:
        held = stored.held_at(message.seq)
        if message.direction is Direction.BOT:
            turn = stored.turns.get(message.turn_id or "")
            asked_in = turn.epoch if turn else held.epoch
            if held.holder is not Holder.BOT or asked_in != held.epoch:
                yield Fault(SPOKE, f"{message.seq} {message.text!r} in {held}, asked in epoch {asked_in}")
            if turn is None and not (message.phrase_key or "").startswith("welcome"):
                yield Fault("voices", f"{message.seq} {message.text!r} unasked")
        if message.direction is Direction.AGENT and (held.holder, held.agent) != (Holder.AGENT, message.author_id):
            yield Fault("voices", f"{message.seq} of {message.author_id} in {held}")


def _turns(stored: Stored) -> Iterator[Fault]:
    """None is left open; the bot was asked only while it held the talk."""
    for turn in stored.turns.values():
        if turn.state is TurnState.PENDING:
            yield Fault("pending", f"turn of {turn.seq}")
        possible = {stored.held_at(turn.seq).epoch, *(r.epoch for r in stored.begun_after(turn.seq))}
        if turn.epoch not in possible or stored.held_in(turn.epoch).holder is not Holder.BOT:
            yield Fault("asked", f"turn of {turn.seq} in epoch {turn.epoch} of {possible}")


def _answers(stored: Stored) -> Iterator[Fault]:
    """Each message of the buyer: one answer of the bot, XOR people have it."""
    by_bot = [m for m in stored.messages if m.direction is Direction.BOT]
    for message in (m for m in stored.messages if m.direction is Direction.BUYER):
        answers = [a for a in by_bot if message.text in named_in(a.text)]
        with_people = _lies_with_people(stored, message)
        if len(answers) != (0 if with_people else 1):
            yield Fault("answers", f"{message.seq} {message.text!r}: {len(answers)}, with people: {with_people}")
        for answer in answers:
            turn, held = stored.turns.get(message.turn_id or ""), stored.held_at(answer.seq)
            if answer.seq < message.seq or turn is None or turn.epoch != held.epoch:
                yield Fault("answers", f"{message.seq} {message.text!r} of {turn} answered at {answer.seq} in {held}")


def _lies_with_people(stored: Stored, message: Message) -> bool:
    """Nothing of the bot is due: it was said to people, or they had the talk before the answer came."""
    turn = stored.turns.get(message.turn_id or "")
    if turn is None:
        at_once = [r for r in stored.begun_after(message.seq) if r.by == "desk"]
        return any(r.to_holder is not Holder.BOT for r in at_once) or _people(stored.held_at(message.seq))
    if turn.state is TurnState.DONE:
        return False
    return _people(stored.held_in(turn.epoch + 1))


def _people(held: Held) -> bool:
    return held.holder is not Holder.BOT

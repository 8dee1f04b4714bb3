"""What came of it: how long things took, and whether everybody heard everything once and in order."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from benchmarks.desk_people import Console, Ledger, Sent, Window
from benchmarks.desk_traffic import AGENT, BOT, BUYER
from shop.model import Direction
from shop.wiring import Services

Figures = dict[str, float]


def percentiles(name: str, seconds: Iterable[float]) -> Figures:
    """`name`_p50_ms and so on; nothing where there is nothing."""
    ordered = sorted(seconds)
    if not ordered:
        return {}
    marks = {"p50": 0.50, "p95": 0.95, "p99": 0.99}
    found = {mark: ordered[min(len(ordered) - 1, int(len(ordered) * share))] for mark, share in marks.items()}
    return {f"{name}_{mark}_ms": round(value * 1000, 1) for mark, value in (found | {"max": ordered[-1]}).items()}


def times(ledger: Ledger, consoles: Sequence[Console], since: float) -> Figures:
    """Of what was sent from `since` on: to the other side's screen, to the answer, to every console's list."""
    sent = [each for each in ledger.values() if each.at >= since]
    figures: Figures = {}
    for kind in (BUYER, AGENT, BOT):
        waited = (each.heard_at - each.at for each in sent if each.kind == kind and each.heard_at is not None)
        figures |= percentiles(kind, waited)
    people = (each for each in sent if each.kind != BOT and each.heard_at is not None)
    figures |= percentiles("other_side", (each.heard_at - each.at for each in people if each.heard_at))
    figures |= percentiles("ack", (each.acked_at - each.at for each in sent if each.acked_at is not None))
    return figures | percentiles("row", _row_times(sent, consoles))


def _row_times(sent: Iterable[Sent], consoles: Sequence[Console]) -> Iterable[float]:
    """From a message to the row that shows it, in each console's lists."""
    for each in sent:
        for console in consoles:
            if at := console.rows.get((each.talk, each.seq)):
                yield at - each.at


@dataclass
class Tally:
    """`doubled`, `disordered`: as somebody heard them. `lost`: stored and not heard, or sent and not stored."""

    sent: int = 0
    acked: int = 0
    stored: int = 0
    heard: int = 0
    lost: int = 0
    doubled: int = 0
    disordered: int = 0
    unanswered: int = 0
    stale_lists: int = 0
    first: list[str] = field(default_factory=list)
    """What went wrong, the first few in words."""

    @property
    def clean(self) -> bool:
        return self.sent == self.acked and not (
            self.lost or self.doubled or self.disordered or self.unanswered or self.stale_lists
        )

    def note(self, what: str) -> None:
        if len(self.first) < 10:
            self.first.append(what)


def compare(services: Services, ledger: Ledger, windows: Sequence[Window], consoles: Sequence[Console]) -> Tally:
    """Everything that was sent stands in the store once; everything that stands there was heard once, in order."""
    tally = Tally(sent=len(ledger), acked=sum(1 for each in ledger.values() if each.seq))
    for each in ledger.values():
        if each.refused or not each.seq:
            tally.note(f"{each.number} in {each.talk}: {each.refused or 'no answer'}")
    stored: Counter[str] = Counter()
    last: dict[str, int] = {}
    looking: dict[str, list[Window | Console]] = {window.talk: [window] for window in windows}
    for console in consoles:
        for talk in console.talks:
            looking[talk].append(console)
    with services.unit_of_work() as uow:
        for talk, people in looking.items():
            messages = uow.messages.after(talk, 0)
            last[talk] = len(messages)
            stored.update(message.client_msg_id for message in messages if message.client_msg_id)
            tally.stored += len(messages)
            asked = sum(1 for each in ledger.values() if each.talk == talk and each.kind == BOT and each.seq)
            # One of the bot's is the welcome.
            tally.unanswered += abs(asked + 1 - sum(1 for m in messages if m.direction is Direction.BOT))
            for person in people:
                _compare_heard(tally, [m.seq for m in messages], person.heard[talk], talk)
    for number, each in ledger.items():
        if stored[number] != (1 if each.seq else 0):
            tally.lost += not stored[number]
            tally.doubled += stored[number] > 1
            tally.note(f"{number}: stored {stored[number]} times, acknowledged as {each.seq}")
    held = [talk for talk, people in looking.items() if len(people) > 1]
    tally.stale_lists = sum(console.newest.get(talk) != last[talk] for console in consoles for talk in held)
    return tally


def _compare_heard(tally: Tally, stored: Sequence[int], heard: Sequence[int], talk: str) -> None:
    tally.heard += len(heard)
    missing = set(stored) - set(heard)
    tally.lost += len(missing)
    tally.doubled += len(heard) - len(set(heard))
    backwards = sum(second <= first for first, second in pairwise(heard))
    tally.disordered += backwards
    if missing or backwards or len(heard) != len(stored):
        tally.note(f"talk {talk}: stored 1 to {len(stored)}, heard {list(heard)[:60]}")

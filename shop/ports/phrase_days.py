"""What was counted of each day's words."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from shop.model import PhraseDay, PhraseLog


class PhraseDays(Protocol):
    def between(self, first: date, last: date) -> Sequence[PhraseDay]:
        """Both inside, in order."""

    def keep(self, day: PhraseDay) -> None:
        """Once; the same day again changes nothing."""

    def log(
        self, since: datetime, until: datetime, *, rated_by: datetime, hours_after: int, days_before: int
    ) -> PhraseLog:
        """From `since` to before `until`. Services and complaints up to so many hours later, services from so many
        days before on; a rating that came at `rated_by` or later is left out.
        """

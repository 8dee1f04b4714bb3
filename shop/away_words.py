"""What the buyers of somebody hear who is not looking: without it nobody goes on duty. PH-34."""

from shop.arriving import ABSENT
from shop.errors import AutoReplyMissing
from shop.model import Staff
from shop.moment import Say


def check_away_words(say: Say, staff: Staff) -> None:
    """The team's auto-replies count as the person's own. Raises AutoReplyMissing(states)."""
    silent = [state.value for state, key in ABSENT.items() if not say(key, service_name=staff.name).text.strip()]
    if silent:
        raise AutoReplyMissing(states="、".join(silent))

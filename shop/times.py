"""The shop's own time of day. Everything is stored in UTC and shown in this zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

TIMEZONE = ZoneInfo("Asia/Shanghai")


def local(at: datetime) -> datetime:
    """The same moment as a clock on the shop's wall shows it."""
    return at.astimezone(TIMEZONE)

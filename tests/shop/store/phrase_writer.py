"""A process that adds quick phrases: `python phrase_writer.py ADDRESS NAME HOW_MANY`. Prints how many were taken."""

import sys
from datetime import datetime, timezone

from shop.errors import TooMany
from shop.model import Role, Staff
from shop.own_phrases import PhraseDraft, save_phrase
from shop.settings import Settings
from shop.wiring import wire

AT = datetime(2026, 11, 20, 6, 3, tzinfo=timezone.utc)


def write(address: str, name: str, how_many: int) -> int:
    services, taken = wire(Settings(database_url=address)), 0
    boss = Staff("100", "云舒", Role.MANAGER)
    for number in range(how_many):
        with services.unit_of_work() as uow:
            try:
                draft = PhraseDraft(f"{name}{number}", "物流", f"{name} {number}")
                save_phrase(uow, boss, draft, own=False, shipped={}, now=AT)
                uow.commit()
                taken += 1
            except TooMany:
                pass
    services.close()
    return taken


if __name__ == "__main__":
    print(write(sys.argv[1], sys.argv[2], int(sys.argv[3])))

"""A process that writes: `python writer.py ADDRESS HOW_OFTEN`. Like the desk and the bot worker on one conversation."""

import sys
from datetime import datetime, timezone

from shop.model import Direction, Message
from shop.settings import Settings
from shop.wiring import wire

AT = datetime(2026, 11, 20, 6, 3, tzinfo=timezone.utc)


def write(address: str, how_often: int) -> None:
    """Each time: read, then lock, then write a message with the next number, a task number and the bot's memory."""
    services = wire(Settings(database_url=address))
    for _ in range(how_often):
        with services.unit_of_work() as uow:
            uow.conversations.find("c1")
            conversation = uow.conversations.lock("c1")
            conversation.last_seq += 1
            text = uow.numbers.next("XX", AT)
            uow.messages.add(Message("c1", conversation.last_seq, Direction.BOT, "text", text, AT))
            uow.dialogue_states.save("c1", text)
            uow.commit()
    services.close()


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]))

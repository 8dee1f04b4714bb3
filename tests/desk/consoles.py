"""Consoles over the real socket: signed-in members of staff, what they hear, what they see of a talk."""

import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from at_work import employ
from wire import PATIENCE, Client

from desk.rooms import STAFF
from desk.staff_access import COOKIE
from shop.model import StaffSession
from shop.sign_in import digest
from shop.wiring import Services


def sign_in(services: Services, staff_id: str) -> str:
    """The cookie of a sign-in of that member of staff, who is employed if not yet."""
    token, now = secrets.token_urlsafe(32), services.clock.now()
    with services.unit_of_work() as uow:
        employ(uow, staff_id)
        uow.staff_sessions.add(StaffSession(digest(token), staff_id, now, now))
        uow.commit()
    return f"{COOKIE}={token}"


@dataclass
class ConsoleClient(Client):
    """`messages` are those of every talk it looks at; `view` is what it would show of one."""

    staff_id: str = ""
    entered: dict[str, Any] = field(default_factory=dict)
    seen: dict[str, dict[int, Any]] = field(default_factory=dict)

    async def connect_as(self, url: str, cookie: str, staff_id: str, origin: str | None = None) -> "ConsoleClient":
        self.staff_id = staff_id

        def hear(event: str, *args: Any) -> None:
            self.heard.setdefault(event, []).append(args[0] if args else None)
            if event == "message":
                self.keep(args[0]["talk"], [args[0]])
            self.news.set()

        self.sio.on("*", hear, namespace=STAFF)
        for own in ("connect_error", "disconnect"):
            self.sio.on(own, lambda *args, own=own: hear(own, *args), namespace=STAFF)
        headers = {"Cookie": cookie, "Origin": origin or url}
        await self.sio.connect(
            url, headers=headers, transports=["websocket"], namespaces=[STAFF], retry=False, wait_timeout=PATIENCE
        )
        return self

    async def ask(self, event: str, data: Any = None) -> dict[str, Any]:
        answer: dict[str, Any] = await self.sio.call(event, data or {}, namespace=STAFF, timeout=PATIENCE)
        return answer

    async def done(self, event: str, **data: Any) -> dict[str, Any]:
        """The answer of what must go well."""
        answer = await self.ask(event, data)
        assert answer["ok"], (event, answer)
        return answer

    async def refused(self, event: str, **data: Any) -> dict[str, Any]:
        """The error of what must not."""
        answer = await self.ask(event, data)
        assert not answer["ok"], (event, answer)
        error: dict[str, Any] = answer["error"]
        return error

    async def at_work(self) -> "ConsoleClient":
        self.entered = await self.done("enter")
        await self.done("state", state="在线")
        return self

    async def look(self, talk: str) -> dict[str, Any]:
        looked = await self.done("look", talk=talk)
        self.keep(talk, looked["messages"])
        return looked

    def keep(self, talk: str, messages: list[dict[str, Any]]) -> None:
        """As the page does: a message by its number, a recall takes back what it names."""
        view = self.seen.setdefault(talk, {})
        for message in messages:
            view[message["seq"]] = message
        for message in list(view.values()):
            for card in message["cards"]:
                if message["kind"] == "recall" and card["seq"] in view:
                    gone = {"recalled": True, "text": "", "cards": [], "picture": None}
                    view[card["seq"]] = {**view[card["seq"]], **gone}

    async def write(self, talk: str, text: str, **form: Any) -> dict[str, Any]:
        body = {"talk": talk, "client_msg_id": uuid4().hex, "text": text, "anyway": True, **form}
        return await self.done("send", **body)

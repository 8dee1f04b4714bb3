"""`Idempotency-Key`: a program that got no answer asks again with the same key, and what it asked for is done once.

What was answered is kept for a day and told again, to the same token or sign-in only, while that still holds. What is
not to be stored (`no-store`: a new token or password) stays untold: who asks again hears that it is done.
A failure of the desk's own (5xx) is forgotten, so that the question may be asked anew.
"""

import hashlib
import json
import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.access import get_desk
from desk.api.rights import PREFIX, is_known
from desk.context import Desk
from desk.errors import as_json, speak
from desk.staff_access import READING
from shop.errors import FieldWrong, ShopError
from shop.kept_answers import begin_answer, forget_answer, keep_answer
from shop.ports import UnitOfWork

HEADER = "idempotency-key"
MOST_BYTES = 4 * 2**20
"""Of a question that is read before it is answered; imports are below it."""
_KEY = re.compile(r"[\x21-\x7e]{1,64}")


class Idempotency:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = _key_of(scope)
        if key is None:
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        desk = get_desk(request)
        try:
            body = await _read(request)
            if not await is_known(request, desk):
                await self._app(scope, _once(body), send)  # refused there
                return
            who, question = _who(request), _digest(request.method, request.url.path, request.url.query, body)
            answer = await self._answer(desk, who, key, question)
        except ShopError as error:
            spoken = speak(error)
            answer = JSONResponse({"error": as_json(spoken)}, status_code=spoken.status)
        if answer is not None:
            await answer(scope, receive, send)
            return
        await self._ask(desk, scope, body, send, (who, key))

    async def _answer(self, desk: Desk, who: str, key: str, question: str) -> Response | None:
        """The one of before; None: it is new. Raises Conflict, FieldWrong."""

        def use_case(uow: UnitOfWork) -> tuple[int, str] | None:
            known = begin_answer(uow, who, _check_key(key), question, desk.now())
            return None if known is None else (known.status or 200, known.body or "")

        told = await desk.change(use_case)
        return None if told is None else Response(told[1], told[0], media_type="application/json")

    async def _ask(self, desk: Desk, scope: Scope, body: bytes, send: Send, name: tuple[str, str]) -> None:
        """Passed on as it comes; kept before the last piece of it goes out."""
        heard = _Heard()

        async def listen(message: Message) -> None:
            if heard.take(message):
                await desk.change(lambda uow: heard.keep(uow, *name))
            await send(message)

        try:
            await self._app(scope, _once(body), listen)
        except BaseException:
            await desk.change(lambda uow: forget_answer(uow, *name))
            raise


class _Heard:
    """What goes out, listened to."""

    def __init__(self) -> None:
        self.status, self.stored, self.body = 0, True, b""

    def take(self, message: Message) -> bool:
        """Whether this was the last piece."""
        if message["type"] == "http.response.start":
            headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in message["headers"]}
            self.status = message["status"]
            self.stored = "no-store" not in headers.get("cache-control", "")
            return False
        self.body += message.get("body", b"")
        return not message.get("more_body", False)

    def keep(self, uow: UnitOfWork, who: str, key: str) -> None:
        if self.status >= 500:
            forget_answer(uow, who, key)
        else:
            keep_answer(uow, who, key, self.status, _text(self.body) if self.stored else None)


def _text(body: bytes) -> str | None:
    """Only JSON is told again; a file is not."""
    try:
        json.loads(body)
        return body.decode()
    except ValueError:
        return None


def _key_of(scope: Scope) -> str | None:
    if scope["type"] != "http" or not scope["path"].startswith(f"{PREFIX}/") or scope["method"] in READING:
        return None
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == HEADER.encode()), None)


def _check_key(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise FieldWrong(field="Idempotency-Key", value=key)
    return key


async def _read(request: Request) -> bytes:
    """Raises FieldWrong for more than is answered this way."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise FieldWrong(field="body", value=len(body), low=0, high=MOST_BYTES)
    return body


def _once(body: bytes) -> Receive:
    pieces = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> Message:
        return next(pieces, {"type": "http.disconnect"})

    return receive


def _who(request: Request) -> str:
    return _digest(request.headers.get("authorization", ""), request.headers.get("cookie", ""))


def _digest(*parts: str | bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        piece = part if isinstance(part, bytes) else part.encode(errors="surrogatepass")
        whole.update(len(piece).to_bytes(8, "big") + piece)
    return whole.hexdigest()

"""What browsers are told on every answer."""

from pydantic_settings import BaseSettings, SettingsConfigDict
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: https:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; media-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors {ancestors}"
)
EMBEDDED = "/chat"
"""The one page that others may show inside theirs."""


class EmbedSettings(BaseSettings):
    """`SHOP_FRAME_ANCESTORS`: the sites that may embed the window, as in the CSP directive of that name."""

    model_config = SettingsConfigDict(env_prefix="SHOP_", extra="ignore")

    frame_ancestors: str = "*"


class SecurityHeaders:
    def __init__(self, app: ASGIApp, frame_ancestors: str) -> None:
        self._app = app
        self._embedded = CSP.format(ancestors=frame_ancestors)
        self._alone = CSP.format(ancestors="'none'")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                csp = self._embedded if scope["path"] == EMBEDDED else self._alone
                headers["Content-Security-Policy"] = csp
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
            await send(message)

        await self._app(scope, receive, send_with_headers)

"""What the routes get from the request: the desk, and who asks."""

from typing import Annotated, Any, cast

from fastapi import Depends, Header, Request
from fastapi.templating import Jinja2Templates
from starlette.responses import Response

from desk.bots import Bots
from desk.context import Desk
from desk.talks import Talks
from desk.telling import Teller
from desk.tokens import TokenRefused, Visitor


def get_desk(request: Request) -> Desk:
    return cast(Desk, request.app.state.desk)


def get_talks(request: Request) -> Talks:
    return cast(Talks, request.app.state.talks)


def get_bots(request: Request) -> Bots:
    return cast(Bots, request.app.state.bots)


def get_teller(request: Request) -> Teller:
    return cast(Teller, request.app.state.teller)


CurrentDesk = Annotated[Desk, Depends(get_desk)]
CurrentTalks = Annotated[Talks, Depends(get_talks)]
CurrentTeller = Annotated[Teller, Depends(get_teller)]
CurrentBots = Annotated[Bots, Depends(get_bots)]


def get_buyer(desk: CurrentDesk, authorization: Annotated[str, Header()] = "") -> Visitor:
    """Raises TokenRefused for guests too: they have no page of their own."""
    visitor = desk.tokens.bearer(authorization)
    if visitor.buyer_id is None:
        raise TokenRefused(reason="wrong")
    return visitor


CurrentBuyer = Annotated[Visitor, Depends(get_buyer)]


def show_page(request: Request, name: str, **more: Any) -> Response:
    """A template with what every page may say of the shop."""
    templates = cast(Jinja2Templates, request.app.state.templates)
    settings = get_desk(request).settings
    facts = {"shop_name": settings.name, "service_name": settings.service_name, "demo": settings.demo, **more}
    return templates.TemplateResponse(request, name, facts)

"""The desk put together: pages, sockets, the way to the bot."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import socketio
import structlog
from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from desk import api
from desk.api.idempotency import Idempotency
from desk.bots import Bots
from desk.console.drafting import Drafting
from desk.console.floor import Floor
from desk.console.silences import Silences
from desk.console.sockets import StaffSockets
from desk.console.wiring import open_console
from desk.context import Desk
from desk.errors import BROKEN, HTTP, Spoken, as_json, speak
from desk.headers import EmbedSettings, SecurityHeaders
from desk.lanes import Lanes
from desk.live import Live
from desk.logs import set_up_logs
from desk.meanings import Meanings
from desk.pages import console, demo, health, pictures, settings, staff, storefront, window
from desk.pictures import Pictures
from desk.pushing import Pusher
from desk.rooms import Rooms
from desk.sockets import Sockets, make_server
from desk.talks import Talks
from desk.telling import Teller
from desk.tokens import Tokens
from desk.widgets import Widgets
from desk.words import Words
from phrases import PhraseBook
from phrases.live import LiveBook
from shop.errors import ShopError
from shop.settings import DeskSettings, load_desk_settings
from shop.wiring import Services

log = structlog.get_logger()

HERE = Path(__file__).parent
PAGES: tuple[APIRouter, ...] = (
    storefront.router,
    window.router,
    pictures.router,
    health.router,
    staff.router,
    console.router,
    settings.router,
)


def create_app(
    services: Services, settings: DeskSettings | None = None, book: PhraseBook | None = None
) -> socketio.ASGIApp:
    """The ASGI application; settings and phrase book are read from their places unless given."""
    set_up_logs()
    settings = settings or load_desk_settings()
    sio = make_server(settings.redis_url)
    desk = _make_desk(services, settings, book or PhraseBook.load(), sio)
    app = FastAPI(title=settings.name, lifespan=_lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk
    app.state.sockets = Sockets(sio, desk.words.slow_down)
    app.state.templates = Jinja2Templates(HERE / "templates")
    _add_pages(app, settings)
    _add_errors(app)
    app.add_middleware(Idempotency)
    app.add_middleware(SecurityHeaders, frame_ancestors=EmbedSettings().frame_ancestors)
    return socketio.ASGIApp(sio, other_asgi_app=app)


def _make_desk(services: Services, settings: DeskSettings, book: PhraseBook, sio: socketio.AsyncServer) -> Desk:
    tokens = Tokens(settings.secret.get_secret_value(), services.clock)
    return Desk(
        services=services,
        settings=settings,
        words=Words(LiveBook(book, services.clock.now), settings),
        tokens=tokens,
        pictures=Pictures(settings.var / "pictures", tokens),
        rooms=Rooms(sio),
    )


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Opens the sockets' events only when turns that a kill left are back in their lanes."""
    state = app.state
    state.bots = Bots(state.desk.settings.worker_url)
    teller = state.teller = Teller(state.desk)
    inside = StaffSockets(state.sockets.sio, state.desk)
    silences = Silences(state.desk, teller)
    floor = state.floor = Floor(state.desk, teller, inside, silences)
    lanes = Lanes(state.desk, teller, state.bots)
    drafting = Drafting(state.desk, state.bots)
    state.talks = Talks(state.desk, teller, lanes.add, drafting.ask)
    state.talks.on_opened = silences.opened
    await lanes.resume()
    Live(state.desk, state.sockets, state.talks)
    Widgets(state.desk, state.sockets, state.talks)
    state.sockets.refuse_others()
    meanings = state.meanings = Meanings(state.desk.settings.worker_url)
    open_console(state.desk, inside, teller, floor, meanings)
    pusher = Pusher(state.desk)
    floor.start()
    pusher.start()
    yield
    await pusher.close()
    await floor.close()
    await drafting.close()
    await meanings.close()
    await lanes.close()
    await state.bots.close()


def _add_pages(app: FastAPI, settings: DeskSettings) -> None:
    for router in (*PAGES, demo.router) if settings.demo else PAGES:
        app.include_router(router)
    for router in api.ROUTERS:
        app.include_router(router, prefix=api.PREFIX)
    app.mount("/static", StaticFiles(directory=HERE / "static"))


def _add_errors(app: FastAPI) -> None:
    @app.exception_handler(ShopError)
    async def shop_error(request: Request, error: ShopError) -> JSONResponse:
        return _answer(speak(error))

    @app.exception_handler(RequestValidationError)
    async def wrong_request(request: Request, error: RequestValidationError) -> JSONResponse:
        return _answer(HTTP[422])

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> JSONResponse:
        return _answer(HTTP.get(error.status_code, BROKEN)._replace(status=error.status_code))

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> JSONResponse:
        log.error("desk.request_broken", path=request.url.path, exc_info=error)
        return _answer(BROKEN)


def _answer(spoken: Spoken) -> JSONResponse:
    return JSONResponse({"error": as_json(spoken)}, status_code=spoken.status)

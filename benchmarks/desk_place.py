"""Where the load falls: a migrated shop without demo data, its staff, the desk as its real process, a quick worker."""

import json
import secrets
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import psutil  # type: ignore[import-untyped]
from aiohttp import web

from benchmarks.desk_line import Json
from desk.tokens import Tokens
from shop.model import Role, Staff, StaffSession
from shop.settings import Settings
from shop.sign_in import digest
from shop.staff import groups_for
from shop.wiring import Services, migrate, wire
from tests.running import OPEN_ALL_DAY, SECRET, Process, environment_for, free_port
from tests.shop.store.postgres import cluster, find_programs

COOKIE = "xiaoer_staff"
MAX_BUYERS = 200
VECTOR = 512


@dataclass
class Place:
    url: str
    worker_port: int
    services: Services
    desk: Process

    @property
    def process(self) -> psutil.Process:
        assert self.desk.process is not None
        return psutil.Process(self.desk.process.pid)

    def buyer_token(self, number: int) -> str:
        tokens = Tokens(SECRET, self.services.clock)
        return tokens.for_buyer(f"load-{number}", f"买家{number}", timedelta(hours=6))

    def sign_in(self, number: int) -> str:
        """The cookie of a member of staff who is employed with it."""
        token, now = secrets.token_urlsafe(32), self.services.clock.now()
        with self.services.unit_of_work() as uow:
            staff = Staff(f"8{number:03}", f"客服{number}", Role.AGENT, groups=groups_for(uow, Role.AGENT))
            uow.people.add(staff)
            uow.staff_sessions.add(StaffSession(digest(token), staff.id, now, now))
            uow.commit()
        return f"{COOKIE}={token}"


@contextmanager
def run_desk(folder: Path, database: str) -> Iterator[Place]:
    """The desk, ready; stopped by its own id at the end. LookupError where PostgreSQL's programs are missing."""
    with _database(folder, database) as url:
        settings = Settings(database_url=url, var=folder)
        migrate(settings)
        services = wire(settings)
        now = services.clock.now()
        with services.unit_of_work() as uow:
            uow.policies.set("working_hours", OPEN_ALL_DAY, "load", now)
            uow.policies.set("max_buyers", MAX_BUYERS, "load", now)
            uow.commit()
        port, worker_port = free_port(), free_port()
        environment = environment_for(folder, port, worker_port) | {"SHOP_DATABASE_URL": url, "SHOP_DEMO": "0"}
        address = f"http://127.0.0.1:{port}"
        desk = Process([sys.executable, "-m", "desk"], environment, f"{address}/health", folder / "desk.log")
        try:
            desk.start()
            desk.wait_ready()
            yield Place(address, worker_port, services, desk)
        finally:
            desk.stop()
            services.close()


@contextmanager
def _database(folder: Path, kind: str) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'shop.db'}"
        return
    programs = find_programs()
    if programs is None:
        raise LookupError("PostgreSQL's server programs are not installed")
    with cluster(programs) as url:
        yield url


@asynccontextmanager
async def quick_worker(port: int) -> AsyncIterator[None]:
    """A bot worker that answers at once: what is measured is the desk's share of a bot turn."""
    app = web.Application()
    app.router.add_get("/health", _health)
    app.router.add_post("/turn", _turn)
    app.router.add_post("/understand", _understand)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield
    finally:
        await runner.cleanup()


async def _health(request: web.Request) -> web.Response:
    return web.json_response({"ok": True})


async def _turn(request: web.Request) -> web.Response:
    asked: Json = await request.json()
    message = {"key": "load", "text": f"好的,这就帮您看看 {asked['text']}", "buttons": [], "cards": []}
    intent = {"name": "ask_stock", "confidence": 0.9}
    return web.json_response(
        {"turn_id": asked["turn_id"], "messages": [message], "handover": None, "intent": intent}
    )


_ROW = json.dumps([round(((n * 37) % 101 - 50) / 700, 4) for n in range(VECTOR)])


async def _understand(request: web.Request) -> web.Response:
    count = len((await request.json())["texts"])
    intents = json.dumps([{"name": "ask_stock", "confidence": 0.9}] * count)
    body = f'{{"vectors": [{",".join([_ROW] * count)}], "intents": {intents}}}'
    return web.Response(text=body, content_type="application/json")

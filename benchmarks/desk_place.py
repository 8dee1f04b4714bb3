"""Where the load falls: a migrated shop without demo data, its staff, the desk as its real process, a quick worker."""

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import time as clock_time
from datetime import timedelta
from pathlib import Path

import httpx
import psutil  # type: ignore[import-untyped]
from aiohttp import web

from benchmarks.desk_line import Json
from benchmarks.servers import free_port
from desk.tokens import Tokens
from shop.model import Role, Staff, StaffSession
from shop.policy import WorkingHours
from shop.settings import ROOT, Settings
from shop.sign_in import digest
from shop.staff import groups_for
from shop.wiring import Services, migrate, wire
from tests.shop.store.postgres import cluster, find_programs

COOKIE = "xiaoer_staff"
SECRET = "only-for-this-run-" + secrets.token_hex(16)
OPEN_ALL_DAY = (WorkingHours((0, 1, 2, 3, 4, 5, 6), clock_time(0, 0), clock_time(0, 0)),)
START_SECONDS, STOP_SECONDS = 60, 15
MAX_BUYERS = 200
VECTOR = 512


@dataclass
class Place:
    url: str
    worker_port: int
    services: Services
    desk: psutil.Process

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
        with _desk_process(folder, url, port, worker_port) as process:
            yield Place(f"http://127.0.0.1:{port}", worker_port, services, process)
        services.close()


@contextmanager
def _desk_process(folder: Path, database_url: str, port: int, worker_port: int) -> Iterator[psutil.Process]:
    environment = os.environ | {
        "SHOP_DATABASE_URL": database_url,
        "SHOP_VAR": str(folder),
        "SHOP_SECRET": SECRET,
        "SHOP_DEMO": "0",
        "SHOP_REDIS_URL": "",
        "SHOP_WORKER_URL": f"http://127.0.0.1:{worker_port}",
        "SHOP_DESK_PORT": str(port),
    }
    log = folder / "desk.log"
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-m", "desk"], cwd=ROOT, env=environment, stdout=out, stderr=out)
    try:
        _wait_ready(process, f"http://127.0.0.1:{port}/health", log)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        try:
            process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_ready(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(url, timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"the desk is not ready:\n{log.read_text()[-3000:]}")


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
    return web.json_response({"turn_id": asked["turn_id"], "messages": [message], "handover": None, "intent": intent})


_ROW = json.dumps([round(((n * 37) % 101 - 50) / 700, 4) for n in range(VECTOR)])


async def _understand(request: web.Request) -> web.Response:
    count = len((await request.json())["texts"])
    intents = json.dumps([{"name": "ask_stock", "confidence": 0.9}] * count)
    body = f'{{"vectors": [{",".join([_ROW] * count)}], "intents": {intents}}}'
    return web.Response(text=body, content_type="application/json")

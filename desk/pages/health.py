"""Whether the desk and what it stands on work."""

import structlog
from fastapi import APIRouter
from fastapi.responses import JSONResponse

from desk.access import CurrentBots, CurrentDesk
from desk.context import Desk

router = APIRouter()
log = structlog.get_logger()


@router.get("/health")
async def health(desk: CurrentDesk, bots: CurrentBots) -> JSONResponse:
    """503 only where the desk itself cannot work: without a bot worker it still serves people."""
    database = await _database_works(desk)
    worker = await bots.is_up()
    return JSONResponse(
        {"desk": "ok", "worker": "ok" if worker else "down", "database": "ok" if database else "down"},
        status_code=200 if database else 503,
    )


async def _database_works(desk: Desk) -> bool:
    try:
        await desk.look(lambda uow: uow.policies.current())
    except Exception:  # an edge: whatever the store raises, the answer is the same
        log.exception("desk.database_down")
        return False
    return True

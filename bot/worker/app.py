"""The worker's four addresses: /turn, /understand, /model/parse, /health. For the desk alone, on loopback."""

import asyncio
import signal
import traceback
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import rasa
import structlog
from pydantic import BaseModel, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.worker.agent import EmbeddedAgent
from bot.worker.contract import ParseRequest, TurnRequest, UnderstandRequest, explain

log = structlog.get_logger()

Body = TypeVar("Body", bound=BaseModel)


Companion = Callable[[], Coroutine[Any, Any, None]]
"""What is done beside the turns, again and again."""
LOOK_SECONDS = 2.0


def create_app(agent: EmbeddedAgent, companions: Sequence[Companion] = ()) -> Starlette:
    """Warms the agent up while the server already answers 503; closes it at the end."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        warming = asyncio.create_task(agent.warm_up())
        warming.add_done_callback(_stop_if_failed)
        beside = [asyncio.create_task(_accompany(warming, companion)) for companion in companions]
        yield
        for task in (warming, *beside):
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        agent.close()

    routes = [
        Route("/turn", take_turn, methods=["POST"]),
        Route("/understand", understand, methods=["POST"]),
        Route("/draft", word_draft, methods=["POST"]),
        Route("/model/parse", parse, methods=["POST"]),
        Route("/health", show_health, methods=["GET"]),
    ]
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={ValidationError: refuse, Exception: fail})
    app.state.agent = agent
    return app


async def take_turn(request: Request) -> JSONResponse:
    turn = await _read(request, TurnRequest)
    agent = _agent(request)
    if not agent.ready:
        return _not_ready()
    with structlog.contextvars.bound_contextvars(conversation_id=turn.conversation_id, turn_id=turn.turn_id):
        try:
            return JSONResponse(await agent.take_turn(turn))
        except Exception as error:  # the edge: whatever went wrong, the desk hears that there is no answer
            log.error("turn.failed", error=type(error).__name__, where=_places(error))
            return JSONResponse({"error": f"本轮未完成:{type(error).__name__}"}, status_code=500)


async def understand(request: Request) -> JSONResponse:
    """What words are like and what they ask for, outside any talk."""
    asked = await _read(request, UnderstandRequest)
    agent = _agent(request)
    return JSONResponse(await agent.understand(asked)) if agent.ready else _not_ready()


async def word_draft(request: Request) -> JSONResponse:
    """What the bot would answer. Nothing of it is done or remembered: a person has the talk."""
    turn = await _read(request, TurnRequest)
    agent = _agent(request)
    if not agent.ready:
        return _not_ready()
    try:
        return JSONResponse(await agent.word_draft(turn))
    except Exception as error:  # the edge, as above
        log.error("draft.failed", error=type(error).__name__, where=_places(error))
        return JSONResponse({"error": f"草稿未完成:{type(error).__name__}"}, status_code=500)


async def parse(request: Request) -> JSONResponse:
    """Rasa's parse result of something a buyer might write."""
    body = await _read(request, ParseRequest)
    return JSONResponse(await _agent(request).parse(body.text))


async def show_health(request: Request) -> JSONResponse:
    agent = _agent(request)
    state: dict[str, Any] = {
        "ready": agent.ready,
        "model": agent.processor.model_filename,
        "model_id": agent.processor.model_metadata.model_id,
        "rasa": rasa.__version__,
        "turns": agent.processor.tally.turns,
        "running": len(agent.locks),
    }
    return JSONResponse(state, status_code=200 if agent.ready else 503)


async def refuse(_: Request, error: Any) -> JSONResponse:
    return JSONResponse({"error": explain(error)}, status_code=422)


async def fail(_: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"error": f"内部错误:{type(error).__name__}"}, status_code=500)


def _agent(request: Request) -> EmbeddedAgent:
    agent: EmbeddedAgent = request.app.state.agent
    return agent


async def _read(request: Request, model: type[Body]) -> Body:
    return model.model_validate_json(await request.body())


def _not_ready() -> JSONResponse:
    return JSONResponse({"error": "机器人正在启动,请稍后再试"}, status_code=503)


def _places(error: BaseException) -> list[str]:
    """Where it happened. The message of an error and the values around it may hold what a buyer wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-5:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


async def _accompany(warming: "asyncio.Task[None]", companion: Companion) -> None:
    await asyncio.wait([warming])
    while True:
        try:
            await companion()
        except Exception as error:  # the edge: turns go on, and the next look may find the store again
            log.error("worker.companion_failed", error=type(error).__name__, where=_places(error))
        await asyncio.sleep(LOOK_SECONDS)


def _stop_if_failed(warming: "asyncio.Task[None]") -> None:
    """A worker that cannot warm up must not stand there answering 503 for ever."""
    if not warming.cancelled() and (error := warming.exception()):
        log.error("worker.failed", error=type(error).__name__, where=_places(error))
        signal.raise_signal(signal.SIGTERM)

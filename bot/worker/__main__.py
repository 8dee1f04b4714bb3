"""`python -m bot.worker --port 5055 [--model models]`: one bot worker, until SIGTERM."""

import argparse
import logging
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")

import structlog
import uvicorn

from bot.training import ROOT

LONGEST_TURN_SECONDS = 30


def configure_logs() -> None:
    """One JSON line per event. Rasa's debug lines hold what buyers write, so they are off whatever the level."""
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)  # a page of other people's deprecations at each start
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def main() -> None:
    arguments = _read_arguments()
    configure_logs()
    from bot.worker.agent import find_model
    from bot.worker.app import create_app
    from bot.worker.following import ModelFollower, open_agent
    from bot.worker.trainer import Trainer
    from shop.wiring import wire

    services = wire()
    shipped = find_model(arguments.model)
    agent, start = open_agent(services, shipped, arguments.actions)
    follower = ModelFollower(agent, services, shipped, start)
    app = create_app(agent, (follower.look, Trainer(services, arguments.root).work))
    uvicorn.run(
        app,
        host=arguments.host,
        port=arguments.port,
        ws="none",
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=LONGEST_TURN_SECONDS,
    )


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.worker", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="loopback: the worker trusts whoever reaches it")
    parser.add_argument("--port", type=int, default=5055)
    parser.add_argument("--model", type=Path, default=Path("models"), help="a file, or a folder: its newest is taken")
    parser.add_argument("--root", type=Path, default=ROOT, help="where config.yml and data/ lie, for trainings")
    parser.add_argument("--actions", default="bot.actions", help="the package of the custom actions")
    return parser.parse_args()


if __name__ == "__main__":
    main()

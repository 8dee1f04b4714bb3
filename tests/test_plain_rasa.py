"""The same files under plain Rasa, the maintainer's tools: `rasa test core`, `rasa shell` + `rasa run actions`."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from running import ROOT, free_port

from shop.settings import Settings
from shop.wiring import migrate, wire

RASA = [sys.executable, "-W", "ignore", "-m", "rasa"]
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
LEAST = 40


def test_every_conversation_passes_rasa_test_core(model_path: Path, tmp_path: Path) -> None:
    command = [*RASA, "test", "core", "--stories", "tests/conversations", "--model", str(model_path)]
    done = subprocess.run(
        [*command, "--out", str(tmp_path), "--fail-on-prediction-errors", "--no-plot"],
        cwd=ROOT,
        env={**os.environ, **QUIET},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    report = json.loads((tmp_path / "story_report.json").read_text(encoding="utf-8"))
    assert report["conversation_accuracy"]["correct"] == report["conversation_accuracy"]["total"] >= LEAST


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    from shop.demo import seed

    made = Settings(database_url=f"sqlite:///{tmp_path / 'shop.db'}", var=tmp_path)
    migrate(made)
    services = wire(made)
    with services.unit_of_work() as uow:
        seed(uow, services.clock.now())
        uow.commit()
    services.close()
    return made


def test_rasa_shell_answers_through_the_action_server(model_path: Path, settings: Settings, tmp_path: Path) -> None:
    port = free_port()
    endpoints = (ROOT / "endpoints.yml").read_text(encoding="utf-8").replace(":5056/", f":{port}/")
    (tmp_path / "endpoints.yml").write_text(endpoints, encoding="utf-8")
    environment = {**os.environ, **QUIET, "SHOP_DATABASE_URL": settings.database_url}
    actions = [*RASA, "run", "actions", "--actions", "bot.actions", "--port", str(port)]
    with (tmp_path / "actions.log").open("wb") as log:
        server = subprocess.Popen(actions, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(f"http://127.0.0.1:{port}/health")
            shell = [*RASA, "shell", "--model", str(model_path), "--endpoints", str(tmp_path / "endpoints.yml")]
            talked = subprocess.run(
                [*shell, "--port", str(free_port())],
                cwd=ROOT,
                env=environment,
                input="运费怎么算\n浙江\n/stop\n",
                capture_output=True,
                text=True,
                timeout=300,
                check=False,
            )
        finally:
            server.terminate()
            server.wait(timeout=30)
    assert "运费" in talked.stdout and "浙江" in talked.stdout, talked.stdout[-2000:] + talked.stderr[-2000:]


def _wait_for(url: str) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            if httpx.get(url, timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer")

"""Debian's Chromium, headless, that speaks to nobody but our own servers."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright, expect

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LIBRARY = Path(__file__).resolve().parents[1] / "desk/static/vendor/socket.io.esm.min.js"
DESK_SIZE = {"width": 1280, "height": 800}
PHONE_SIZE = {"width": 390, "height": 844}


expect.set_options(timeout=20_000)  # two busy cores


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """A running browser; the test is skipped where there is none."""
    if PROGRAM is None:
        pytest.skip("needs Chromium (Debian: apt-get install chromium)")
    assert LIBRARY.exists(), "run `make env`: the browser library is missing"
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=PROGRAM, args=ARGS)
        yield running
        await running.close()

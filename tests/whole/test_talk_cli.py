"""`python -m desk.talk`: the shop from a terminal."""

import asyncio
import json
import os
import sys

from running import SECRET, RunningShop


async def talk(shop: RunningShop, *lines: str) -> list[dict[str, object]]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "desk.talk", "--url", shop.url, "--guest", "--product", "TSHIRT-01", "--json"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "SHOP_SECRET": SECRET},
    )
    out, _ = await process.communicate("\n".join(lines).encode() + b"\n")
    assert process.returncode == 0, out
    return [json.loads(line) for line in out.decode().splitlines()]


async def test_a_pipe_of_lines_is_answered_line_by_line_as_json(shop: RunningShop) -> None:
    said = await talk(shop, "在吗", "这个有货吗", "/restart")
    keys = [message["key"] for message in said]
    assert keys[:3] == ["welcome", "greeting", "stock"]
    assert all(message["holder"] == "bot" for message in said)


async def test_a_leading_slash_is_text_and_no_command(shop: RunningShop) -> None:
    said = await talk(shop, "/ask_human")
    assert said[-1]["key"] != "" and said[-1]["key"] in ("clarify", "handover_queue", "about_me", "noted")

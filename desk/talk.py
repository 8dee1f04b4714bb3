"""Talking with the desk from a terminal or a script, over the real socket.

    python -m desk.talk --url http://127.0.0.1:8000 --buyer NICK | --guest [--product CODE] [--json]

Reads a line, sends it, waits until the desk says that the turn is settled, prints what the shop said; `#2` presses the
second button of the last message that has buttons. With `--json` each message is one JSON object on a line. The
buyer's token comes from the demo page; where that is off SHOP_SECRET signs it, and `--buyer` is the buyer's id.
Exit code 1 where anything was refused or did not come in time.
"""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import socketio
from socketio.exceptions import ConnectionError as NotConnected
from socketio.exceptions import TimeoutError as NoAnswer

from desk.tokens import Tokens

PATIENCE = 60
Json = dict[str, Any]


class TalkFailed(Exception):
    """The text is for the person at the terminal."""


class Window:
    """One conversation, as the chat window holds it."""

    def __init__(self) -> None:
        self._sio = socketio.AsyncClient(reconnection=False)
        self._sio.on("message", self._hear)
        self._sio.on("settled", self._settle)
        self._sio.on("holder", self._change)
        self._sio.on("disconnect", self._lose)
        self._news = asyncio.Event()
        self._messages: dict[int, Json] = {}
        self._settled: set[int] = set()
        self._lost = False
        self.holder = "bot"

    async def enter(self, url: str, token: str | None, product: str | None) -> list[Json]:
        """Opens the conversation; returns the welcome, if the last thing said is one."""
        await self._sio.connect(url, auth={"token": token, "product": product}, transports=["websocket"])
        opened = await self._ask("open", {"token": token, "product": product, "since": 0})
        self.holder = opened["holder"]
        for message in opened["messages"]:
            self._messages[message["seq"]] = message
        last = opened["messages"][-1:]
        return [message for message in last if str(message["key"]).startswith("welcome")]

    async def say(self, line: str) -> list[Json]:
        """What the shop said to it, once that is all."""
        answer = await self._ask("send", {"client_msg_id": uuid4().hex, **self._body(line)})
        seq = answer["message"]["seq"]
        await asyncio.wait_for(self._until_settled(seq), PATIENCE)
        return [m for n, m in sorted(self._messages.items()) if n > seq and m["direction"] != "buyer"]

    async def leave(self) -> None:
        await self._sio.disconnect()

    def _body(self, line: str) -> Json:
        if not (line.startswith("#") and line[1:].isdigit()):
            return {"text": line}
        offered = [message for message in self._messages.values() if message["buttons"]]
        if not offered:
            raise TalkFailed(f"{line}: 还没有可以按的按钮")
        return {"button": {"seq": max(m["seq"] for m in offered), "index": int(line[1:]) - 1}}

    async def _ask(self, event: str, data: Json) -> Json:
        answer: Json = await self._sio.call(event, data, timeout=PATIENCE)
        if not answer["ok"]:
            raise TalkFailed(f"{answer['error']['code']}: {answer['error']['text']}")
        return answer

    async def _until_settled(self, seq: int) -> None:
        while seq not in self._settled:
            if self._lost:
                raise TalkFailed("连接断开了")
            self._news.clear()
            await self._news.wait()

    async def _hear(self, message: Json) -> None:
        self._messages[message["seq"]] = message

    async def _settle(self, turn: Json) -> None:
        self._settled.add(turn["seq"])
        self._news.set()

    async def _change(self, holding: Json) -> None:
        self.holder = holding["holder"]

    async def _lose(self, *reason: object) -> None:
        self._lost = True
        self._news.set()


def find_token(url: str, buyer: str) -> str:
    answer = httpx.post(f"{url}/api/demo/token", json={"nick": buyer}, timeout=PATIENCE, trust_env=False)
    if answer.is_success:
        return str(answer.json()["token"])
    if secret := os.environ.get("SHOP_SECRET"):
        from shop.wiring import SystemClock  # here: the store takes seconds to load and is rarely needed

        return Tokens(secret, SystemClock()).for_buyer(buyer, buyer, timedelta(hours=1))
    raise TalkFailed(f"没有取到买家“{buyer}”的身份({answer.status_code})")


def show(messages: list[Json], holder: str, as_json: bool) -> None:
    for message in messages:
        if as_json:
            parts = {name: message[name] for name in ("text", "key", "buttons", "cards", "seq")}
            print(json.dumps({**parts, "holder": holder}, ensure_ascii=False), flush=True)
        else:
            print("\n".join([message["text"], *render_extras(message)]), flush=True)


def render_extras(message: Json) -> list[str]:
    """Buttons with the number that presses them, and cards in short."""
    buttons = [f"  #{n} {button['title']}" for n, button in enumerate(message["buttons"], start=1)]
    cards = [
        f"  [{card.get('kind', '')}] {card.get('title') or card.get('order_no') or ''}" for card in message["cards"]
    ]
    return cards + buttons


async def read_lines() -> AsyncIterator[str]:
    while line := await asyncio.to_thread(sys.stdin.readline):
        if line.strip():
            yield line.strip()


async def talk(url: str, token: str | None, product: str | None, as_json: bool) -> int:
    window, failures = Window(), 0
    try:
        show(await window.enter(url, token, product), window.holder, as_json)
        async for line in read_lines():
            try:
                show(await window.say(line), window.holder, as_json)
            except (TalkFailed, NoAnswer, asyncio.TimeoutError) as error:
                failures += 1
                print(error or "没有等到答复", file=sys.stderr, flush=True)
    finally:
        await window.leave()
    return 1 if failures else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m desk.talk", description="和店小二聊天")
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--buyer")
    who.add_argument("--guest", action="store_true")
    parser.add_argument("--product")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    try:
        token = find_token(given.url, given.buyer) if given.buyer else None
        return asyncio.run(talk(given.url, token, given.product, given.json))
    except (TalkFailed, NotConnected, NoAnswer, httpx.HTTPError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())

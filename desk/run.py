"""`python -m desk.run`: the Procfile's processes under honcho, and a word when the shop is open. Ctrl-C ends all."""

import os
import sys
import threading
import time
from pathlib import Path

import httpx
from honcho.environ import parse_procfile
from honcho.manager import Manager
from rich.console import Console

from shop.demo import PERSONAS
from shop.demo.people import demo_sign_ins
from shop.passwords import DEMO_PASSWORD
from shop.settings import load_desk_settings

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_SECONDS = 180
STOPPED_BY_HAND = 130
"""What honcho returns after Ctrl-C."""


def main() -> int:
    settings = load_desk_settings()
    manager = Manager()
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    for name, command in parse_procfile((ROOT / "Procfile").read_text(encoding="utf-8")).processes.items():
        manager.add_process(name, command, env=environment, cwd=str(ROOT))
    url = f"http://{settings.desk_host}:{settings.desk_port}"
    threading.Thread(target=_announce, args=(url, settings.demo), daemon=True).start()
    manager.loop()
    return 0 if manager.returncode == STOPPED_BY_HAND else int(manager.returncode or 0)


def _announce(url: str, demo: bool) -> None:
    """Waits until desk and bot say that they are ready, then prints where to go."""
    console = Console(soft_wrap=True)
    started = time.monotonic()
    with console.status("正在开店:桌面与机器人启动中…"):
        while not _is_ready(url):
            if time.monotonic() - started > PATIENCE_SECONDS:
                console.print(f"机器人还没有就绪,请看上面的日志。{url}/health")
                return
            time.sleep(0.25)
    console.print(f"\n[bold]店铺已就绪[/bold]({time.monotonic() - started:.1f} 秒)")
    console.print(f"  商城页面   {url}/          点商品上的「联系客服」")
    console.print(f"  聊天窗口   {url}/chat      (游客)")
    console.print(f"  客服工作台 {url}/console   先在 {url}/signin 登录")
    if demo:
        console.print("  演示买家   在商城页面上方选择,例如:")
        for nick, hint in list(PERSONAS.items())[:6]:
            console.print(f"             {nick}  {hint}")
        people = "、".join(f"{staff_id} {name}" for staff_id, name in demo_sign_ins())
        console.print(f"  演示员工   密码都是 {DEMO_PASSWORD},工号:{people}")
    console.print("  按 Ctrl-C 关店\n")


def _is_ready(url: str) -> bool:
    try:
        health: dict[str, str] = httpx.get(f"{url}/health", timeout=2).json()
    except (httpx.HTTPError, ValueError):
        return False
    return health.get("desk") == health.get("worker") == "ok"


if __name__ == "__main__":
    sys.exit(main())

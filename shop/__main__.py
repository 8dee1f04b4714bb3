"""`python -m shop …`: what the maintainer does to the store from a terminal."""

import argparse
import sys
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from shop import demo, staff_commands
from shop.errors import FileRefused
from shop.importing import KINDS, Report, import_data
from shop.policy import Policy
from shop.reports import find_unanswered
from shop.wiring import Services, couriers, migrate, wire

console = Console()


def main(arguments: list[str] | None = None) -> int:
    """The exit code: 0 done, 1 refused, 2 not understood."""
    options = _parser().parse_args(arguments)
    if options.command == "migrate":
        migrate()
        console.print("数据库已是最新")
        return 0
    services = wire()
    try:
        return int(options.run(services, options))
    finally:
        services.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m shop", description="店铺数据的维护命令")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("migrate", help="建表或升级数据库")
    commands.add_parser("demo", help="空店铺填入演示数据").set_defaults(run=_demo)
    commands.add_parser("policy", help="列出店铺规则").set_defaults(run=_policy)
    commands.add_parser("unanswered", help="还没有人答复的会话,下班前应为 0").set_defaults(run=_unanswered)
    loading = commands.add_parser("import", help="导入 CSV 文件,列的说明见 docs/importing.md")
    loading.add_argument("kind", choices=list(KINDS))
    loading.add_argument("file", type=Path)
    loading.add_argument("--dry-run", action="store_true", help="只检查,不写入")
    loading.set_defaults(run=_import)
    staff_commands.add_commands(commands)
    return parser


def _demo(services: Services, _options: argparse.Namespace) -> int:
    migrate(services.settings)
    with services.unit_of_work() as uow:
        if not demo.is_empty(uow):
            let_in = demo.let_staff_in(uow)
            uow.commit()
            console.print(f"已让演示店铺的 {let_in} 位员工可以登录" if let_in else "店铺里已有数据,未改动")
            return 0
        with console.status("正在填入演示店铺……"):
            demo.seed(uow, services.clock.now())
            uow.commit()
    console.print(f"演示店铺已建好。可以试的买家({len(demo.PERSONAS)} 位):")
    for nick, hint in demo.PERSONAS.items():
        console.print(f"  {nick}:{hint}", highlight=False, soft_wrap=True)
    return 0


def _policy(services: Services, _options: argparse.Namespace) -> int:
    table = Table("规则", "名称", "当前值", "默认值", "范围")
    with services.unit_of_work() as uow:
        current = uow.policies.current()
    for rule in fields(Policy):
        low, high = rule.metadata["low"], rule.metadata["high"]
        value = getattr(current, rule.name)
        default = "(同)" if value == rule.default else str(rule.default)
        table.add_row(rule.name, rule.metadata["label"], str(value), default, "" if low is None else f"{low}–{high}")
    console.print(table)
    return 0


def _unanswered(services: Services, _options: argparse.Namespace) -> int:
    with services.unit_of_work() as uow:
        found = find_unanswered(uow, services.clock.now())
    console.print(f"未答复的会话:{len(found)} 个")
    for each in found:
        talk, minutes = each.conversation, each.waited // timedelta(minutes=1)
        who = talk.nick or "游客"
        console.print(f"  {who} 等了 {minutes} 分钟({talk.id})", markup=False, highlight=False, soft_wrap=True)
    return 0


def _import(services: Services, options: argparse.Namespace) -> int:
    try:
        data = options.file.read_bytes()
    except OSError as error:
        console.print(f"读不到文件 {options.file}:{error.strerror}", markup=False)
        return 1
    with services.unit_of_work() as uow:
        try:
            report = import_data(uow, options.kind, data, couriers(), dry_run=options.dry_run)
        except FileRefused as refused:
            _print_problems(refused.facts["problems"])
            return 1
        if not options.dry_run:
            uow.commit()
    _print_report(report, every_row=options.dry_run)
    return 1 if report.problems else 0


def _print_problems(problems: list[tuple[int, str, str]]) -> None:
    for line, column, reason in problems:
        console.print(f"第 {line} 行 {column}:{reason}", markup=False, highlight=False, soft_wrap=True)
    console.print(f"共 {len(problems)} 处有误,整个文件未导入")


def _print_report(report: Report, every_row: bool) -> None:
    if every_row:
        for row in report.rows:
            text = f"第 {row.line} 行 {row.key} {row.verdict.value}" + (f":{row.reason}" if row.reason else "")
            console.print(text, markup=False, highlight=False, soft_wrap=True)
    console.print("、".join(f"{verdict.value} {count} 行" for verdict, count in report.counts().items()))


if __name__ == "__main__":
    sys.exit(main())

"""`python -m shop staff …`: the first manager of a new shop, and a way in for who has lost theirs.

Passwords are asked for, or read as one line from a pipe; arguments are seen by everyone on the machine.
"""

import argparse
import sys
from datetime import datetime
from getpass import getpass
from typing import Any

from rich.console import Console
from rich.table import Table

from shop.errors import Duplicate, FieldWrong, ShopError, StaffUnknown, WrongState
from shop.model import Role
from shop.passwords import PasswordRefused, check_password, hash_password
from shop.ports import UnitOfWork
from shop.sign_in import tidy_id
from shop.staff import add_staff, dismiss, get_active, set_password
from shop.takeover import release
from shop.times import local
from shop.wiring import Services

console = Console()

REFUSED: dict[type[ShopError], str] = {
    PasswordRefused: "密码{why}",
    FieldWrong: "{label}不对:{value}",
    Duplicate: "工号 {staff_id} 已经有人用了(离职的工号也不再给别人)",
    StaffUnknown: "没有工号为 {staff_id} 的在职人员",
    WrongState: "{staff_id} 是最后一位经理,请先添加另一位",
}


class PasswordsDiffer(ShopError):
    pass


def add_commands(commands: Any) -> None:
    """`commands` is what `add_subparsers` gave."""
    staff = commands.add_parser("staff", help="客服人员:添加、设密码、列出、离职")
    actions = staff.add_subparsers(dest="action", required=True)
    adding = actions.add_parser("add", help="添加一位并设密码")
    adding.add_argument("staff_id", metavar="工号")
    adding.add_argument("name", metavar="花名")
    adding.add_argument("role", metavar="角色", type=_role, help="、".join(role.value for role in Role))
    adding.add_argument("--groups", nargs="*", default=[], metavar="组", help="技能组代码,默认按角色")
    adding.set_defaults(run=_told(_add))
    for name, help, run in (("password", "重设密码,所有设备重新登录", _password), ("dismiss", "离职", _dismiss)):
        changing = actions.add_parser(name, help=help)
        changing.add_argument("staff_id", metavar="工号")
        changing.set_defaults(run=_told(run))
    actions.add_parser("list", help="列出所有人").set_defaults(run=_list)


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("角色是其中之一:" + "、".join(role.value for role in Role)) from error


def _told(run: Any) -> Any:
    """The same command; what it is refused for is said, and the exit code is 1."""

    def run_told(services: Services, options: argparse.Namespace) -> int:
        try:
            run(services, options)
        except PasswordsDiffer:
            console.print("两次输入的密码不一样,未改动")
        except tuple(REFUSED) as refused:
            words = next(REFUSED[kind] for kind in type(refused).__mro__ if kind in REFUSED)
            console.print(words.format_map(refused.facts), markup=False)
        else:
            return 0
        return 1

    return run_told


def _add(services: Services, options: argparse.Namespace) -> None:
    with services.unit_of_work() as uow:
        # Once without keeping it, so that nobody types a password for nothing.
        add_staff(uow, options.staff_id, options.name, options.role, options.groups)
    password_hash = _ask_password(tidy_id(options.staff_id), options.name)
    with services.unit_of_work() as uow:
        staff = add_staff(uow, options.staff_id, options.name, options.role, options.groups)
        set_password(uow, staff.id, password_hash, now=services.clock.now())
        uow.commit()
    console.print(f"已添加 {staff.id} {staff.name}({staff.role.value}),现在可以登录了", markup=False)


def _password(services: Services, options: argparse.Namespace) -> None:
    with services.unit_of_work() as uow:
        staff = get_active(uow, tidy_id(options.staff_id))
    password_hash = _ask_password(staff.id, staff.name)
    with services.unit_of_work() as uow:
        set_password(uow, staff.id, password_hash, now=services.clock.now())
        uow.commit()
    console.print(f"已为 {staff.id} {staff.name} 设好密码,原来登录的设备都已退出", markup=False)


def _ask_password(staff_id: str, name: str) -> str:
    """The hash. Asked twice at a terminal; a pipe gives one line."""
    if not sys.stdin.isatty():
        password = sys.stdin.readline().rstrip("\r\n")
        check_password(password, staff_id, name)
        return hash_password(password)
    password = getpass("密码:")
    check_password(password, staff_id, name)
    if getpass("再输一次:") != password:
        raise PasswordsDiffer(field="password")
    return hash_password(password)


def _dismiss(services: Services, options: argparse.Namespace) -> None:
    with services.unit_of_work() as uow:
        staff = dismiss(uow, tidy_id(options.staff_id), _release_all, now=services.clock.now())
        uow.commit()
    console.print(f"{staff.id} {staff.name} 已离职,不能再登录;手上的会话已回到排队", markup=False)


def _release_all(uow: UnitOfWork, staff_id: str, reason: str, now: datetime) -> None:
    for talk in uow.conversations.of_agent(staff_id):
        release(uow, talk.id, staff_id, reason, now)


def _list(services: Services, _options: argparse.Namespace) -> int:
    table = Table("工号", "花名", "角色", "技能组", "状态", "最近登录")
    with services.unit_of_work() as uow:
        people = uow.people.all()
    for person in people:
        state = "离职" if not person.active else "在职" if person.password_hash else "未设密码"
        last = f"{local(person.last_sign_in_at):%Y-%m-%d %H:%M}" if person.last_sign_in_at else ""
        table.add_row(person.id, person.name, person.role.value, " ".join(person.groups), state, last)
    console.print(table)
    return 0

"""One cell of a file into a value of the model. ValueError carries the reason, in Chinese, for the sender."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timezone
from decimal import Decimal
from enum import Enum
from typing import Any

from shop.places import province_of
from shop.times import TIMEZONE

MAX_TEXT = 2000
_MONEY = re.compile(r"¥?(\d{1,3}(?:,\d{3})+|\d{1,8})(\.\d{1,2})?", re.ASCII)
_TIMES = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S")
_YES, _NO = {"是", "1", "true", "yes", "y", "√"}, {"否", "0", "false", "no", "n", ""}


def text(cell: str) -> str:
    """As it stands, also where it begins with = + - @: it is never run."""
    if len(cell) > MAX_TEXT:
        raise ValueError(f"超过 {MAX_TEXT} 字")
    if any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in cell.replace("\r\n", "\n")):
        raise ValueError("含有不可见的控制字符")
    return cell.replace("\r\n", "\n")


def code(cell: str) -> str:
    """A number that names something: letters, digits, - and _, up to 64."""
    cell = unicodedata.normalize("NFKC", cell)
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", cell, re.IGNORECASE):
        raise ValueError("被表格软件改成了科学计数法,请把该列设为文本后重新填写")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", cell):
        raise ValueError("只能用字母、数字、- 和 _,最多 64 位")
    return cell


def money(cell: str) -> int:
    """Yuan with up to two decimals, as fen."""
    cell = unicodedata.normalize("NFKC", cell).removesuffix("元").strip()
    if cell.startswith("-"):
        raise ValueError("金额不能是负数")
    if not _MONEY.fullmatch(cell):
        raise ValueError("应是金额(元),最多两位小数,如 59.90")
    return int(Decimal(cell.lstrip("¥").replace(",", "")) * 100)


def number(low: int, high: int) -> Callable[[str], int]:
    """A whole number from `low` to `high`, inclusive."""

    def parse(cell: str) -> int:
        cell = unicodedata.normalize("NFKC", cell)
        if not re.fullmatch(r"-?\d{1,9}", cell, re.ASCII) or not low <= int(cell) <= high:
            raise ValueError(f"应是 {low} 到 {high} 的整数")
        return int(cell)

    return parse


def moment(cell: str) -> datetime:
    """A time on the shop's clock, as UTC."""
    cell = " ".join(unicodedata.normalize("NFKC", cell).split())
    for form in _TIMES:
        try:
            return datetime.strptime(cell, form).replace(tzinfo=TIMEZONE).astimezone(timezone.utc)
        except ValueError:
            continue
    raise ValueError("应是时间,如 2026-11-20 14:03")


def day(cell: str) -> date:
    cell = unicodedata.normalize("NFKC", cell).replace("/", "-")
    try:
        return datetime.strptime(cell, "%Y-%m-%d").date()  # a calendar day has no zone
    except ValueError:
        raise ValueError("应是日期,如 2026-11-30") from None


def yes_or_no(cell: str) -> bool:
    cell = cell.lower()
    if cell not in _YES | _NO:
        raise ValueError("应是 是 或 否")
    return cell in _YES


def choice(enum: type[Enum]) -> Callable[[str], Any]:
    """A member by its value."""

    def parse(cell: str) -> Any:
        try:
            return enum(cell)
        except ValueError:
            raise ValueError(f"应是其中之一:{'、'.join(str(member.value) for member in enum)}") from None

    return parse


def names(cell: str) -> list[str]:
    """Several, separated by 、 or |."""
    return [text(part.strip()) for part in re.split(r"[、|]", cell) if part.strip()]


def span(kind: type[int] | type[float]) -> Callable[[str], Any]:
    """Two figures: `160-170` → (160, 170)."""

    def parse(cell: str) -> Any:
        found = re.fullmatch(
            r"(\d{1,3}(?:\.\d)?)\s*[-~]\s*(\d{1,3}(?:\.\d)?)", unicodedata.normalize("NFKC", cell), re.ASCII
        )
        try:
            low, high = (kind(part) for part in found.groups()) if found else (1, 0)
        except ValueError:
            low, high = 1, 0
        if low > high:
            raise ValueError("应是从小到大的范围,如 160-170")
        return low, high

    return parse


def one_of(*allowed: str) -> Callable[[str], str]:
    """One of a few words."""

    def parse(cell: str) -> str:
        if cell not in allowed:
            raise ValueError(f"应是其中之一:{'、'.join(allowed)}")
        return cell

    return parse


def phone(cell: str) -> str:
    """A mobile or landline number, digits and hyphens."""
    cell = unicodedata.normalize("NFKC", cell).replace(" ", "")
    if not re.fullmatch(r"\+?\d[\d-]{6,18}", cell, re.ASCII):
        raise ValueError("应是电话号码")
    return cell


def province(cell: str) -> str:
    """The short name that the freight table uses."""
    found = province_of(cell)
    if found is None:
        raise ValueError("不是已知的省份")
    return found

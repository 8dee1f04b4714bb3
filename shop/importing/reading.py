"""Bytes of a CSV file into rows of cells by column. Everything wrong with its form is named, with the line."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from shop.errors import FileRefused
from shop.importing.kinds import Column
from shop.importing.report import Problem

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000
_NOT_CSV = (
    (b"PK\x03\x04", "这是 Excel 工作簿,请另存为 CSV 后再导入"),
    (b"\xd0\xcf\x11\xe0", "这是旧版 Excel 工作簿,请另存为 CSV 后再导入"),
    (b"\xff\xfe", "文件是 UTF-16 编码,请另存为 UTF-8 的 CSV"),
    (b"\xfe\xff", "文件是 UTF-16 编码,请另存为 UTF-8 的 CSV"),
)


@dataclass
class Row:
    """A line of the file with the parsed values of the columns that the file has."""

    line: int
    values: dict[str, Any]
    broken: bool = False
    """A cell could not be read; its column is missing from `values`."""


def read_rows(data: bytes, columns: Sequence[Column], problems: list[Problem]) -> list[Row]:
    """All rows that have the right number of cells; what could not be read goes to `problems`.

    Raises FileRefused where nothing can be read at all: size, encoding, header.
    """
    lines = _lines(_decode(data), problems)
    line, header = next(lines, (0, []))
    if not header:
        _refuse(Problem(0, "文件", "文件是空的"))
    present = _columns_of(header, columns, line)
    rows = []
    for line, cells in lines:
        if len(cells) != len(present):
            problems.append(Problem(line, "整行", f"有 {len(cells)} 格,表头是 {len(present)} 列"))
            continue
        before = len(problems)
        row = Row(line, _values(line, dict(zip(present, cells, strict=True)), problems))
        row.broken = len(problems) > before
        rows.append(row)
    return rows


def _decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        _refuse(Problem(0, "文件", f"文件超过 {MAX_BYTES // 1024 // 1024} MB,请拆成几个"))
    for start, reason in _NOT_CSV:
        if data.startswith(start):
            _refuse(Problem(0, "文件", reason))
    if b"\x00" in data:
        _refuse(Problem(0, "文件", "文件里有空字符,不是文本文件"))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    _refuse(Problem(0, "文件", "文字编码既不是 UTF-8 也不是 GBK"))
    raise AssertionError


def _lines(content: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """(line where it begins, stripped cells); empty lines are passed over."""
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    count = 0
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            problems.append(Problem(start, "整行", "引号不成对,从这一行起读不下去"))
            return
        if cells is None:
            return
        cells = [cell.strip() for cell in cells]
        if any(cells):
            count += 1
            if count > MAX_ROWS + 1:
                _refuse(Problem(start, "文件", f"超过 {MAX_ROWS} 行,请拆成几个文件"))
            yield start, cells


def _columns_of(header: list[str], columns: Sequence[Column], line: int) -> list[Column]:
    known = {name.lower(): column for column in columns for name in (column.header, column.english, *column.also)}
    problems = []
    for cell in header:
        if cell.lower() not in known:
            hint = ";应使用逗号分隔" if len(header) == 1 and any(sign in cell for sign in "\t;") else ""
            problems.append(Problem(line, cell or "(空列名)", f"不认识的列{hint}"))
    found = [known[cell.lower()] for cell in header if cell.lower() in known]
    problems += [Problem(line, c.header, "这一列出现了不止一次") for c in dict.fromkeys(found) if found.count(c) > 1]
    problems += [Problem(line, c.header, "缺少这一列") for c in columns if c.required and c not in found]
    if problems:
        _refuse(*problems)
    return found


def _values(line: int, cells: dict[Column, str], problems: list[Problem]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column, cell in cells.items():
        if not cell:
            if column.required:
                problems.append(Problem(line, column.header, "不能为空"))
            values[column.name] = column.empty
            continue
        try:
            values[column.name] = column.parse(cell)
        except ValueError as error:
            problems.append(Problem(line, column.header, f"{_short(cell)} {error}"))
    return values


def _short(cell: str) -> str:
    return f"“{cell[:20]}…”" if len(cell) > 20 else f"“{cell}”"


def _refuse(*problems: Problem) -> None:
    raise FileRefused(problems=list(problems))

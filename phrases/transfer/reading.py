"""A file of quick phrases into rows. What is wrong with the file as a whole refuses it, with line and reason; what is
wrong with one row stands in that row.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NoReturn

from phrases.transfer.cells import COLUMNS, NEEDED, unguard, wish_code
from phrases.transfer.workbook import read_workbook
from shop.errors import FileRefused
from shop.phrase_import import FileRow

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 1000
MAX_CELL = 5000
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

Lines = Iterator[tuple[int, list[str]]]
"""Line of the file, counted from 1, and its cells."""


def read_file(data: bytes) -> list[FileRow]:
    """CSV (UTF-8 with or without BOM, GBK, GB18030) or XLSX, told by its bytes. Codes as they stand.

    Raises FileRefused(problems=[(line, column, reason)], why).
    """
    if len(data) > MAX_BYTES:
        refuse(0, f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请拆成几个")
    lines = _workbook_lines(data) if data.startswith(_ZIP) else _csv_lines(_decode(data))
    line, header = next(lines, (0, []))
    if not header:
        refuse(0, "文件是空的")
    names = _columns_of(line, header)
    rows = [_row(line, cells, names) for line, cells in lines]
    if not rows:
        refuse(line, "只有表头，没有短语")
    return rows


def refuse(line: int, reason: str, column: str = "文件") -> NoReturn:
    why = f"第 {line} 行：{reason}" if line else reason
    raise FileRefused(problems=[(line, column, reason)], why=why)


def _decode(data: bytes) -> str:
    if data.startswith(_OLD_EXCEL):
        refuse(0, "这是旧版 Excel 工作簿，请另存为 XLSX 或 CSV")
    if data.startswith(_UTF16):
        refuse(0, "文件是 UTF-16 编码，请另存为 UTF-8 的 CSV")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return _check_text(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    refuse(0, "文件不是文本：文字编码既不是 UTF-8 也不是 GBK")


def _check_text(content: str) -> str:
    for at, sign in enumerate(content):
        if sign == "\ufffd" or (sign not in "\n\r\t" and unicodedata.category(sign) == "Cc"):
            refuse(content.count("\n", 0, at) + 1, "有不是文字的字符，文件可能损坏了")
    return content


def _csv_lines(content: str) -> Lines:
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    count = 0
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            refuse(line, "引号不成对，从这一行起读不下去", "整行")
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            count += 1
            _check_count(line, count)
            yield line, cells


def _workbook_lines(data: bytes) -> Lines:
    for count, (line, cells) in enumerate(read_workbook(data, refuse), 1):
        _check_count(line, count)
        yield line, cells


def _check_count(line: int, count: int) -> None:
    if count > MAX_ROWS + 1:
        refuse(line, f"超过 {MAX_ROWS} 行，请拆成几个文件", "整行")


def _columns_of(line: int, header: Sequence[str]) -> list[str]:
    """Of each cell; raises FileRefused for what is no header of phrases."""
    cells = [cell.strip() for cell in header]
    while cells and not cells[-1]:
        cells.pop()
    for cell in cells:
        if cell not in COLUMNS:
            hint = "，应使用逗号分隔" if len(cells) == 1 and re.search(r"[\t;；，]", cell) else ""
            refuse(line, f"不认识的列“{cell[:20] or '(空)'}”{hint}", "表头")
    names = [COLUMNS[cell] for cell in cells]
    if twice := next((cell for cell, name in zip(cells, names, strict=True) if names.count(name) > 1), None):
        refuse(line, f"“{twice}”这一列出现了不止一次", "表头")
    if lacking := next((title for name, title in NEEDED.items() if name not in names), None):
        refuse(line, f"缺少“{lacking}”这一列", "表头")
    return names


def _row(line: int, cells: Sequence[str], names: Sequence[str]) -> FileRow:
    values = dict(zip(names, map(unguard, cells), strict=False))
    code, text, group = (values.get(name, "") for name in ("code", "text", "group"))
    problem, place = _find_problem(cells, names, values), values.get("place", "").strip()
    return FileRow(
        line,
        code.strip(),
        text.replace("\r\n", "\n").replace("\r", "\n"),
        group,
        int(place) if place and not problem else None,
        wish_code(code.strip()),
        problem,
        values.get("picture", "").strip() if "picture" in names else None,
    )


def _find_problem(cells: Sequence[str], names: Sequence[str], values: dict[str, str]) -> str:
    if any(cell.strip() for cell in cells[len(names) :]):
        return f"有 {len(cells)} 格，表头只有 {len(names)} 列"
    if any(len(cell) > MAX_CELL for cell in cells):
        return f"有一格超过 {MAX_CELL} 字"
    place = values.get("place", "").strip()
    if place and not re.fullmatch(r"[1-9][0-9]{0,2}", place):
        return f"位置“{place[:20]}”应是 1 到 999 的整数"
    return next((cell[1:] for cell in cells if cell.startswith("\x00")), "")

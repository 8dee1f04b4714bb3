"""The first sheet of an XLSX file as lines of text, read with care: it comes from outside."""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import NoReturn

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

MOST_BYTES = 20 * 1024 * 1024
"""Unpacked: a small file can hold a lot of nothing."""
MOST_PARTS = 200
MOST_COLUMNS = 50
MOST_LINES = 2000
_BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    SyntaxError,
    AssertionError,
    zlib.error,
    struct.error,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)
"""What openpyxl and zipfile raise for files that are damaged in one way or another."""

Refuse = Callable[[int, str], NoReturn]


def read_workbook(data: bytes, refuse: Refuse) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each line that has anything in it. A cell that cannot be taken is \\0 and the reason."""
    _check_parts(data, refuse)
    try:
        lines = _read_lines(data)
    except _BROKEN:
        refuse(0, "这个 XLSX 文件损坏了，请重新导出一份")
    if len(lines) >= MOST_LINES:
        refuse(MOST_LINES, "行数太多，请拆成几个文件")
    yield from ((line, cells) for line, cells in lines if any(cell.strip() for cell in cells))


def _check_parts(data: bytes, refuse: Refuse) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
                refuse(0, "文件解开后太大，不能导入")
            if not any(part.filename == "[Content_Types].xml" for part in parts):
                refuse(0, "这是压缩包，不是 XLSX 工作簿")
            for part in parts:
                if b"<!DOCTYPE" in archive.read(part)[:4096]:
                    refuse(0, "工作簿里有不该有的内容，不能导入")
    except _BROKEN:
        refuse(0, "这个 XLSX 文件损坏了，请重新导出一份")


def _read_lines(data: bytes) -> list[tuple[int, list[str]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl cannot keep of styles does not matter here
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        try:
            rows = book.worksheets[0].iter_rows(max_row=MOST_LINES, max_col=MOST_COLUMNS)
            return [(line, [_text(cell) for cell in row]) for line, row in enumerate(rows, 1)]
        finally:
            book.close()


def _text(cell: object) -> str:
    value, kind = getattr(cell, "value", None), getattr(cell, "data_type", "n")
    if value is None:
        return ""
    if kind == "f":
        return "\0这一格是公式，请改成文字"
    if kind == "e":
        return "\0这一格是错误值，请改成文字"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("\0", "")


def write_workbook(
    lines: Sequence[Sequence[str | int | float]], title: str = "快捷短语", widths: Sequence[int] = (12, 80, 16, 8)
) -> bytes:
    """One sheet, its first line kept in view; texts are texts, whatever they begin with."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101  # a new workbook has one
    sheet.title = title
    for line in lines:
        sheet.append(list(line))
    sheet.freeze_panes = "A2"
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()

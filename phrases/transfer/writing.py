"""Quick phrases into a file that `read_file` reads back without loss."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from phrases.transfer.cells import HEADER, QIANNIU, FilePhrase, guard
from phrases.transfer.workbook import write_workbook


class FileForm(NamedTuple):
    """`suffix` of the file's name; `kind`: its media type."""

    suffix: str
    kind: str
    write: Callable[[Sequence[FilePhrase]], bytes]


def write_file(form: str, phrases: Sequence[FilePhrase]) -> bytes:
    """`form`: one of FORMS."""
    return FORMS[form].write(phrases)


def _write_own(phrases: Sequence[FilePhrase]) -> bytes:
    lines = [[*map(guard, (p.code, p.text, p.group)), p.place, guard(p.picture)] for p in phrases]
    return _csv([HEADER, *lines]).encode("utf-8-sig")


def _write_qianniu(phrases: Sequence[FilePhrase]) -> bytes:
    """In GB18030: that is GBK where GBK has the sign, and keeps the others (emoji). Pictures it has none."""
    lines = [[*map(guard, (p.code, p.text, p.group))] for p in phrases]
    return _csv([QIANNIU, *lines]).encode("gb18030")


def _write_book(phrases: Sequence[FilePhrase]) -> bytes:
    lines: list[list[str | int]] = [
        [*map(guard, (p.code, p.text, p.group)), p.place, guard(p.picture)] for p in phrases
    ]
    return write_workbook([list(HEADER), *lines], widths=(12, 80, 16, 8, 26))


def write_table(form: str, lines: Sequence[Sequence[str | int | float]], title: str, widths: Sequence[int]) -> bytes:
    """Any table as `xlsx` or `csv`: no cell of it is run as a formula. `widths`: of the columns, in signs."""
    safe = [[guard(cell) if isinstance(cell, str) else cell for cell in line] for line in lines]
    return write_workbook(safe, title, widths) if form == "xlsx" else _csv(safe).encode("utf-8-sig")


def _csv(lines: Sequence[Sequence[object]]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows(lines)
    return written.getvalue()


FORMS: Mapping[str, FileForm] = MappingProxyType(
    {
        "xlsx": FileForm("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _write_book),
        "csv": FileForm("csv", "text/csv; charset=utf-8", _write_own),
        "qianniu": FileForm("csv", "text/csv; charset=gb18030", _write_qianniu),
    }
)

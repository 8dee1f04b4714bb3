"""Damaged files of quick phrases: each refused with row and reason, nothing changed. PH-01, PH-09."""

import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from desk.phrase_shapes import find_problem
from phrases.library import QuickPhrase
from phrases.quick_book import library_of
from phrases.transfer import read_file
from phrases.transfer.reading import MAX_BYTES, MAX_ROWS
from phrases.transfer.workbook import MOST_BYTES
from shop.errors import FileRefused
from shop.model import Role, Staff
from shop.phrase_import import Verdict, check_rows, take_rows
from shop.phrase_rows import TEAM, all_words
from shop.wiring import Services
from tests.conftest import NOW

MANAGER = Staff("100", "云舒", Role.MANAGER)
LIBRARY = library_of((QuickPhrase("hy1", "欢迎语", "您好，欢迎光临"), QuickPhrase("wl1", "物流", "在路上啦")))
HEAD = "快捷短语编码,快捷短语,快捷短语分组\r\n"
GOOD = "wl1,您的包裹到啦,物流\r\n"


def book(*lines: list[object]) -> bytes:
    made = Workbook()
    for line in lines:
        made.active.append(line)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def archive(**parts: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return written.getvalue()


def swap(data: bytes, part: str, content: bytes) -> bytes:
    """A workbook with another content in one of its parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name in old.namelist():
            if name != part or content:
                made.writestr(name, content if name == part else old.read(name))
    return written.getvalue()


SHEET, TYPES = "xl/worksheets/sheet1.xml", "[Content_Types].xml"
FINE = book(["快捷编码", "内容", "分组", "位置"], ["wl1", "您的包裹到啦", "物流", 1])
BOMB = swap(FINE, SHEET, b" " * (MOST_BYTES + 1))
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><worksheet>&c;</worksheet>'


def text_file(content: str, encoding: str = "utf-8") -> bytes:
    return content.encode(encoding)


def with_row(row: str) -> bytes:
    return text_file(HEAD + GOOD + row)


WHOLE: dict[str, tuple[bytes, int, str]] = {
    "empty": (b"", 0, "空的"),
    "only_bom": (b"\xef\xbb\xbf", 0, "空的"),
    "blank_lines": (b"\r\n\r\n  \r\n", 0, "空的"),
    "only_header": (text_file(HEAD), 1, "只有表头"),
    "only_commas": (b",,,\r\n", 0, "空的"),
    "no_header": (text_file(GOOD), 1, "不认识的列"),
    "other_header": (text_file("商品,价格\r\n围巾,12\r\n"), 1, "不认识的列“商品”"),
    "unnamed_column": (text_file("快捷编码,,内容\r\nwl1,,您好\r\n"), 1, "(空)"),
    "column_twice": (text_file("快捷编码,内容,内容\r\nwl1,您好,您好\r\n"), 1, "不止一次"),
    "column_twice_by_two_names": (text_file("编码,快捷编码,内容\r\na,b,c\r\n"), 1, "不止一次"),
    "no_text_column": (text_file("快捷编码,分组\r\nwl1,物流\r\n"), 1, "缺少“内容”"),
    "no_code_column": (text_file("内容,分组\r\n您好,物流\r\n"), 1, "缺少“快捷编码”"),
    "semicolons": (text_file("快捷编码;内容;分组\r\nwl1;您好;物流\r\n"), 1, "逗号"),
    "tabs": (text_file("快捷编码\t内容\r\nwl1\t您好\r\n"), 1, "逗号"),
    "full_width_commas": (text_file("快捷编码，内容\r\nwl1，您好\r\n"), 1, "逗号"),
    "open_quote": (with_row('xx1,"没有结束,物流\r\n'), 3, "引号"),
    "quote_within": (with_row('xx1,"a"b,物流\r\n'), 3, "引号"),
    "open_quote_at_the_end": (text_file(HEAD + 'xx1,"'), 2, "引号"),
    "huge_cell": (with_row(f'xx1,"{"长" * 140_000}",物流\r\n'), 3, "引号"),
    "nul": (with_row("xx1,您\x00好,物流\r\n"), 3, "不是文字"),
    "bell": (with_row("xx1,您\x07好,物流\r\n"), 3, "不是文字"),
    "escape": (text_file("\x1b[31m" + HEAD), 1, "不是文字"),
    "replacement_signs": (with_row("xx1,您\ufffd\ufffd好,物流\r\n"), 3, "不是文字"),
    "utf16": (text_file(HEAD + GOOD, "utf-16"), 0, "UTF-16"),
    "utf16_big_endian": (b"\xfe\xff" + text_file(HEAD + GOOD, "utf-16-be"), 0, "UTF-16"),
    "utf16_without_bom": (text_file("wl1,a\r\n", "utf-16-le"), 1, "不是文字"),
    "big5": (text_file("快捷短語編碼,內容\r\n", "big5"), 1, ""),
    "shift_jis": (text_file("コード,文\r\nあ,い\r\n", "shift_jis"), 1, ""),
    "cut_in_a_sign": (text_file(HEAD + GOOD)[:-20] + b"\xe6\x88", 0, "不是文本"),
    "random_bytes": (b"\xff\x80\xfd" * 40, 0, "不是文本"),
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(40), 0, ""),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(40), 0, ""),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", 0, ""),
    "old_excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), 0, "旧版 Excel"),
    "html_called_csv": (text_file("<html><table><tr><td>快捷编码</td></tr></table></html>"), 1, "不认识的列"),
    "json_called_csv": (text_file('[{"code": "wl1"}]'), 1, "不认识的列"),
    "too_large": (text_file(HEAD) + b"a" * MAX_BYTES, 0, "2 MB"),
    "too_many_rows": (
        text_file(HEAD + "".join(f"x{n},t{n},\r\n" for n in range(MAX_ROWS + 1))),
        MAX_ROWS + 2,
        "1000 行",
    ),
    "zip_of_something": (archive(a_dot_txt=b"hello"), 0, "压缩包"),
    "half_a_workbook": (FINE[: len(FINE) // 2], 0, "损坏"),
    "workbook_without_its_end": (FINE[:-30], 0, "损坏"),
    "magic_only": (b"PK\x03\x04", 0, "损坏"),
    "flipped_bytes": (FINE[:200] + bytes(b ^ 255 for b in FINE[200:1200]) + FINE[1200:], 0, "损坏"),
    "zip_bomb": (BOMB, 0, "太大"),
    "many_parts": (archive(**{f"p{n}": b"" for n in range(300)}), 0, "太大"),
    "entities": (swap(FINE, SHEET, LAUGHS), 0, "不该有"),
    "sheet_is_no_xml": (swap(FINE, SHEET, b"<worksheet><sheetData><row>"), 0, "损坏"),
    "sheet_is_missing": (swap(FINE, SHEET, b""), 0, "损坏"),
    "book_is_missing": (swap(FINE, "xl/workbook.xml", b""), 0, "损坏"),
    "types_are_no_xml": (swap(FINE, TYPES, b"\x00\x01"), 0, "损坏"),
    "empty_workbook": (book(), 0, "空的"),
    "workbook_header_only": (book(["快捷编码", "内容"]), 1, "只有表头"),
    "workbook_of_something": (book(["姓名", "电话"], ["a", "b"]), 1, "不认识的列“姓名”"),
    "workbook_too_long": (
        book(["快捷编码", "内容"], *([f"x{n}", "您好"] for n in range(1100))),
        MAX_ROWS + 2,
        "1000 行",
    ),
}
ROWS: dict[str, tuple[bytes, int, str]] = {
    "too_many_cells": (with_row("xx1,您好,物流,多出来,的\r\n"), 3, "表头只有 3 列"),
    "no_text": (with_row("xx1,,物流\r\n"), 3, "内容为空"),
    "one_cell": (with_row("xx1\r\n"), 3, "内容为空"),
    "spaces_only": (with_row("xx1,  　 ,物流\r\n"), 3, "内容为空"),
    "too_long": (with_row(f"xx1,{'长' * 501},物流\r\n"), 3, "最多 500 字"),
    "group_too_long": (with_row(f"xx1,您好呀,{'组' * 21}\r\n"), 3, "最多 20 字"),
    "unknown_variable": (with_row("xx1,您好{不存在},物流\r\n"), 3, "没有“不存在”这个变量"),
    "lone_brace": (with_row("xx1,您好{,物流\r\n"), 3, "花括号"),
    "forbidden_word": (with_row("xx1,这个不行,物流\r\n"), 3, "不行"),
    "same_code_twice": (with_row("wl1,另一句您看看,物流\r\n"), 3, "与第 2 行是同一个编码"),
    "same_text_twice": (with_row("xx1,您慢走,物流\r\nxx2,您好呀,\r\nxx3,您好呀,\r\n"), 5, "与第 4 行内容相同"),
    "place_is_a_word": (text_file("快捷编码,内容,位置\r\nxx1,您好呀,第一\r\n"), 2, "位置“第一”"),
    "place_is_zero": (text_file("快捷编码,内容,位置\r\nxx1,您好呀,0\r\n"), 2, "1 到 999"),
    "place_is_a_fraction": (book(["快捷编码", "内容", "位置"], ["xx1", "您好呀", 1.5]), 2, "1 到 999"),
    "formula": (book(["快捷编码", "内容"], ["xx1", "=1+1"]), 2, "公式"),
    "huge_text": (with_row(f"xx1,{'长' * 5001},物流\r\n"), 3, "5000 字"),
}


@pytest.mark.req("PH-01", "PH-09")
@pytest.mark.parametrize("name", WHOLE)
def test_a_damaged_file_is_refused_with_row_and_reason(name: str) -> None:
    data, line, reason = WHOLE[name]
    with pytest.raises(FileRefused) as error:
        read_file(data)
    [(at, _, why)] = error.value.facts["problems"]
    assert reason in why
    assert not line or at == line
    assert why in error.value.facts["why"]


@pytest.mark.req("PH-01", "PH-09", "PH-32")
@pytest.mark.parametrize("name", ROWS)
def test_a_damaged_row_is_named_with_its_reason_and_nothing_is_taken(services: Services, name: str) -> None:
    data, line, reason = ROWS[name]
    rows = read_file(data)
    given = {"library": LIBRARY, "problem_of": find_problem}
    with services.unit_of_work() as uow:
        checked = check_rows(uow, rows, **given)
        [bad] = [row for row in checked.rows if row.verdict in (Verdict.WRONG, Verdict.DOUBLE)]
        assert (bad.line, reason in bad.reason) == (line, True), bad
        with pytest.raises(FileRefused, match=f"第 {line} 行"):
            chosen = {row.line for row in rows}
            take_rows(uow, MANAGER, rows, chosen=chosen, state=checked.state, now=NOW, **given)
        uow.commit()
    with services.unit_of_work() as uow:
        assert all_words(uow, TEAM, LIBRARY.phrases) == LIBRARY.phrases


def test_there_are_fifty_damaged_files_and_more() -> None:
    assert len(WHOLE) + len(ROWS) >= 50


@pytest.mark.parametrize("cut", range(0, len(FINE), 97))
def test_a_workbook_cut_anywhere_is_refused_or_read(cut: int) -> None:
    damage: list[Callable[[], bytes]] = [lambda: FINE[:cut], lambda: FINE[:cut] + b"\xff" * 40 + FINE[cut + 40 :]]
    for make in damage:
        try:
            assert read_file(make())
        except FileRefused as error:
            assert error.facts["why"]

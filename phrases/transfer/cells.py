"""What stands in the cells of a phrase file, and how cells are kept from being run as formulas."""

import re
from typing import NamedTuple

QIANNIU = ("快捷短语编码", "快捷短语", "快捷短语分组")
HEADER = ("快捷编码", "内容", "分组", "位置", "图片")
COLUMNS = {
    "快捷短语编码": "code",
    "快捷编码": "code",
    "编码": "code",
    "快捷短语": "text",
    "内容": "text",
    "快捷短语分组": "group",
    "分组": "group",
    "位置": "place",
    "图片": "picture",
}
"""What a header may be called: the column that it is."""
NEEDED = {"code": "快捷编码", "text": "内容"}

_RUN = "=+-@\t\r＝＋－＠"
"""Signs by which table programs know a formula, full width too: they read those as well."""
_GUARD = "'"
_INITIAL = re.compile(r"[a-z]")


class FilePhrase(NamedTuple):
    """`place` within its group, from 1; `picture`: its name, empty for none."""

    code: str
    text: str
    group: str
    place: int
    picture: str = ""


def guard(cell: str) -> str:
    """What would be run gets an apostrophe in front; so does what has one there, so that `unguard` knows."""
    bare = cell.lstrip(_GUARD)
    return _GUARD + cell if bare[:1] and bare[0] in _RUN else cell


def unguard(cell: str) -> str:
    bare = cell.lstrip(_GUARD)
    return cell[1:] if cell.startswith(_GUARD) and bare[:1] and bare[0] in _RUN else cell


def wish_code(code: str) -> str:
    """Letters for a code that does not fit: `12` → qn12, `欢迎` → hy, `huanying-1` → huanying1; none: td."""
    if re.fullmatch(r"[0-9]{1,3}", code):
        return f"qn{code}"
    from pypinyin import Style, lazy_pinyin  # 0.2 s, only where there is Chinese in a code

    spoken = "".join(
        part if part.isascii() else part[:1] for part in lazy_pinyin(code.lower(), style=Style.FIRST_LETTER)
    )
    letters = "".join(_INITIAL.findall(spoken))[:8]
    number = re.search(r"[0-9]{1,3}$", code)
    return (letters or "td") + (number[0] if number and letters else "")

import pytest

from shop.importing import KINDS
from shop.settings import ROOT


@pytest.mark.parametrize("name", KINDS)
def test_every_column_stands_in_the_documentation(name: str) -> None:
    page = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
    section = page.split(f"`{name}`:", 1)[1].split("\n## ", 1)[0]
    for column in KINDS[name].columns:
        mark = "*" if column.required else ""
        assert f"{column.header}{mark}({column.english}" in section, column.header

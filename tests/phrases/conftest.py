"""The shipped library, and a copy of it that a test may spoil."""

import shutil
from pathlib import Path

import pytest

from phrases import PhraseBook
from phrases.library import FOLDER


@pytest.fixture(scope="session")
def book() -> PhraseBook:
    return PhraseBook.load()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for kind in ("auto", "quick"):
        shutil.copytree(FOLDER / kind, tmp_path / kind)
    return tmp_path

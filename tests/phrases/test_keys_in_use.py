"""Whatever the bot or the desk says by key stands in the library, and nothing in the library is out of reach."""

import re
from pathlib import Path

from phrases.book import PhraseBook

ROOT = Path(__file__).resolve().parents[2]
CALL = re.compile(r"""(?:\bsay\(|response=|render\(|phrase\(|"(?:OrderUnknown)": )\s*"([a-z_]+)\"""")


def used_keys() -> set[str]:
    sources = [*ROOT.glob("bot/**/*.py"), *ROOT.glob("desk/**/*.py"), *ROOT.glob("shop/**/*.py")]
    texts = [path.read_text(encoding="utf-8") for path in sources]
    return {key for text in texts for key in CALL.findall(text)}


def test_every_key_that_is_said_stands_in_the_library() -> None:
    assert used_keys() - PhraseBook.load().auto.keys() == set()


def test_every_key_of_the_library_is_named_somewhere_in_the_code() -> None:
    texts = "\n".join(
        path.read_text(encoding="utf-8") for folder in ("bot", "desk", "shop") for path in (ROOT / folder).rglob("*.py")
    )
    assert [key for key in PhraseBook.load().auto if f'"{key}"' not in texts and key != "safe"] == []

"""What the search knows beside the phrases: intents, like words, what buyers say. Data in `phrases/search/`."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "search"


@dataclass(frozen=True)
class SearchTables:
    """`intents`: intent → codes and groups, the best first. `alike`: words that mean much the same, by line.
    `asked`: code → what buyers say when the phrase serves. Codes that are not in a library are passed over.
    """

    intents: dict[str, tuple[str, ...]]
    alike: tuple[tuple[str, ...], ...]
    asked: dict[str, tuple[str, ...]]

    @cached_property
    def word(self) -> re.Pattern[str]:
        """Matches where a word of the trade begins, and takes none of it."""
        return re.compile("(?=" + "|".join(re.escape(word) for line in self.alike for word in line) + ")")

    def like_words(self, text: str) -> list[str]:
        """Other words for what the text says."""
        return [word for line in self.alike if any(w in text for w in line) for word in line if word not in text]


@lru_cache(maxsize=1)
def load_tables(folder: Path = FOLDER) -> SearchTables:
    intents, alike, asked = (
        yaml.safe_load((folder / f"{n}.yml").read_text("utf-8")) for n in SearchTables.__annotations__
    )
    return SearchTables(
        {intent: tuple(names) for intent, names in intents.items()},
        tuple(map(tuple, alike)),
        {code: tuple(sentences) for code, sentences in asked.items()},
    )

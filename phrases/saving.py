"""What a person may not save as a quick phrase, said in Chinese to who wrote it. PH-14, PH-32."""

import re

from phrases.speech import check
from phrases.variables import NAME, VARIABLES, find_names
from shop.errors import PhraseRefused


def check_savable(text: str) -> None:
    """Raises PhraseRefused(why) for a variable that nobody knows, a lone brace, or words that no buyer should read."""
    unknown = next((name for name in find_names(text) if name not in VARIABLES), None)
    if unknown is not None:
        raise PhraseRefused(why=f"没有“{unknown}”这个变量")
    if re.search(r"[{}]", NAME.sub("", text)):
        raise PhraseRefused(why="花括号没有成对")
    found = next(iter(check(text)), None)
    if found is not None:
        raise PhraseRefused(why=f"“{found.word}”不适合说给买家，{found.advice}")

"""What the shop says: the phrase library, its variables and the word check."""

from phrases.book import PhraseBook
from phrases.errors import LibraryError, PhraseDisabled, PhraseError, PhraseUnfilled, PhraseUnknown
from phrases.library import AutoReply, QuickPhrase, Wording

__all__ = [
    "AutoReply",
    "LibraryError",
    "PhraseBook",
    "PhraseDisabled",
    "PhraseError",
    "PhraseUnfilled",
    "PhraseUnknown",
    "QuickPhrase",
    "Wording",
]

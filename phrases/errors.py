"""What can go wrong with phrases.

PhraseError
├── PhraseUnknown       PhraseDisabled
├── PhraseUnfilled
└── LibraryError
"""


class PhraseError(Exception):
    pass


class PhraseUnknown(PhraseError):
    def __init__(self, key: str) -> None:
        super().__init__(f"no phrase {key!r}")
        self.key = key


class PhraseDisabled(PhraseUnknown):
    """The manager switched the phrase off."""


class PhraseUnfilled(PhraseError):
    """No wording fits. `missing`: what the nearest one lacks; empty where no `when` is met."""

    def __init__(self, key: str, missing: tuple[str, ...]) -> None:
        super().__init__(f"phrase {key!r} lacks {', '.join(missing) or 'a wording for these facts'}")
        self.key = key
        self.missing = missing


class LibraryError(PhraseError):
    """The library must not be served. `where` names the file and the key."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")
        self.where = where
        self.problem = problem

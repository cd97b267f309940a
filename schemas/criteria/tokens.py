"""A criterion's text as words, operators and parentheses, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["END", "RESERVED_WORDS", "Token", "tokens"]

RESERVED_WORDS = frozenset({"and", "or", "not", "true", "false"})
"""Words of the language: an attribute of this name, or one of digits alone, cannot be used in a criterion."""

END = ""
"""The text of the token that follows the last one."""

_TOKEN = re.compile(r"[A-Za-z0-9._-]+|[<>=!&|]+|\S")
_INSTEAD = {"=": "==", "=>": ">=", "=<": "<=", "<>": "!=", "&": "and", "&&": "and", "|": "or", "||": "or", "!": "not"}
_MAX_QUOTED = 32


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    position: int

    def __str__(self) -> str:
        """The token as an error quotes it, with a correction where there is an obvious one."""
        if self.text == END:
            return "the end"
        instead = _INSTEAD.get(self.text) or (self.text.lower() if self.text.isascii() else self.text)
        quoted = self.text if len(self.text) <= _MAX_QUOTED else self.text[:_MAX_QUOTED] + "…"
        return repr(quoted) if instead == self.text else f"{quoted!r} (write {instead})"


def tokens(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        yield Token(found[0], found.start())
    yield Token(END, len(text))

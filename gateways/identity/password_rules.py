"""Which passwords may be set, after OWASP's Application Security Verification Standard, section 2.1: long enough, of
any characters, and not one that is guessed first."""

import re
import unicodedata

from gateways.identity.common_passwords import COMMON_WORDS, KEYBOARD_ROWS
from schemas.passwords import MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH

__all__ = ["MAX_PASSWORD_LENGTH", "MIN_PASSWORD_LENGTH", "normal_form", "password_fault"]

_MIN_OWN = 4
"""The letters and digits that a password needs beside what is known. With fewer, a list of words finds it."""
_MIN_DIFFERENT = 5
_MIN_PIECE = 3
_MIN_NAME = 3
_MAX_WORD = max(map(len, COMMON_WORDS))
_OTHER_PIECES = re.compile(r"(.)\1\1+|(19|20)\d\d")
"""One character again and again, and years."""
_REPEATED = re.compile(r"(.{1,11}?)\1+.?")
_SEPARATORS = re.compile(r"[\s._,;:/-]+")
_ROWS = tuple(row for each in KEYBOARD_ROWS for row in (each, each[::-1]))
_LEET = str.maketrans("0134578@$!|€", "oieastbasiie")


def normal_form(text: str) -> str:
    """The text as it is compared: all Unicode forms of one name or password, composed or not, are one (NFKC)."""
    return unicodedata.normalize("NFKC", text)


def password_fault(password: str, *own_names: str) -> str | None:
    """What is wrong with the password, or None. ``own_names`` are names of its owner, which others try first."""
    text = normal_form(password)
    if len(text) < MIN_PASSWORD_LENGTH:
        return f"is too short; it needs {MIN_PASSWORD_LENGTH} characters, and a few words make a good one"
    if len(text) > MAX_PASSWORD_LENGTH:
        return f"is longer than {MAX_PASSWORD_LENGTH} characters"
    if _is_guessed_first(_SEPARATORS.sub("", text.casefold()), _words_of(own_names)):
        return "is guessed too easily: it is made of common words, a row of keys, repetitions or your name"
    return None


def _words_of(names: tuple[str, ...]) -> frozenset[str]:
    words = {word for name in names for word in re.split(r"\W+", normal_form(name).casefold())}
    return frozenset(word for word in words if len(word) >= _MIN_NAME)


def _is_guessed_first(text: str, own: frozenset[str]) -> bool:
    return len(set(text)) < _MIN_DIFFERENT or bool(_REPEATED.fullmatch(text)) or _unknown(text, own) < _MIN_OWN


def _unknown(text: str, own: frozenset[str]) -> int:
    """The least number of letters and digits that remain when known pieces are taken out of the text."""
    spelled = text.translate(_LEET)
    longest = max([_MAX_WORD, *map(len, own)])
    fewest = [0] * (len(text) + 1)
    for start in range(len(text) - 1, -1, -1):
        fewest[start] = fewest[start + 1] + text[start].isalnum()
        for end in range(start + _MIN_PIECE, min(len(text), start + longest) + 1):
            if fewest[end] < fewest[start] and _is_known(text[start:end], spelled[start:end], own):
                fewest[start] = fewest[end]
    return fewest[0]


def _is_known(piece: str, spelled: str, own: frozenset[str]) -> bool:
    words = {piece, spelled}
    return (
        not words.isdisjoint(COMMON_WORDS)
        or not words.isdisjoint(own)
        or any(piece in row for row in _ROWS)
        or _OTHER_PIECES.fullmatch(piece) is not None
    )

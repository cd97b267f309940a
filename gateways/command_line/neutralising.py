"""Spelling out control characters and invisible marks, with which a recorded text could control a terminal."""

import json
import re

__all__ = ["neutralise", "neutralise_json", "neutralise_lines", "restore_json"]

_INVISIBLE = (
    "\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff"
)
"""Escapes of eight-bit terminals, line separators, and marks that hide text or turn its direction."""

_HOSTILE = re.compile(f"[\x00-\x1f{_INVISIBLE}]")
_HOSTILE_IN_JSON = re.compile(f"[{_INVISIBLE}]")
_ESCAPE_IN_JSON = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")


def neutralise(text: str) -> str:
    """Returns the text as one line in which each control character and invisible mark is spelled out: ``\\n``,
    ``\\x1b``."""
    return _HOSTILE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def neutralise_lines(text: str) -> str:
    """Returns the text with its line breaks, and everything else as ``neutralise`` does. It is for errors, which may
    point at a place in a line of their own; a recorded text stays in its line by ``neutralise``."""
    return "\n".join(neutralise(line) for line in text.split("\n"))


def neutralise_json(text: str) -> str:
    """Returns the same JSON value with these characters as JSON escapes.

    JSON itself escapes the characters below the space.
    """
    if text.isascii() and "\x7f" not in text:
        return text
    return _HOSTILE_IN_JSON.sub(lambda found: json.dumps(found[0])[1:-1], text)


def restore_json(text: str) -> str:
    """Returns the JSON as it was before ``neutralise_json``: other escapes stay as they are."""
    return _ESCAPE_IN_JSON.sub(_restored, text) if "\\u" in text else text


def _restored(escape: re.Match[str]) -> str:
    character = str(json.loads(f'"{escape[0]}"'))
    hidden = _HOSTILE_IN_JSON.fullmatch(character) and not "\ud800" <= character <= "\udfff"
    return character if hidden else escape[0]

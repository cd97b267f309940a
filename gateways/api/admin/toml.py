"""TOML from outside."""

import re
import tomllib
from typing import Any

from gateways.http.problems import Problem

__all__ = ["MAX_KEY_PARTS", "read_toml"]

MAX_KEY_PARTS = 32
_PART = r"(?:[A-Za-z0-9_-]++|\"[^\"\n]*+\"|'[^'\n]*+')"
_LONG_KEY = re.compile(rf"(?<![A-Za-z0-9_-])(?:{_PART}[ \t]*+\.[ \t]*+){{{MAX_KEY_PARTS}}}")
"""tomllib keeps every beginning of a key apart, so that its memory grows with the square of the key's parts."""


def read_toml(text: bytes) -> dict[str, Any]:
    """Raises Problem for what is no TOML in UTF-8, nests too deeply, or has a key of too many parts."""
    try:
        decoded = text.decode()
        if _LONG_KEY.search(decoded):
            raise Problem("malformed_toml", f"a key has more than {MAX_KEY_PARTS} parts between dots")
        return tomllib.loads(decoded)
    except tomllib.TOMLDecodeError as error:
        raise Problem("malformed_toml", f"the body is not valid TOML: {error}") from None
    except UnicodeDecodeError:
        raise Problem("malformed_toml", "the body is not TOML in UTF-8") from None
    except RecursionError:
        raise Problem("malformed_toml", "the body nests too deeply") from None

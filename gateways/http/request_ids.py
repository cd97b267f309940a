"""The id of each request: the caller's, if it is usable, or one of our own."""

import itertools
import re
import secrets
from collections.abc import Mapping

__all__ = ["HEADER", "request_id_of"]

HEADER = b"x-request-id"

_USABLE = re.compile(rb"[A-Za-z0-9._:+/=-]{1,128}").fullmatch
_PROCESS = secrets.token_hex(4)
_numbers = itertools.count(1)


def request_id_of(headers: Mapping[bytes, bytes]) -> str:
    """The id that the caller chose, up to 128 plain characters; any other is replaced by an id of our own."""
    chosen = headers.get(HEADER)
    if chosen is not None and _USABLE(chosen):
        return chosen.decode()
    return f"{_PROCESS}-{next(_numbers):x}"

"""Versions in headers: ``ETag`` of what is read, ``If-Match`` and ``If-None-Match`` of what is changed."""

from gateways.api.call import Call
from gateways.http.problems import invalid_input

__all__ = ["etag", "version_asked_for", "whole_version_asked_for"]

_MAX_DIGITS = 18
_WEAK = "W/"
"""Proxies that compress answers put it before an ETag."""


def etag(version: int | None) -> tuple[tuple[str, str], ...]:
    """The header that names the version."""
    return () if version is None else (("ETag", f'"{version}"'),)


def version_asked_for(call: Call) -> int | None:
    """The version of the item on which a change is based; 0 when the item must not be there, None when the change is
    not to depend on it. Raises Problem for a header that cannot be understood."""
    must_match, must_not = _header(call, b"if-match"), _header(call, b"if-none-match")
    if must_not is None:
        return None if must_match is None else _number(must_match)
    if must_not != "*" or must_match is not None:
        raise invalid_input("If-None-Match", "must be * and stand alone, to add what is not there yet")
    return 0


def whole_version_asked_for(call: Call) -> int | None:
    """The version of the configuration on which an import is based; None when that is left out or a star."""
    sent = _header(call, b"if-match")
    return None if sent is None or sent == "*" else _number(sent)


def _header(call: Call, name: bytes) -> str | None:
    header = call.header(name)
    return None if header is None else header.decode("latin-1").strip()


def _number(sent: str) -> int:
    digits = sent.removeprefix(_WEAK).strip('"')
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _MAX_DIGITS and int(digits) > 0):
        raise invalid_input("If-Match", "must be the ETag of an earlier answer")
    return int(digits)

"""The digest of a request, which tells its repetition from another request with the same id."""

import hashlib

import msgspec

from gateways.exceptions import invalid_field

__all__ = ["digest_of"]


def digest_of(body: msgspec.Struct) -> str:
    """The same for the same fields in any order. Raises RefusedError when the body nests deeper than can be written."""
    try:
        encoded = msgspec.json.encode(body, order="deterministic")
    except RecursionError:
        raise invalid_field("", "must not nest so deeply") from None
    return hashlib.blake2b(encoded, digest_size=16).hexdigest()

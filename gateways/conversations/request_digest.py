"""The digest of a request, which distinguishes its repetition from another request with the same id."""

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec

from gateways.conversations.attributes import check_nesting

__all__ = ["digest_of"]


def digest_of(body: msgspec.Struct, actor: str) -> str:
    """The digest is the same for the same fields in any order, and for the same caller: nobody else can repeat the
    request. Raises RefusedError when the body nests too deeply to be encoded."""
    try:
        encoded = msgspec.json.encode(body, order="deterministic")
    except RecursionError:
        check_nesting(dict(_fields_of(body)))
        raise
    return hashlib.blake2b(encoded + actor.encode(), digest_size=16).hexdigest()


def _fields_of(body: msgspec.Struct, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The plain values of the body and of the structs in it, by their paths."""
    for name in body.__struct_fields__:
        value = getattr(body, name)
        if isinstance(value, msgspec.Struct):
            yield from _fields_of(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value

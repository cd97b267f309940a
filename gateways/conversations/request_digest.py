"""What a request said, to tell its repetition from another request with the same id."""

import hashlib

import msgspec

__all__ = ["digest_of"]


def digest_of(body: msgspec.Struct) -> str:
    """The same for the same fields in whatever order."""
    return hashlib.blake2b(msgspec.json.encode(body, order="deterministic"), digest_size=16).hexdigest()

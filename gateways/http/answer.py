"""What a handler answers."""

from typing import Generic, TypeVar

import msgspec

__all__ = ["Answer"]

T = TypeVar("T")


class Answer(msgspec.Struct, Generic[T], frozen=True):
    """A struct to encode as JSON, or bytes of the given media type that hold one; None where nothing goes back.

    ``replayed`` marks the repetition of an earlier answer. For ``max_age`` seconds a client may keep it.
    """

    body: T | bytes
    status: int = 200
    replayed: bool = False
    media: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    max_age: int | None = None

"""The answer of a handler."""

from typing import Generic, TypeVar

import msgspec

__all__ = ["JSON", "Answer"]

JSON = "application/json"

T_co = TypeVar("T_co", covariant=True)


class Answer(msgspec.Struct, Generic[T_co], frozen=True):
    """The body to send: a value to encode as JSON, or bytes of the given media type that hold one. It is None when
    nothing is sent back.

    ``replayed`` marks the repetition of an earlier answer. A client may keep the answer for ``max_age`` seconds.
    """

    body: T_co | bytes
    status: int = 200
    replayed: bool = False
    media: str = JSON
    headers: tuple[tuple[str, str], ...] = ()
    max_age: int | None = None

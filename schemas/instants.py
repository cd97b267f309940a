"""Instants: aware datetimes in UTC inside, RFC 3339 with microseconds and ``Z`` outside."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

import msgspec

__all__ = ["Clock", "Instant", "format_instant", "parse_instant", "utc_now"]

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""A datetime in a schema: one without an offset is refused."""

Clock = Callable[[], datetime]


# Rejected: ``isoformat``, which takes several times as long.
_encode = msgspec.json.Encoder().encode


def utc_now() -> datetime:
    return datetime.now(UTC)


def format_instant(instant: datetime) -> str:
    """An instant in UTC as ``2026-11-22T10:00:00.000000Z``, always this width, so that text order is time order."""
    text = _encode(instant.astimezone(UTC))[1:-2].decode()
    return f"{text}Z" if instant.microsecond else f"{text}.000000Z"


def parse_instant(text: str) -> datetime:
    """The instant of the text. Raises ValueError when it is no RFC 3339 instant with an offset."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"{text!r} has no offset; end it with Z for UTC")
    return instant.astimezone(UTC)

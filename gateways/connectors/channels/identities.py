"""Ids of our own for what comes from a provider, the same however often it comes."""

import hashlib
from datetime import datetime

from schemas.identifiers import uuid7

__all__ = ["inbound_id"]


def inbound_id(channel: str, kind: str, provider_id: str, sent_at: datetime | None = None) -> str:
    """A UUIDv7 of the provider's time, if it has one, and of a digest of what the provider calls it. ``kind`` tells the
    things apart that the same message brings about."""
    source = "\n".join((channel, kind, provider_id)).encode()
    digest = int.from_bytes(hashlib.blake2b(source, digest_size=10).digest(), "big")
    milliseconds = int(sent_at.timestamp() * 1000) if sent_at is not None else 0
    return uuid7(min(max(milliseconds, 0), (1 << 48) - 1), digest >> 6)

"""The hash chain over a journal: an event's digest covers the event and the digest of the event before it.

Whoever keeps one digest elsewhere can prove later that nothing up to its position was altered, removed or added.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple, Protocol

import msgspec

from schemas.records import Record

__all__ = ["GENESIS", "ChainCheck", "ChainedRecords", "Head", "chained", "head_of", "next_digest"]

GENESIS = bytes(32)
"""The digest before the first event."""

_BATCH = 2_000
_HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})", re.ASCII)
_encode = msgspec.json.Encoder().encode


def next_digest(previous: bytes, record: Record) -> bytes:
    """The digest of the event that follows the digest: SHA-256 over ``previous``, a JSON array without blanks of all
    fields but the data, a line feed, and the data as it is recorded.

    The array holds position, stream, version, event id, type, time, schema version, correlation id, causation id and
    actor, in this order.
    """
    fields = (
        record.position,
        record.stream,
        record.version,
        record.event_id,
        record.type,
        record.at,
        record.schema_version,
        record.correlation_id,
        record.causation_id,
        record.actor,
    )
    return sha256(b"%b%b\n%b" % (previous, _encode(fields), record.data)).digest()


def chained(previous: bytes, records: Iterable[Record]) -> Iterator[bytes]:
    """The digests of records that follow ``previous``, one after the other."""
    for record in records:
        previous = next_digest(previous, record)
        yield previous


class Head(NamedTuple):
    """A position and the digest of the event there, written ``POSITION:DIGEST``."""

    position: int
    digest: bytes

    @classmethod
    def parse(cls, text: str) -> "Head":
        """Raises ValueError when the text is no head."""
        found = _HEAD.fullmatch(text)
        if found is None:
            raise ValueError("write POSITION:DIGEST, as events head prints it")
        return cls(int(found[1]), bytes.fromhex(found[2]))

    def __str__(self) -> str:
        return f"{self.position}:{self.digest.hex()}"


class ChainedRecords(Protocol):
    """The part of a journal from which its chain is read."""

    def read_all(self, after: int = 0, limit: int = 1000) -> list[Record]: ...

    def read_digests(self, after: int = 0, limit: int = 1000) -> list[bytes | None]: ...


class ChainCheck:
    """Follows the chain over pages of records that come in order, beginning after a position.

    ``digest`` is the digest of the last record. It is None while nothing is known: the check began after a record
    without a digest.
    """

    def __init__(self, journal: ChainedRecords, after: int = 0) -> None:
        self._journal = journal
        self.digest: bytes | None = GENESIS
        if after:
            self.digest = next(iter(journal.read_digests(after - 1, 1)), None)

    def altered(self, records: Sequence[Record]) -> list[int]:
        """The positions of records that are not as they were appended, or before which something is missing.

        The records are a page of ``read_all``. One without a digest is taken as it is, because later digests cover it.
        """
        if not records:
            return []
        kept = self._journal.read_digests(records[0].position - 1, len(records))
        return [
            record.position for record, digest in zip(records, kept, strict=False) if not self._follows(record, digest)
        ]

    def _follows(self, record: Record, kept: bytes | None) -> bool:
        expected = None if self.digest is None else next_digest(self.digest, record)
        self.digest = expected if kept is None else kept
        return kept is None or expected is None or kept == expected


def head_of(journal: ChainedRecords, last: int) -> Head:
    """The head at position ``last``. It is looked up, or worked out over the events before it that have no digest."""
    kept = journal.read_digests(last - 1, 1) if last else []
    if kept and kept[0] is not None:
        return Head(last, kept[0])
    return Head(last, _followed(_pages(journal, last)))


def _pages(journal: ChainedRecords, last: int) -> Iterable[tuple[Record, bytes | None]]:
    after = 0
    while after < last:
        page = journal.read_all(after, min(_BATCH, last - after))
        if not page:
            return
        yield from zip(page, journal.read_digests(after, len(page)), strict=False)
        after = page[-1].position


def _followed(records: Iterable[tuple[Record, bytes | None]]) -> bytes:
    digest = GENESIS
    for record, kept in records:
        digest = next_digest(digest, record) if kept is None else kept
    return digest

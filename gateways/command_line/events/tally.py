"""Comparing two journals by the number of their events, the end of each stream and a digest."""

import hashlib

from gateways.command_line.events.cloud_events import cloud_event_line
from schemas.records import Record

__all__ = ["Tally"]


class Tally:
    """Counts records that are added in order. Its digest is the digest of an export of exactly these records."""

    def __init__(self) -> None:
        self.events = 0
        self.heads: dict[str, int] = {}
        self._digest = hashlib.sha256()

    def add(self, record: Record) -> bytes:
        """Counts the record and returns its line in the export."""
        line = cloud_event_line(record).encode() + b"\n"
        self.events += 1
        self.heads[record.stream] = record.version
        self._digest.update(line)
        return line

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()

    def differences(self, other: "Tally") -> list[str]:
        """Names the respects in which the two differ. The list is empty if they agree in everything."""
        respects = {
            "the number of events": (self.events, other.events),
            "the last version of some stream": (self.heads, other.heads),
            "the digest": (self.digest, other.digest),
        }
        return [respect for respect, (own, others) in respects.items() if own != others]

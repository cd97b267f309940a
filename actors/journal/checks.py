"""The checks of an append against the journal as it stands, for every backend alike."""

from collections.abc import Callable, Sequence

from actors.journal.exceptions import EventIdTakenError, VersionConflictError
from schemas.records import NewRecord, Record

__all__ = ["check_versions", "earlier_append"]


def earlier_append(records: Sequence[NewRecord], find: Callable[[str], Record | None]) -> list[Record] | None:
    """The records as they stand if these very ones were appended before, else None.

    Raises EventIdTakenError when the id of one belongs to an event at another place.
    """
    found = [find(record.event_id) for record in records]
    taken = {new.event_id for new, old in zip(records, found, strict=True) if old and not _same_place(old, new)}
    if taken or len({record.event_id for record in records}) < len(records):
        raise EventIdTakenError(min(taken, default=records[0].event_id))
    standing = [old for old in found if old is not None]
    return standing if records and len(standing) == len(records) else None


def check_versions(records: Sequence[NewRecord], head_of: Callable[[str], int]) -> None:
    """Raises VersionConflictError when a record does not follow its stream's last version."""
    heads: dict[str, int] = {}
    for record in records:
        head = heads[record.stream] if record.stream in heads else head_of(record.stream)
        if record.version != head + 1:
            raise VersionConflictError(record.stream, record.version, head)
        heads[record.stream] = record.version


def _same_place(old: Record, new: NewRecord) -> bool:
    return (old.stream, old.version) == (new.stream, new.version)

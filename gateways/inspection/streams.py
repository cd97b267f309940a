"""Finding one's place in a stream, or in the journal."""

from datetime import datetime

from actors.journal import Journal
from schemas.instants import format_instant

__all__ = ["last_version", "position_at", "version_at"]


def last_version(journal: Journal, stream: str) -> int:
    """0 for an unknown stream. Found in a few reads, however long the stream: ever bigger steps ahead, and smaller ones
    past its end."""
    last, step = 0, 1
    while step:
        ahead = journal.read_stream(stream, after=last + step - 1, limit=1)
        last = ahead[0].version if ahead else last
        step = step * 2 if ahead else step // 2
    return last


def version_at(journal: Journal, stream: str, instant: datetime, last: int) -> int:
    """The last version of at most ``last`` that was there at the instant; 0 when none was: times grow with versions."""
    at, low = format_instant(instant), 0
    while low < last:
        middle = (low + last + 1) // 2
        if journal.read_stream(stream, middle - 1, 1)[0].at <= at:
            low = middle
        else:
            last = middle - 1
    return low


def position_at(journal: Journal, instant: datetime) -> int:
    """The position of the last event that was there at the instant; 0 when none was."""
    at, low, last = format_instant(instant), 0, journal.last_position()
    while low < last:
        middle = (low + last + 1) // 2
        if journal.read_all(middle - 1, 1)[0].at <= at:
            low = middle
        else:
            last = middle - 1
    return low

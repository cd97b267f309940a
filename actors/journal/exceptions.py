"""Everything a journal raises."""

__all__ = [
    "AlteredJournalError",
    "EventIdTakenError",
    "JournalError",
    "JournalLockedError",
    "JournalNotEmptyError",
    "JournalUnavailableError",
    "VersionConflictError",
]


class JournalError(Exception):
    """Raised when a journal cannot do what was asked; the base of the others."""


class VersionConflictError(JournalError):
    """Raised when a stream does not stand where the writer believes: another writer exists.

    ``expected`` is the version the append would have made; nothing of it was written.
    """

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        super().__init__(f"{stream} stands at version {actual}; version {expected} does not follow it")
        self.stream = stream
        self.expected = expected
        self.actual = actual


class EventIdTakenError(JournalError):
    """Raised when an event's id belongs to another event: a command's id was used twice. Nothing was written."""

    def __init__(self, event_id: str) -> None:
        super().__init__(f"the id {event_id} belongs to another event; give every command an id of its own")
        self.event_id = event_id


class JournalUnavailableError(JournalError):
    """Raised when the store fails: a full disk, a read-only file, a lost connection. What became of an append
    is unknown; append the same records again, or read the journal anew."""


class JournalLockedError(JournalError):
    """Raised when another process is the writer of this journal."""


class JournalNotEmptyError(JournalError):
    """Raised when a journal that should take over another's events holds events already."""


class AlteredJournalError(JournalError):
    """Raised when events of the journal are not as they were appended. ``position`` is that of the first."""

    def __init__(self, position: int) -> None:
        super().__init__(
            f"the event at position {position} is not the one that was appended, or one before it is missing; "
            "look at it with hybridchat events verify, put a backup back, or start with --accept-altered-journal"
        )
        self.position = position

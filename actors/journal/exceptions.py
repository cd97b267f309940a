"""Everything a journal raises."""

__all__ = ["JournalError", "JournalLockedError", "JournalUnavailableError", "VersionConflictError"]


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


class JournalUnavailableError(JournalError):
    """Raised when the store fails: a full disk, a read-only file, a lost connection. What became of an append
    is unknown; append the same records again, or read the journal anew."""


class JournalLockedError(JournalError):
    """Raised when another process is the writer of this journal."""

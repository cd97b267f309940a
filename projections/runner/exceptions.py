"""Everything that projections raise."""

__all__ = [
    "AnotherJournalError",
    "CheckpointMovedError",
    "DamagedDatabaseError",
    "DatabaseUnavailableError",
    "ForeignDatabaseError",
    "NotBuiltError",
    "PoisonEventError",
    "ProjectionError",
    "TablesReplacedError",
    "UnknownProjectionError",
]


class ProjectionError(Exception):
    """Raised when a projection cannot go on; the base of the others."""


class DatabaseUnavailableError(ProjectionError):
    """Raised when the database cannot be reached or refuses its service. Nothing of the transaction was kept."""


class DamagedDatabaseError(DatabaseUnavailableError):
    """Raised when the file of a database is damaged. Waiting does not help."""


class TablesReplacedError(DatabaseUnavailableError):
    """Raised when tables were replaced while they were about to be read. Reading again finds the new ones."""


class ForeignDatabaseError(ProjectionError):
    """Raised when the database has tables of the projections' names that no projection made."""


class AnotherJournalError(ProjectionError):
    """Raised when tables were built from another journal, or from events that the journal no longer has. They may be
    those of another server, or the last copy of what is lost, and only an explicit rebuild replaces them."""


class NotBuiltError(ProjectionError):
    """Raised when a projection's tables are not there yet: it is being built for the first time."""


class UnknownProjectionError(ProjectionError):
    """Raised when no projection has this name; the message lists those that there are."""


class CheckpointMovedError(ProjectionError):
    """Raised when a checkpoint stands elsewhere than the writer believes: another one writes, or the tables were
    replaced. Nothing of the transaction was kept."""


class PoisonEventError(ProjectionError):
    """Raised when an event cannot be projected. ``reason`` says why."""

    def __init__(self, projection: str, position: int, reason: str) -> None:
        super().__init__(f"{projection}: the event at position {position} cannot be projected: {reason}")
        self.projection = projection
        self.position = position
        self.reason = reason

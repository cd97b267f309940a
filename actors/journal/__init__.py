"""The journal: where events become durable. One Protocol, several backends, one conformance suite.

journal.py (the contract), places.py (positions and versions), subscription.py (following), checks.py (the checks of an
append), chain.py (the hash chain), exceptions.py; one folder a backend: memory/ and sqlite/.
"""

from actors.journal.chain import ChainCheck, Head, head_of
from actors.journal.exceptions import (
    AlteredJournalError,
    EventIdTakenError,
    JournalError,
    JournalLockedError,
    JournalNotEmptyError,
    JournalUnavailableError,
    VersionConflictError,
)
from actors.journal.journal import Journal
from actors.journal.memory import MemoryJournal
from actors.journal.sqlite import SqliteJournal, filled_sqlite_journal
from actors.journal.subscription import Subscription

__all__ = [
    "AlteredJournalError",
    "ChainCheck",
    "EventIdTakenError",
    "Head",
    "Journal",
    "JournalError",
    "JournalLockedError",
    "JournalNotEmptyError",
    "JournalUnavailableError",
    "MemoryJournal",
    "SqliteJournal",
    "Subscription",
    "VersionConflictError",
    "filled_sqlite_journal",
    "head_of",
]

"""The embedded journal in one SQLite file: journal.py reads and appends, lock.py keeps it to one writer, and filling.py
fills an empty one with many events at once."""

from actors.journal.sqlite.filling import filled_sqlite_journal
from actors.journal.sqlite.journal import SqliteJournal

__all__ = ["SqliteJournal", "filled_sqlite_journal"]

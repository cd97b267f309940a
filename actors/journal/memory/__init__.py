"""A journal in memory, for tests and simulation."""

from actors.journal.memory.journal import MemoryJournal

__all__ = ["MemoryJournal"]

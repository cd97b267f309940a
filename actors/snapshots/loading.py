"""One entity's state from its newest snapshot and what its stream holds after it."""

from actors.decider import EntityState
from actors.entities import decider_of
from actors.folding import advance, initial_state
from actors.journal import Journal
from actors.journal.places import versions_between
from actors.snapshots.snapshots import LONG_STREAM, Snapshots

__all__ = ["load_state"]

_MAX_VERSION = 2**62


def load_state(journal: Journal, snapshots: Snapshots | None, stream: str, version: int | None = None) -> EntityState:
    """The state now, or at a version; the same as a fold from the beginning, and short however long the stream.

    Raises JournalError, or KeyError when the stream's name begins with no known category.
    """
    limit = _MAX_VERSION if version is None else version
    state, reached = initial_state(stream), 0
    if decider_of(stream).short_lived:
        # Most streams of such a kind are new or short: folding one takes less time than looking for a snapshot of it.
        first = journal.read_stream(stream, 0, min(limit, LONG_STREAM))
        advance(stream, state, first)
        reached = len(first)
        if reached < LONG_STREAM:
            return state
    snapshot = snapshots.load(stream, limit) if snapshots is not None else None
    if snapshot is not None and snapshot.version > reached:
        state, reached = snapshot.state, snapshot.version
    advance(stream, state, versions_between(journal, stream, reached, limit))
    return state

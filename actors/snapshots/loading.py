"""One entity's state, now or at any version, from the nearest snapshot and what its stream holds after it."""

from actors.decider import EntityState
from actors.entities import decider_of
from actors.folding import advance, initial_state
from actors.journal import Journal
from actors.journal.places import versions_between
from actors.snapshots.snapshots import LONG_STREAM, Snapshots

__all__ = ["load_state", "nearest_state"]

_MAX_VERSION = 2**62


def load_state(journal: Journal, snapshots: Snapshots | None, stream: str, version: int | None = None) -> EntityState:
    """The state now, or at a version; the same as a fold from the beginning, and short however long the stream.

    Raises JournalError, or KeyError when the stream's name begins with no known category.
    """
    limit = _MAX_VERSION if version is None else version
    if not decider_of(stream).short_lived:
        state, reached = nearest_state(snapshots, stream, limit)
    else:
        # Most streams of such a kind are new or short: folding one takes less time than looking for a snapshot of it.
        first = versions_between(journal, stream, 0, min(limit, LONG_STREAM))
        state, reached = initial_state(stream), len(first)
        advance(stream, state, first)
        if reached < LONG_STREAM:
            return state
        nearest, version_there = nearest_state(snapshots, stream, limit)
        if version_there > reached:
            state, reached = nearest, version_there
    advance(stream, state, versions_between(journal, stream, reached, limit))
    return state


def nearest_state(snapshots: Snapshots | None, stream: str, version: int) -> tuple[EntityState, int]:
    """The state of the newest snapshot or milestone that is not beyond the version, and its own version; the initial
    state and 0 where there is none."""
    snapshot = snapshots.load(stream, version) if snapshots is not None else None
    return (initial_state(stream), 0) if snapshot is None else (snapshot.state, snapshot.version)

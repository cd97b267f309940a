"""One entity's state from its newest snapshot and what its stream holds after it."""

from typing import Any

from actors.entities import decider_of
from actors.journal import Journal
from actors.snapshots.snapshots import LONG_STREAM, Snapshots
from schemas.events import REGISTRY
from schemas.records import Record, entity_id_of

__all__ = ["load_state"]

_MOST = 2**62


def load_state(journal: Journal, snapshots: Snapshots | None, stream: str, version: int | None = None) -> Any:
    """The state now, or at a version; the same as a fold from the beginning, and short however long the stream.

    Raises JournalError, or KeyError when the stream's name begins with no known category.
    """
    decider = decider_of(stream)
    limit = _MOST if version is None else version
    state, reached = decider.initial(entity_id_of(stream)), 0
    if decider.passes:
        # Most streams of such a kind are new or short: folding one takes less time than looking for a snapshot of it.
        reached = _fold(state, journal.read_stream(stream, 0, min(limit, LONG_STREAM)))
        if reached < LONG_STREAM:
            return state
    snapshot = snapshots.load(stream, limit) if snapshots is not None else None
    if snapshot is not None and snapshot.version > reached:
        state, reached = snapshot.state, snapshot.version
    _fold(state, journal.read_stream(stream, reached, limit - reached))
    return state


def _fold(state: Any, records: list[Record]) -> int:
    for record in records:
        decider_of(record.stream).evolve(state, REGISTRY.decode(record))
    return len(records)

"""States at any version, quickly again once they have been worked out."""

import pickle
import threading
from bisect import bisect_right, insort
from collections import OrderedDict

from actors.decider import EntityState
from actors.folding import initial_state
from actors.journal import Journal
from actors.journal.places import versions_between
from actors.snapshots import Snapshots, nearest_state
from gateways.inspection.state import evolve_all

__all__ = ["FoldedStates"]

_PAGE = 1_000
_MILESTONE = 5_000
_MAX_BYTES = 64 * 1024 * 1024


class FoldedStates:
    """Begins from the nearest snapshot or milestone, where there are any.

    It remembers states by stream and version, the latest used, so that going to and fro on a long stream does not begin
    anew each time. May be used by any thread.
    """

    def __init__(self, journal: Journal, snapshots: Snapshots | None = None, most_bytes: int = _MAX_BYTES) -> None:
        self._journal = journal
        self._snapshots = snapshots
        self._most_bytes = most_bytes
        self._bytes = 0
        self._states: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._versions: dict[str, list[int]] = {}
        self._lock = threading.Lock()

    def at(self, stream: str, version: int) -> EntityState:
        """The state at a version that the stream has, for the caller to keep; at 0 that of an entity of which nothing
        is recorded. Raises UnfoldableStreamError, and SchemaError when a record does not decode."""
        state, at = self._nearest(stream, version)
        while at < version:
            records = versions_between(self._journal, stream, at, min(at + _PAGE, version))
            if not records:
                break
            evolve_all(stream, state, records)
            at = records[-1].version
            if at == version or at % _MILESTONE < _PAGE:
                self._remember(stream, at, state)
        return state

    def _nearest(self, stream: str, version: int) -> tuple[EntityState, int]:
        """What is remembered, or what was saved if that leaves less to fold."""
        remembered = self._remembered(stream, version)
        if remembered is not None and version - remembered[1] <= _PAGE:
            return remembered
        if version <= _PAGE:
            return initial_state(stream), 0
        saved = nearest_state(self._snapshots, stream, version)
        return remembered if remembered is not None and remembered[1] >= saved[1] else saved

    def _remembered(self, stream: str, version: int) -> tuple[EntityState, int] | None:
        with self._lock:
            versions = self._versions.get(stream, [])
            place = bisect_right(versions, version)
            if not place:
                return None
            nearest = versions[place - 1]
            self._states.move_to_end((stream, nearest))
            frozen = self._states[stream, nearest]
        return pickle.loads(frozen), nearest  # noqa: S301 - made here

    def _remember(self, stream: str, version: int, state: EntityState) -> None:
        frozen = pickle.dumps(state, pickle.HIGHEST_PROTOCOL)
        with self._lock:
            if (stream, version) in self._states:
                return
            self._states[stream, version] = frozen
            insort(self._versions.setdefault(stream, []), version)
            self._bytes += len(frozen)
            while self._bytes > self._most_bytes:
                self._forget_oldest()

    def _forget_oldest(self) -> None:
        (stream, version), frozen = self._states.popitem(last=False)
        self._bytes -= len(frozen)
        self._versions[stream].remove(version)
        if not self._versions[stream]:
            del self._versions[stream]

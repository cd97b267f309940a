"""States of streams at any version. A state that was folded once is found quickly again."""

import pickle
import threading
from bisect import bisect_right, insort

from cachetools import LRUCache

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
    """Folds from the nearest snapshot or milestone, if there is one.

    It remembers the states used last, by stream and version, so that moving back and forth on a long stream does not
    begin anew each time. Any thread may use it.
    """

    def __init__(self, journal: Journal, snapshots: Snapshots | None = None, max_bytes: int = _MAX_BYTES) -> None:
        self._journal = journal
        self._snapshots = snapshots
        self._states = _FrozenStates(max_bytes)
        self._lock = threading.Lock()

    def at(self, stream: str, version: int) -> EntityState:
        """The state at a version that the stream has; the caller may change it. At version 0 it is the state of an
        entity without any event. Raises UnfoldableStreamError, and SchemaError when a record does not decode."""
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
        """The remembered state, or the saved one if that leaves less to fold."""
        remembered = self._remembered(stream, version)
        if remembered is not None and version - remembered[1] <= _PAGE:
            return remembered
        if version <= _PAGE:
            return initial_state(stream), 0
        saved = nearest_state(self._snapshots, stream, version)
        return remembered if remembered is not None and remembered[1] >= saved[1] else saved

    def _remembered(self, stream: str, version: int) -> tuple[EntityState, int] | None:
        with self._lock:
            nearest = self._states.nearest(stream, version)
            if nearest is None:
                return None
            frozen = self._states[stream, nearest]
        return pickle.loads(frozen), nearest  # noqa: S301 - made here

    def _remember(self, stream: str, version: int, state: EntityState) -> None:
        frozen = pickle.dumps(state, pickle.HIGHEST_PROTOCOL)
        with self._lock:
            if len(frozen) <= self._states.maxsize:
                self._states[stream, version] = frozen


class _FrozenStates(LRUCache[tuple[str, int], bytes]):
    """Pickled states by stream and version, which take ``max_bytes`` at most."""

    def __init__(self, max_bytes: int) -> None:
        super().__init__(max_bytes, getsizeof=len)
        self._versions: dict[str, list[int]] = {}

    def nearest(self, stream: str, version: int) -> int | None:
        """The last version up to this one whose state is here."""
        versions = self._versions.get(stream, [])
        place = bisect_right(versions, version)
        return versions[place - 1] if place else None

    def __setitem__(self, key: tuple[str, int], frozen: bytes) -> None:
        stream, version = key
        is_new = key not in self
        super().__setitem__(key, frozen)
        if is_new:
            insort(self._versions.setdefault(stream, []), version)

    def __delitem__(self, key: tuple[str, int]) -> None:
        """LRUCache calls this also for an item that gives way."""
        super().__delitem__(key)
        stream, version = key
        self._versions[stream].remove(version)
        if not self._versions[stream]:
            del self._versions[stream]

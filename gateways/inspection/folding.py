"""States at any version, quickly again once they have been worked out."""

import pickle
import threading
from bisect import bisect_right, insort
from collections import OrderedDict
from typing import Any

from actors.entities import decider_of
from actors.journal import Journal
from gateways.inspection.state import evolve_all
from schemas.records import entity_id_of

__all__ = ["FoldedStates"]

_PAGE = 1_000
_MILESTONE = 5_000
_MOST_BYTES = 64 * 1024 * 1024


class FoldedStates:
    """Remembers states by stream and version, the latest used, so that going to and fro on a long stream does not begin
    anew each time. May be used by any thread."""

    def __init__(self, journal: Journal, most_bytes: int = _MOST_BYTES) -> None:
        self._journal = journal
        self._most_bytes = most_bytes
        self._bytes = 0
        self._states: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._versions: dict[str, list[int]] = {}
        self._lock = threading.Lock()

    def at(self, stream: str, version: int) -> Any:
        """The state at a version that the stream has, for the caller to keep; at 0 that of an entity of which nothing
        is recorded. Raises UnfoldableStreamError, and SchemaError when a record does not decode."""
        decider = decider_of(stream)
        at, state = self._nearest(stream, version)
        if state is None:
            state = decider.initial(entity_id_of(stream))
        while at < version:
            records = self._journal.read_stream(stream, at, min(_PAGE, version - at))
            if not records:
                break
            evolve_all(stream, state, records)
            at = records[-1].version
            if at == version or at % _MILESTONE < _PAGE:
                self._remember(stream, at, state)
        return state

    def _nearest(self, stream: str, version: int) -> tuple[int, Any]:
        with self._lock:
            versions = self._versions.get(stream, [])
            place = bisect_right(versions, version)
            if not place:
                return 0, None
            nearest = versions[place - 1]
            self._states.move_to_end((stream, nearest))
            frozen = self._states[stream, nearest]
        return nearest, pickle.loads(frozen)  # noqa: S301 - made here

    def _remember(self, stream: str, version: int, state: Any) -> None:
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

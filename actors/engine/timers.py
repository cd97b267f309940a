"""The deadlines of all entities, in the order in which they fall due."""

import heapq
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from actors.decider import Deadline
from schemas.commands import Command

__all__ = ["Due", "Timers"]


class Due(NamedTuple):
    stream: str
    name: str
    instant: datetime
    command: Command


class Timers:
    """Holds the deadlines of the entities' states; ``update`` is called whenever a state has changed."""

    def __init__(self) -> None:
        self._deadlines: dict[str, dict[str, Deadline]] = {}
        self._heap: list[tuple[datetime, str, str]] = []
        self._earliest: dict[tuple[str, str], datetime] = {}

    def __len__(self) -> int:
        return sum(map(len, self._deadlines.values()))

    def update(self, stream: str, deadlines: Mapping[str, Deadline]) -> None:
        """Replaces the stream's deadlines by these."""
        before = self._deadlines.get(stream)
        if not deadlines:
            if before is not None:
                del self._deadlines[stream]
            return
        for name, deadline in deadlines.items():
            if before is None or name not in before or before[name].instant != deadline.instant:
                self._watch(deadline.instant, stream, name)
        self._deadlines[stream] = dict(deadlines)

    def postpone(self, due: Due, instant: datetime) -> None:
        """Lets a deadline that still stands fall due again at the instant; not the next one of its name."""
        deadlines = self._deadlines.get(due.stream, {})
        if due.name in deadlines and deadlines[due.name].instant == due.instant:
            deadlines[due.name] = Deadline(instant, deadlines[due.name].command)
            self._watch(instant, due.stream, due.name)

    def next_instant(self) -> datetime | None:
        while self._heap:
            instant, stream, name = self._heap[0]
            if self._stands(instant, stream, name):
                return instant
            self._pop()
        return None

    def pop_due(self, now: datetime) -> list[Due]:
        """The deadlines that have fallen due. One falls due again only after ``update`` or ``postpone`` is called for
        it."""
        due: dict[tuple[str, str], Due] = {}
        while self._heap and self._heap[0][0] <= now:
            instant, stream, name = self._heap[0]
            if self._stands(instant, stream, name):
                due[stream, name] = Due(stream, name, instant, self._deadlines[stream][name].command)
            self._pop()
        return list(due.values())

    def _watch(self, instant: datetime, stream: str, name: str) -> None:
        """Puts the instant into the heap, unless the heap has an earlier one of the deadline: a deadline that is put
        off again and again takes the room of one."""
        earliest = self._earliest.get((stream, name))
        if earliest is None or instant < earliest:
            self._earliest[stream, name] = instant
            heapq.heappush(self._heap, (instant, stream, name))

    def _pop(self) -> None:
        """Drops the first instant; a deadline that has been put off since is watched at its own."""
        instant, stream, name = heapq.heappop(self._heap)
        if self._earliest.get((stream, name)) != instant:
            return
        del self._earliest[stream, name]
        deadline = self._deadlines.get(stream, {}).get(name)
        if deadline is not None and deadline.instant > instant:
            self._watch(deadline.instant, stream, name)

    def _stands(self, instant: datetime, stream: str, name: str) -> bool:
        deadline = self._deadlines.get(stream, {}).get(name)
        return deadline is not None and deadline.instant == instant

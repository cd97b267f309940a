"""The conversations in which an agent takes part, and between which positions."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from schemas.events import Event, TaskAccepted, TaskAssignedDirectly, TaskClosed
from schemas.records import Record, conversation_stream

__all__ = ["Involvement", "Span"]


class Span(NamedTuple):
    """The positions between which an agent takes part in a conversation; ``last`` is None while it lasts."""

    first: int
    last: int | None

    def covers(self, position: int) -> bool:
        return self.first < position and (self.last is None or position < self.last)


class Involvement(msgspec.Struct):
    """The conversations of one agent, learned from the agent's stream up to ``version``. An agent is in a conversation
    from the acceptance of a task to its close; with several tasks, as long as one of them is open. The involvement is
    complete from position ``since`` on."""

    version: int = 0
    since: int = 0
    spans: dict[str, list[Span]] = {}
    tasks: dict[str, set[str]] = {}

    def learn(self, record: Record, event: Event) -> None:
        self.version = record.version
        match event:
            case TaskAccepted() | TaskAssignedDirectly():
                self._begin(conversation_stream(event.conversation_id), event.task_id, record.position)
            case TaskClosed():
                self._end(conversation_stream(event.conversation_id), event.task_id, record.position)

    def lasts(self, stream: str) -> bool:
        return stream in self.tasks

    def covers(self, stream: str, position: int) -> bool:
        return any(span.covers(position) for span in self.spans.get(stream, ()))

    def after(self, position: int) -> Iterator[str]:
        """The conversations in which the agent is after this position, or into which the agent comes after it."""
        for stream, spans in self.spans.items():
            if spans[-1].last is None or spans[-1].last > position:
                yield stream

    def at(self, position: int) -> Iterator[str]:
        """The conversations whose next event after this position the agent sees."""
        for stream in self.spans:
            if self.covers(stream, position + 1):
                yield stream

    def forget(self, most: int) -> None:
        """Forgets the oldest conversations that are over, down to ``most`` of them."""
        over = [stream for stream in self.spans if stream not in self.tasks]
        for stream in over[: max(len(over) - most, 0)]:
            self.since = max(self.since, self.spans.pop(stream)[-1].last or 0)

    def copy(self) -> "Involvement":
        spans = {stream: list(spans) for stream, spans in self.spans.items()}
        return Involvement(self.version, self.since, spans, {stream: set(ids) for stream, ids in self.tasks.items()})

    def _begin(self, stream: str, task_id: str, position: int) -> None:
        if stream not in self.tasks:
            self.spans.setdefault(stream, []).append(Span(position, None))
            self.tasks[stream] = set()
        self.tasks[stream].add(task_id)

    def _end(self, stream: str, task_id: str, position: int) -> None:
        held = self.tasks.get(stream)
        if held is None or task_id not in held:
            return
        held.remove(task_id)
        if not held:
            del self.tasks[stream]
            spans = self.spans[stream]
            spans[-1] = Span(spans[-1].first, position)

"""The open conversations of a run, by their ids."""

from gateways.client.feed import Event
from gateways.command_line.play.performance import Performance

__all__ = ["OpenPerformances"]


class OpenPerformances:
    """Finds the performance of a conversation and passes the agents' events on to it. All agents have it as Desk."""

    def __init__(self) -> None:
        self._performances: dict[str, Performance] = {}

    def add(self, performance: Performance) -> None:
        self._performances[performance.thread.conversation_id] = performance

    def remove(self, performance: Performance) -> None:
        del self._performances[performance.thread.conversation_id]

    def stop(self, reason: Exception) -> None:
        for performance in self._performances.values():
            performance.stop(reason)

    def knows(self, conversation_id: str) -> bool:
        return conversation_id in self._performances

    def has_begun(self, conversation_id: str) -> bool:
        performance = self._performances.get(conversation_id)
        return performance is not None and bool(performance.thread.messages)

    def agent_saw(self, conversation_id: str, event: Event) -> None:
        performance = self._performances.get(conversation_id)
        if performance is not None:
            performance.agent_saw(event)

    def agent_read(self, conversation_id: str, events: list[Event]) -> None:
        performance = self._performances.get(conversation_id)
        if performance is not None:
            performance.agent_read(events)

    def task_closed(self, conversation_id: str) -> None:
        performance = self._performances.get(conversation_id)
        if performance is not None:
            performance.task_closed()

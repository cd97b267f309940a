"""The open conversations of a run, by their ids."""

import asyncio
from collections.abc import Sequence

from gateways.client.feed import Event
from gateways.command_line.play.ledger import Sighting
from gateways.command_line.play.performance import Performance

__all__ = ["OpenPerformances"]


class OpenPerformances:
    """Finds the performance of a conversation and passes the agents' events on to it. All agents have it as Desk."""

    def __init__(self) -> None:
        self._performances: dict[str, Performance] = {}
        self._beginning: dict[Performance, asyncio.Event] = {}

    def add(self, performance: Performance) -> None:
        if performance.thread.conversation_id:
            self._performances[performance.thread.conversation_id] = performance
        else:
            self._beginning[performance] = asyncio.Event()

    def begun(self, performance: Performance) -> None:
        """Is called when a performance that was added without the id of its conversation has one."""
        known = self._beginning.pop(performance, None)
        if known is not None:
            self._performances[performance.thread.conversation_id] = performance
            known.set()

    def remove(self, performance: Performance) -> None:
        if performance in self._beginning:
            self._beginning.pop(performance).set()
        else:
            del self._performances[performance.thread.conversation_id]

    def stop(self, reason: Exception) -> None:
        for performance in [*self._performances.values(), *self._beginning]:
            performance.stop(reason)

    def knows(self, conversation_id: str) -> bool:
        return conversation_id in self._performances

    async def expects(self, conversation_id: str) -> bool:
        """Returns whether the conversation belongs to the run. One that is not known may be one whose customer has just
        written the first message: that is waited for."""
        for performance, known in list(self._beginning.items()):
            if performance.thread.messages and not self.knows(conversation_id):
                await known.wait()
        return self.knows(conversation_id)

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

    def desk_shows(self, conversation_id: str, log: Sequence[Sighting]) -> None:
        performance = self._performances.get(conversation_id)
        if performance is not None:
            performance.desk_shows(log)

    def task_closed(self, conversation_id: str) -> None:
        performance = self._performances.get(conversation_id)
        if performance is not None:
            performance.task_closed()

"""All live views together."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from actors.snapshots import SnapshotReader, SnapshottedView
from projections.live.agents import AgentDirectory
from projections.live.configuration import ConfigurationView
from projections.live.conversations import ConversationDirectory
from projections.live.queues import QueueDirectory
from schemas.events import Event
from schemas.records import Record, is_conversation_stream

__all__ = ["LiveViews", "QueueStaff", "snapshotted_views"]


class QueueStaff(NamedTuple):
    """The agents of a queue: how many may ever be offered its tasks, how many of them are logged in, how many of those
    have room for a task now, and for how many tasks they have room."""

    eligible: int
    logged_in: int
    ready: int
    free_slots: int


class LiveViews:
    """The views that gateways read on every request, folded from the same events."""

    def __init__(self) -> None:
        self.conversations = ConversationDirectory()
        self.agents = AgentDirectory()
        self.queues = QueueDirectory()
        self.configuration = ConfigurationView()

    def apply(self, committed: Iterable[tuple[Record, Event]]) -> None:
        for record, event in committed:
            self.conversations.apply(record, event)
            if is_conversation_stream(record.stream):
                continue
            self.agents.apply(record, event)
            self.queues.apply(record, event)
            self.configuration.apply(record, event)

    def staff_of(self, queue: str) -> QueueStaff:
        """Raises KeyError for an unknown queue."""
        mrd, eligible = self.configuration.queues[queue].mrd, self.configuration.eligible_agents(queue)
        agents = (self.agents.get(agent_id) for agent_id in eligible)
        return QueueStaff(
            eligible=len(eligible),
            logged_in=sum(agent is not None and agent.state != "logged_out" for agent in agents),
            ready=self.queues.agents_ready(mrd, queue),
            free_slots=self.queues.free_slots(mrd, queue),
        )

    def restore(self, reader: SnapshotReader) -> None:
        """Takes over the snapshot, into views that have seen no event yet."""
        for view in (self.conversations, self.agents, self.queues, self.configuration):
            view.restore(reader)


def snapshotted_views() -> Sequence[SnapshottedView]:
    """The views that a snapshotter keeps: those that hold more than the entities' states."""
    return (ConversationDirectory(), AgentDirectory(), QueueDirectory(), ConfigurationView())

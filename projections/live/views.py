"""All live views together."""

from collections.abc import Iterable, Sequence

from actors.snapshots import SnapshotReader, SnapshottedView
from projections.live.agents import AgentDirectory
from projections.live.configuration import ConfigurationView
from projections.live.conversations import ConversationDirectory
from projections.live.queues import QueueDirectory
from schemas.events import Event
from schemas.records import Record, is_conversation_stream

__all__ = ["LiveViews", "snapshotted_views"]


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

    def restore(self, reader: SnapshotReader) -> None:
        """Takes over the snapshot, into views that have seen no event yet."""
        for view in (self.conversations, self.agents, self.queues, self.configuration):
            view.restore(reader)


def snapshotted_views() -> Sequence[SnapshottedView]:
    """The views that a snapshotter keeps: those that hold more than the entities' states."""
    return (ConversationDirectory(), AgentDirectory(), ConfigurationView())

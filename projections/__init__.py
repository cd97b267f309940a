"""Read models: what is shown, rebuilt from the journal."""

from projections.live.agents import AgentDirectory
from projections.live.configuration import ConfigurationView
from projections.live.conversations import ConversationDirectory, ConversationView, WantedAgent
from projections.live.involvement import Involvement, Span
from projections.live.queues import PickableTask, QueueDirectory
from projections.live.snapshots import open_snapshots, open_snapshotter
from projections.live.views import LiveViews
from projections.live.wording import in_words

__all__ = [
    "AgentDirectory",
    "ConfigurationView",
    "ConversationDirectory",
    "ConversationView",
    "Involvement",
    "LiveViews",
    "PickableTask",
    "QueueDirectory",
    "Span",
    "WantedAgent",
    "in_words",
    "open_snapshots",
    "open_snapshotter",
]

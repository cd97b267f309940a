"""Read models: tables and live views that are built from the journal and can be rebuilt from it."""

from projections.live.agents import AgentDirectory, AgentView, MrdView
from projections.live.configuration import ConfigurationView
from projections.live.conversations import (
    ConversationDirectory,
    ConversationParticipant,
    ConversationView,
    WantedAgent,
)
from projections.live.involvement import Involvement, Span
from projections.live.queues import PickableTask, QueueDirectory, QueueView
from projections.live.snapshots import open_snapshots, open_snapshotter
from projections.live.views import LiveViews
from projections.live.wording import data_in_words, in_words

__all__ = [
    "AgentDirectory",
    "AgentView",
    "ConfigurationView",
    "ConversationDirectory",
    "ConversationParticipant",
    "ConversationView",
    "Involvement",
    "LiveViews",
    "MrdView",
    "PickableTask",
    "QueueDirectory",
    "QueueView",
    "Span",
    "WantedAgent",
    "data_in_words",
    "in_words",
    "open_snapshots",
    "open_snapshotter",
]

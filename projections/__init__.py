"""Read models: what is shown, rebuilt from the record."""

from projections.agents import AgentDirectory
from projections.configuration import ConfigurationView
from projections.conversations import ConversationDirectory, ConversationView, WantedAgent
from projections.involvement import Involvement, Span
from projections.queues import PickableTask, QueueDirectory
from projections.wording import in_words

__all__ = [
    "AgentDirectory",
    "ConfigurationView",
    "ConversationDirectory",
    "ConversationView",
    "Involvement",
    "PickableTask",
    "QueueDirectory",
    "Span",
    "WantedAgent",
    "in_words",
]

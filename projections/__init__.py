"""Read models: what is shown, rebuilt from the record."""

from projections.agents import AgentDirectory
from projections.conversations import ConversationDirectory, ConversationView, WantedAgent
from projections.involvement import Involvement, Span
from projections.queues import PickableTask, QueueDirectory

__all__ = [
    "AgentDirectory",
    "ConversationDirectory",
    "ConversationView",
    "Involvement",
    "PickableTask",
    "QueueDirectory",
    "Span",
    "WantedAgent",
]

"""Read models: what is shown, rebuilt from the record."""

from projections.agents import AgentDirectory
from projections.configuration import ConfigurationView
from projections.conversations import ConversationDirectory, ConversationView
from projections.queues import QueueDirectory
from projections.wording import in_words

__all__ = [
    "AgentDirectory",
    "ConfigurationView",
    "ConversationDirectory",
    "ConversationView",
    "QueueDirectory",
    "in_words",
]

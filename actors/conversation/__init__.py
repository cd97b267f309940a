"""The conversation: its thread of messages, and who owns the answer."""

from actors.conversation.conversation import CONVERSATION
from actors.conversation.state import AgentInConversation, Conversation, RequestedTask, Status

__all__ = ["CONVERSATION", "AgentInConversation", "Conversation", "RequestedTask", "Status"]

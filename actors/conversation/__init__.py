"""The conversation: its thread of messages, and who owns the answer."""

from actors.conversation.conversation import CONVERSATION
from actors.conversation.state import Conversation, Participant, RequestedTask, Status

__all__ = ["CONVERSATION", "Conversation", "Participant", "RequestedTask", "Status"]

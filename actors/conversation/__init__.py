"""The conversation: its thread of messages, and who owns the answer.

state.py (what is known, and how events change it), conversation.py (the decider), starting.py (the start, a customer's
return), messages.py (messages, notes, whispers, suggestions, receipts), posted.py (recognising a message that is posted
again), answers.py (reminders, and what happens when no answer comes), requests.py (asking for agents and bots),
applications.py (applications write to
customers), leaving.py (agents leave), supervision.py (supervisors and raised hands), details.py (labels and
attributes), ending.py (the end, the wrap-up, the rating).
"""

from actors.conversation.conversation import CONVERSATION
from actors.conversation.state import AgentInConversation, Conversation, RequestedTask, Status

__all__ = ["CONVERSATION", "AgentInConversation", "Conversation", "RequestedTask", "Status"]

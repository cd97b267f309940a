"""The Agent API's paths, and the problems that many of its endpoints have in common."""

__all__ = ["BASE", "CONVERSATION", "ENDED", "LEADERS"]

BASE = "/agent/v1"
CONVERSATION = f"{BASE}/conversations/{{id}}"
ENDED = ("conversation_ended", "not_participant")
"""What may be wrong with anything that an agent does in a conversation."""
LEADERS = ("role_missing", "not_supervised")
"""What keeps agents from what is for their supervisors."""

"""The Agent API's paths, and the problems that many of its endpoints have in common."""

__all__ = ["BASE", "CONVERSATION", "ENDED", "LEADERS"]

BASE = "/agent/v1"
CONVERSATION = f"{BASE}/conversations/{{id}}"
ENDED = ("conversation_ended", "not_participant")
"""The problems of every action of an agent in a conversation."""
LEADERS = ("role_missing", "not_supervised")
"""The problems of agents who call what is for supervisors."""

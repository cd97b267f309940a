"""The words for tasks: why they exist, and how they end."""

from typing import Literal

__all__ = ["CloseReason", "Direction", "RequeueReason"]

Direction = Literal[
    "inbound", "outbound", "consult", "transfer_direct", "transfer_consult", "conference", "monitor", "barge_in"
]

CloseReason = Literal[
    "done",
    "customer_left",
    "no_agent_available",
    "cancelled",
    "transferred",
    "agent_logout",
    "connection_lost",
    "rerouted",
    "force_closed",
    "response_timeout",
]

RequeueReason = Literal[
    "rona", "declined", "agent_not_ready", "agent_logout", "agent_unavailable", "interrupted", "no_room"
]

"""The events that customers and agents see on feeds and in histories. An event that is listed for nobody stays
inside."""

__all__ = ["AGENT_SEES", "CUSTOMER_SEES", "HEARD", "HIDDEN_FROM_CUSTOMER", "INSIDE"]

CUSTOMER_SEES = frozenset(
    {
        "ConversationStarted",
        "CustomerReturned",
        "MessagePosted",
        "BotAssigned",
        "AgentRequested",
        "AgentJoined",
        "AgentLeft",
        "ReceiptRecorded",
        "CustomerReminded",
        "ConversationEnded",
        "ConversationRated",
    }
)
"""The events that customers see. They never see messages among agents, and of the agents only those who are
``HEARD``."""

HEARD = ("primary", "assistant")
"""The roles in which an agent is there for the customer. Consultants, monitors and coaches are not."""

HIDDEN_FROM_CUSTOMER: dict[str, tuple[str, ...]] = {
    "ConversationStarted": ("opened_at_version", "request_digest", "suggests", "inactivity_seconds", "expects"),
    "MessagePosted": ("expects",),
    "BotAssigned": ("suggests", "assigned_by", "note", "expects"),
    "AgentRequested": ("reason", "direction", "to_agent", "note"),
    "AgentJoined": ("task_id", "direction", "expects"),
    "ConversationEnded": ("wrap_up",),
}
"""The fields that are hidden from the customer, by the event's type."""

AGENT_SEES = CUSTOMER_SEES | {
    "NoteAdded",
    "WhisperPosted",
    "SuggestionPosted",
    "BotFailed",
    "BotReplyDropped",
    "BotSaidNothing",
    "QueueChanged",
    "AssistRequested",
    "AssistEnded",
    "AgentRoleChanged",
    "HandRaised",
    "HandLowered",
    "LabelsChanged",
    "AttributesChanged",
    "AgentReminded",
    "CustomerActivityNoticed",
    "WrapUpCompleted",
}
"""The events that agents see of their conversations. Of their own stream they see every event that is not
``INSIDE``."""

INSIDE = frozenset({"AgentConnected", "AgentDisconnected", "AgentActivityReported"})
"""Events of an agent's own stream that the follower of its feed knows anyway."""

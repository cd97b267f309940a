"""Which event types each audience sees on its feed. What is not listed stays inside."""

__all__ = ["AGENT_SEES", "CUSTOMER_SEES"]

CUSTOMER_SEES = frozenset(
    {
        "ConversationStarted",
        "MessagePosted",
        "AgentRequested",
        "AgentJoined",
        "AgentLeft",
        "ConversationEnded",
    }
)
"""Never notes, nor anything that agents say among themselves."""

AGENT_SEES = CUSTOMER_SEES | {
    "NoteAdded",
    "BotFailed",
    "BotReplyDropped",
    "WrapUpCompleted",
}
"""Of the conversations an agent is in; the agent's own stream is seen whole."""

"""The APIs as tags. The first part of a path names its API."""

__all__ = ["OPERATIONS", "TAGS", "tag_of"]

OPERATIONS = "Operations"

TAGS = {
    "Customer API": "For customer channels: a web widget, a mobile app, a connector. The client that starts a "
    "conversation gets the token that opens it.",
    "Agent API": "For agent desktops: log in, go ready, answer offers, take part in conversations.",
    "Chatbot API": "For bots: follow their conversations, answer, hand over.",
    "Extern API": "For other applications: post into conversations, read them, react to them.",
    "Admin API": "For administrators: the configuration, as single items, as one file, and agents as CSV. Changes "
    "take effect at once. Supervisors may read.",
    "Inspect API": "For developers and supervisors: every recorded stream, event, state and cause. Personal data comes "
    "as `•••` unless the caller may see it.",
    "Reports API": "For reporting: every report in any time zone and interval, the conversations behind each figure, "
    "and the live dashboard.",
    OPERATIONS: "For the operators of the server.",
}


def tag_of(path: str) -> str:
    """The tag of a path: ``/customer/v1/…`` belongs to the Customer API."""
    return f"{path.split('/')[1].capitalize()} API"

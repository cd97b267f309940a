"""The names of those who cause events, as ``Record.actor`` holds them."""

__all__ = [
    "CUSTOMER",
    "SYSTEM",
    "agent_actor",
    "application_actor",
    "bot_actor",
    "connector_actor",
    "vouches_for_customers",
]

CUSTOMER = "customer"
SYSTEM = "system"


def agent_actor(agent_id: str) -> str:
    return f"agent:{agent_id}"


def bot_actor(bot: str) -> str:
    return f"bot:{bot}"


def connector_actor(key: str) -> str:
    """``key`` is the name of the API key with which the connector calls."""
    return f"connector:{key}"


def application_actor(key: str) -> str:
    """``key`` is the name of the API key with which the application calls."""
    return f"application:{key}"


def vouches_for_customers(actor: str) -> bool:
    """Whether the ids that this actor gives to customers are proven by its word: it has called with an API key."""
    return actor.startswith(("connector:", "application:"))

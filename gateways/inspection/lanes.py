"""The lane of a drawing in which an event is placed."""

from collections.abc import Mapping

from schemas.actors import agent_actor, bot_actor
from schemas.records import category_of, entity_id_of

__all__ = ["lane_of"]

_BY_CUSTOMERS = frozenset({"ConversationStarted", "CustomerReturned", "ConversationRated"})


def lane_of(type_: str, stream: str, data: object) -> str:
    """The lane: ``customer``, ``bot:greeter``, ``agent:alice``, ``router:chat``, ``configuration``, or
    ``conversation`` for an event that none of them caused. The data may be masked."""
    category = category_of(stream)
    if category in ("agent", "router"):
        return f"{category}:{entity_id_of(stream)}"
    if category != "conversation":
        return category
    return _speaker(type_, data if isinstance(data, Mapping) else {})


def _speaker(type_: str, data: Mapping[str, object]) -> str:
    match type_, data:
        case "MessagePosted", {"sender": {"type": "customer"}}:
            return "customer"
        case "MessagePosted", {"sender": {"type": str(kind), "id": str(identifier)}}:
            return f"{kind}:{identifier}"
        case "MessagePosted", {"sender": {"type": str(kind)}}:
            return kind
        case (("SuggestionPosted" | "BotFailed" | "BotReplyDropped" | "BotSaidNothing"), {"bot": str(bot)}):
            return bot_actor(bot)
        case (("NoteAdded" | "WhisperPosted"), {"agent_id": str(agent_id)}):
            return agent_actor(agent_id)
    return "customer" if type_ in _BY_CUSTOMERS else "conversation"

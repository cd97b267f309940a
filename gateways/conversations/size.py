"""The limit on how much is recorded in one conversation."""

from gateways.exceptions import RefusedError
from gateways.services import Services
from schemas.replies import RefusalCode

__all__ = ["check_room"]


def check_room(services: Services, conversation_id: str) -> None:
    """Raises RefusedError when the conversation holds as much as it may. It can still be read and ended."""
    view = services.conversations.get(conversation_id)
    limit = services.settings.limits.conversation_bytes
    if view is not None and view.recorded_bytes >= limit and not view.over:
        detail = f"the conversation holds {limit} bytes, the most that it may; end it and start a new one"
        raise RefusedError(RefusalCode.CONVERSATION_FULL, detail)

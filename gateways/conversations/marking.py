"""The marks that agents and applications set in a conversation: labels, attributes, and the wish for a supervisor."""

from typing import Any

from gateways.conversations.attributes import check_extent
from gateways.conversations.changing import change_conversation
from gateways.conversations.senders import actor_of
from gateways.conversations.size import check_room
from gateways.services import Services
from schemas.actors import agent_actor
from schemas.commands import ChangeAttributes, ChangeLabels, RaiseHand
from schemas.content import Sender
from schemas.replies import Done

__all__ = ["change_attributes", "change_labels", "raise_hand"]


async def change_labels(
    services: Services, conversation_id: str, changed_by: Sender, add: list[str], remove: list[str]
) -> Done:
    """Labels to ``add`` that are there already change nothing. Raises RefusedError."""
    check_room(services, conversation_id)
    command = ChangeLabels(at=services.clock(), changed_by=changed_by, add=add, remove=remove)
    return await change_conversation(services, conversation_id, command, actor_of(changed_by))


async def change_attributes(
    services: Services, conversation_id: str, changed_by: Sender, attributes: dict[str, Any]
) -> Done:
    """Sets the given attributes; one whose value is None is removed. Raises RefusedError."""
    check_room(services, conversation_id)
    view = services.conversations.get(conversation_id)
    check_extent({"attributes": attributes if view is None else {**view.attributes, **attributes}})
    command = ChangeAttributes(at=services.clock(), changed_by=changed_by, attributes=attributes)
    return await change_conversation(services, conversation_id, command, actor_of(changed_by))


async def raise_hand(
    services: Services, conversation_id: str, agent_id: str, raised: bool, reason: str | None = None
) -> Done:
    """The agent asks for a supervisor, or takes that back. Raises RefusedError."""
    check_room(services, conversation_id)
    command = RaiseHand(at=services.clock(), agent_id=agent_id, raised=raised, reason=reason)
    return await change_conversation(services, conversation_id, command, agent_actor(agent_id))

"""The one way to put a command that changes a conversation to its entity."""

from gateways.services import Services
from gateways.services.asking import ask
from schemas.commands import Command
from schemas.records import conversation_stream
from schemas.replies import Done

__all__ = ["change_conversation"]


async def change_conversation(services: Services, conversation_id: str, command: Command, actor: str) -> Done:
    """Returns once the change is durable. Raises RefusedError when the conversation refuses it."""
    return await ask(services, conversation_stream(conversation_id), command, actor, Done, conversation_id)

"""Sends a command to an entity on behalf of an actor."""

from typing import TypeVar

from actors.engine import Request
from gateways.exceptions import RefusedError
from gateways.services.services import Services
from schemas.commands import Command
from schemas.identifiers import command_id, new_id
from schemas.replies import Refusal, Reply

__all__ = ["ask"]

R = TypeVar("R", bound=Reply)


async def ask(
    services: Services, to: str, command: Command, actor: str, answer: type[R], correlation_id: str | None = None
) -> R:
    """Sends the command and returns the entity's answer once it is durable. Raises RefusedError when the entity
    refuses, and what Engine.ask raises."""
    reply = await services.engine.ask(Request(to, command, command_id(new_id()), actor, correlation_id))
    if isinstance(reply, answer):
        return reply
    if isinstance(reply, Refusal):
        raise RefusedError.of(reply)
    raise TypeError(f"{to} answered {type(command).__name__} with {reply!r}")

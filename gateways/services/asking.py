"""Sends a command to an entity on behalf of an actor."""

import asyncio
from typing import TypeVar

import tenacity

from actors.engine import NotDurableError, QueueFullError, Request
from gateways.exceptions import RefusedError
from gateways.services.services import Services
from schemas.commands import Command
from schemas.identifiers import command_id, new_id
from schemas.replies import Refusal, Reply

__all__ = ["ask", "ask_until_durable"]

R = TypeVar("R", bound=Reply)

_ENGINE_PAUSE = tenacity.wait_exponential_jitter(multiplier=0.1, max=5)


async def ask(
    services: Services,
    to: str,
    command: Command,
    actor: str,
    answer: type[R],
    correlation_id: str | None = None,
    identifier: str | None = None,
) -> R:
    """Sends the command and returns the entity's answer once it is durable. ``identifier`` is the command's id, if the
    ids of its events must be known (see ``event_id``); no two commands that are carried out may have the same. Raises
    RefusedError when the entity refuses, and what Engine.ask raises."""
    identifier = identifier or command_id(new_id())
    reply = await services.engine.ask(Request(to, command, identifier, actor, correlation_id))
    if isinstance(reply, answer):
        return reply
    if isinstance(reply, Refusal):
        raise RefusedError.of(reply)
    raise TypeError(f"{to} answered {type(command).__name__} with {reply!r}")


@tenacity.retry(retry=tenacity.retry_if_exception_type((QueueFullError, NotDurableError)), wait=_ENGINE_PAUSE)
async def ask_until_durable(services: Services, request: Request) -> Reply | Refusal | None:
    """Sends the command, and again with the same id while the engine is busy or cannot write, until there is an answer.
    A caller that is cancelled does not stop what the engine has begun. Raises what Engine.ask raises otherwise."""
    return await asyncio.shield(services.engine.ask(request))

"""Emptying a queue."""

from gateways.conversations.channels import queue_named
from gateways.conversations.queue_standings import require_served
from gateways.conversations.rights import require_leader, require_supervised_tasks
from gateways.exceptions import RefusedError, invalid_field
from gateways.http.principal import Principal
from gateways.services import Services
from gateways.services.asking import ask
from schemas.actors import agent_actor
from schemas.commands import FlushQueue
from schemas.records import router_stream
from schemas.replies import Flushed, RefusalCode

__all__ = ["flush_queue"]


async def flush_queue(
    services: Services, principal: Principal, queue: str, to: str | None = None, *, override: bool = False
) -> int:
    """Returns how many tasks left the queue. They wait in the queue ``to`` by their old age; without ``to`` they are
    closed and their conversations end. Tasks that are offered to an agent at the time stay. Raises RefusedError, also
    when conversations of other supervisors' agents wait there, and for a queue ``to`` that is closed or for which no
    agent works, unless that is overridden."""
    require_leader(principal)
    configured = services.configuration.queues.get(queue)
    if configured is None:
        raise RefusedError(RefusalCode.NOT_FOUND, f"no queue {queue[:64]!r} is configured")
    mrd = configured.mrd
    require_supervised_tasks(services, principal, mrd, queue)
    if to is not None:
        _check_destination(services, queue, mrd, to)
        if not override:
            require_served(services, to)
    tasks, remaining = 0, 1
    while remaining:
        command = FlushQueue(at=services.clock(), queue=queue, to=to)
        reply = await ask(services, router_stream(mrd), command, agent_actor(principal.subject), Flushed)
        tasks, remaining = tasks + reply.tasks, reply.remaining
    return tasks


def _check_destination(services: Services, queue: str, mrd: str, to: str) -> None:
    if to == queue:
        raise invalid_field("to", "must be another queue than the one that is flushed")
    if queue_named(services.configuration, to, "to").mrd != mrd:
        raise invalid_field("to", f"must be a queue of the media routing domain {mrd}")

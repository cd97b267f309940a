"""Queues and agents of a running centre, configured as the tests need them."""

from actors.engine import Request
from schemas.agents import AgentSettings, MrdSettings
from schemas.commands import Command, ConfigureAgent, ConfigureQueue
from schemas.configuration import Queue
from schemas.configuration.items import AttributeValue
from schemas.identifiers import command_id, new_id
from schemas.records import agent_stream, router_stream
from tests.gateways.centre import Centre

__all__ = ["give_attributes", "set_queue"]


async def set_queue(centre: Centre, name: str, queue: Queue) -> None:
    await _put(centre, router_stream(queue.mrd), ConfigureQueue(at=centre.services.clock(), name=name, queue=queue))


async def give_attributes(centre: Centre, agent_id: str, **attributes: AttributeValue) -> None:
    """Gives attributes to an agent who is logged in."""
    mrds = {"chat": MrdSettings(3), "callback": MrdSettings(1)}
    settings = AgentSettings(name=agent_id.title(), mrds=mrds, attributes=attributes)
    await _put(centre, agent_stream(agent_id), ConfigureAgent(at=centre.services.clock(), settings=settings))


async def _put(centre: Centre, to: str, command: Command) -> None:
    await centre.services.engine.ask(Request(to, command, command_id(new_id()), "test"))

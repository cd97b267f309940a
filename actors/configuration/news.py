"""The messages by which agents and routers hear of a change."""

from collections.abc import Iterator
from datetime import datetime

from actors.decider import Message
from schemas.agents import AgentSettings, MrdSettings
from schemas.commands import ConfigureAgent, ConfigureQueue, LogOut
from schemas.configuration import Tables
from schemas.records import agent_stream, router_stream

__all__ = ["agent_settings", "news"]


def agent_settings(tables: Tables, agent_id: str) -> AgentSettings:
    """The part of an agent's configuration that a login carries. Raises KeyError for an unknown agent."""
    agent = tables.agents[agent_id]
    mrds = {name: tables.mrds[name] for name in agent.mrds or tables.mrds}
    return AgentSettings(
        name=agent.name,
        mrds={name: MrdSettings(mrd.max_tasks, mrd.interruptible) for name, mrd in mrds.items()},
        attributes=agent.attributes,
    )


def news(before: Tables, after: Tables, at: datetime) -> Iterator[Message]:
    """Messages to agents whose settings have changed, and to routers whose queues have changed. Those to agents go
    first, so that no task is offered by new rules to an agent who has no room for it any more."""
    for agent_id, agent in before.agents.items():
        if agent_id not in after.agents:
            yield Message(agent_stream(agent_id), LogOut(at=at, reason="agent_removed"))
        elif after.agents[agent_id].disabled and not agent.disabled:
            yield Message(agent_stream(agent_id), LogOut(at=at, reason="agent_disabled"))
        elif agent != after.agents[agent_id] or before.mrds != after.mrds:
            settings = agent_settings(after, agent_id)
            if settings != agent_settings(before, agent_id):
                yield Message(agent_stream(agent_id), ConfigureAgent(at=at, settings=settings))
    for name, queue in after.queues.items():
        if before.queues.get(name) != queue:
            yield Message(router_stream(queue.mrd), ConfigureQueue(at=at, name=name, queue=queue))

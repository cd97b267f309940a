"""The messages by which agents and routers hear of a change."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from actors.decider import Message
from schemas.agents import AgentSettings, MrdSettings
from schemas.commands import ConfigureAgent, ConfigureQueue, LogOut
from schemas.configuration import Tables
from schemas.events import ConfigurationEvent, ItemRemoved
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


def news(before: Tables, after: Tables, events: Sequence[ConfigurationEvent], at: datetime) -> Iterator[Message]:
    """Messages to agents whose settings have changed, and to routers whose queues have changed, each following from
    the event that changed them. Those to agents go first, so that no task is offered by new rules to an agent who has
    no room for it any more."""
    agents, queues = _by_name(events, "agents"), _by_name(events, "queues")
    mrds = next(reversed(_by_name(events, "mrds").values()), None)
    for agent_id, agent in before.agents.items():
        if agent_id not in after.agents:
            yield Message(agent_stream(agent_id), LogOut(at=at, reason="agent_removed"), agents.get(agent_id))
        elif after.agents[agent_id].disabled and not agent.disabled:
            yield Message(agent_stream(agent_id), LogOut(at=at, reason="agent_disabled"), agents.get(agent_id))
        elif agent != after.agents[agent_id] or before.mrds != after.mrds:
            settings = agent_settings(after, agent_id)
            if settings != agent_settings(before, agent_id):
                yield Message(
                    agent_stream(agent_id), ConfigureAgent(at=at, settings=settings), agents.get(agent_id, mrds)
                )
    for name, queue in after.queues.items():
        if before.queues.get(name) != queue:
            configure = ConfigureQueue(at=at, name=name, queue=queue)
            yield Message(router_stream(queue.mrd), configure, queues.get(name))


def _by_name(events: Sequence[ConfigurationEvent], table: str) -> dict[str, ConfigurationEvent]:
    """The events that changed items of the table, by the items' names."""
    found: dict[str, ConfigurationEvent] = {}
    for event in events:
        if isinstance(event, ItemRemoved):
            found |= {event.name: event} if event.table == table else {}
        else:
            found |= dict.fromkeys(getattr(event.item, table), event)
    return found

"""The owners of feeds of inspection, and the end of these feeds when their owner's rights may have changed."""

from actors.engine import Committed
from gateways.feeds.hub import INSPECTING, Hub
from gateways.http.principal import Principal
from schemas.actors import agent_actor, application_actor
from schemas.events import ItemConfigured, ItemRemoved

__all__ = ["close_outdated", "inspecting_owner"]


def inspecting_owner(principal: Principal) -> str:
    """The owner of the caller's feeds of inspection. It is not the owner of the agent's own feed, because an agent who
    only inspects does not count as present."""
    return INSPECTING + principal.actor


def close_outdated(hub: Hub, committed: list[Committed]) -> None:
    """Closes the feeds of each agent and each API key that was configured anew or removed. A client that reconnects
    gets the rights of today."""
    for _, event in committed:
        match event:
            case ItemConfigured(item=item):
                names = [*map(agent_actor, item.agents), *map(application_actor, item.api_keys)]
            case ItemRemoved(table="agents", name=name):
                names = [agent_actor(name)]
            case ItemRemoved(table="api_keys", name=name):
                names = [application_actor(name)]
            case _:
                continue
        for name in names:
            hub.close_owner(INSPECTING + name)

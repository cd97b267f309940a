"""On whose behalf feeds of inspection are open, and closing them when that one's rights may have changed."""

from actors.engine import Committed
from gateways.feeds.hub import INSPECTING, Hub
from gateways.http.principal import Principal
from schemas.actors import agent_actor, application_actor
from schemas.events import ItemConfigured, ItemRemoved

__all__ = ["close_outdated", "inspecting_owner"]


def inspecting_owner(principal: Principal) -> str:
    """Not the agent's own: whoever inspects is not there to take tasks."""
    return INSPECTING + principal.actor


def close_outdated(hub: Hub, committed: list[Committed]) -> None:
    """Whoever has been configured anew comes back with today's rights."""
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

"""On whose behalf feeds of inspection are open, and closing them when that one's rights may have changed."""

from actors.engine import Committed
from gateways.feeds.hub import INSPECTING, Hub
from gateways.http.principal import Principal
from schemas.events import ItemConfigured, ItemRemoved

__all__ = ["close_outdated", "inspecting_owner"]


def inspecting_owner(principal: Principal) -> str:
    """Not the agent's own: whoever inspects is not there to take tasks."""
    return f"{INSPECTING}{principal.kind}:{principal.subject}"


def close_outdated(hub: Hub, committed: list[Committed]) -> None:
    """Whoever has been configured anew comes back with today's rights."""
    for _, event in committed:
        match event:
            case ItemConfigured(item=item):
                names = [*(f"agent:{name}" for name in item.agents), *(f"application:{key}" for key in item.api_keys)]
            case ItemRemoved(table="agents", name=name):
                names = [f"agent:{name}"]
            case ItemRemoved(table="api_keys", name=name):
                names = [f"application:{name}"]
            case _:
                continue
        for name in names:
            hub.close_owner(INSPECTING + name)

"""States as plain values that are equal only if everything in them is, order included."""

from typing import Any

import msgspec
from sortedcontainers import SortedList

from projections import LiveViews

__all__ = ["laid_out", "laid_out_views"]

_BY_KEY = ("preferred",)
"""Mappings that are only used for lookups: the order in which their keys came does not count."""


def laid_out(value: Any) -> Any:
    match value:
        case msgspec.Struct():
            fields = {name: getattr(value, name) for name in value.__struct_fields__}
            return type(value).__name__, [(name, _field(name, each)) for name, each in fields.items()]
        case dict():
            return [(laid_out(key), laid_out(each)) for key, each in value.items()]
        case set() | frozenset():
            return sorted(value)
        case list() | SortedList():
            return [laid_out(each) for each in value]
        case tuple():
            return type(value).__name__, [laid_out(each) for each in value]
        case _:
            return type(value).__name__, value


def _field(name: str, value: Any) -> Any:
    return laid_out(dict(sorted(value.items())) if name in _BY_KEY else value)


def laid_out_views(views: LiveViews) -> dict[str, Any]:
    """Everything that the live views know, with their lazily decoded parts."""
    conversations, agents = vars(views.conversations), vars(views.agents)
    return {
        "conversations": laid_out(conversations["_views"]),
        "ended": laid_out(conversations["_ended"]),
        "of customers": conversations["_of_customers"],
        "of tasks": conversations["_of_tasks"],
        "agents": laid_out(agents["_agents"]),
        "times": agents["_times"],
        "announcements": laid_out(agents["_announcements"]),
        "involvements": [laid_out(views.agents.involvement(agent_id)) for agent_id in views.agents],
        "routers": {mrd: laid_out(router) for mrd, router in vars(views.queues)["_routers"].items()},
        "configuration": laid_out(vars(views.configuration)["_state"]),
        "former agents": views.configuration.former_agents,
        "namesakes": views.configuration.namesakes,
    }

"""Sentences about a router's decisions. They hold no personal data."""

from collections.abc import Mapping
from typing import get_args

import msgspec

from gateways.inspection.explanations import Lookups
from gateways.inspection.explanations.sentences import sentence as decision
from gateways.inspection.sentences.wording import Data, Sentence
from schemas.events import Event, RouterEvent

__all__ = ["ROUTER_SENTENCES"]


def _available(data: Data, mrd: str) -> str:
    tasks = f"{data['active_tasks']} of {data['max_tasks']} tasks"
    if not data["accepting"]:
        return f"{data['agent_id']} takes no tasks of {mrd} ({tasks})"
    returned = ", back from not ready" if data["returned"] else ""
    return f"{data['agent_id']} takes tasks of {mrd} ({tasks}){returned}"


def _decided(event_type: type[Event]) -> Sentence:
    """The sentence that the explanation of a task has for this decision."""
    return lambda data, _: (
        f"Task …{data['task_id'][-6:]}: {decision(msgspec.convert(data, event_type), _lookups(data))}"
    )


def _lookups(data: Data) -> Lookups:
    return Lookups(name=lambda agent_id: agent_id, steps=lambda queue: None, clock=data.clock)


_DECISIONS = {
    event.__name__: _decided(event) for event in get_args(RouterEvent) if "task_id" in event.__struct_fields__
}

ROUTER_SENTENCES: Mapping[str, Sentence] = {
    **_DECISIONS,
    "QueueConfigured": lambda data, mrd: f"Queue {data['name']} of {mrd} is configured",
    "AgentAttributesLearned": lambda data, mrd: f"{data['agent_id']} has other attributes in {mrd}",
    "AgentAvailabilityChanged": _available,
}

"""Checking a criterion before it is configured: whether it can be understood, and which agents meet it."""

from collections.abc import Iterator
from typing import NamedTuple

from gateways.exceptions import invalid_field
from gateways.services import Services
from schemas.criteria import parse_criterion
from schemas.exceptions import CriterionError

__all__ = ["CheckedCriterion", "EligibleAgent", "check_criterion"]

_ROUTABLE = frozenset({"ready", "reserved", "active"})


class EligibleAgent(NamedTuple):
    """``ready`` is true when the agent could be offered a task now."""

    agent_id: str
    name: str
    ready: bool


class CheckedCriterion(NamedTuple):
    """The faults, if it cannot be used; otherwise the agents who meet it, in the order of their ids."""

    faults: list[CriterionError]
    agents: list[EligibleAgent]


def check_criterion(services: Services, text: str, mrd: str | None) -> CheckedCriterion:
    """Checks it against the configured attributes and agents; with ``mrd``, those alone who work in it. Raises
    RefusedError for an MRD that is not configured."""
    tables = services.configuration.tables
    if mrd is not None and mrd not in tables.mrds:
        raise invalid_field("mrd", f"names {mrd!r}, which is not in [mrds]")
    try:
        criterion = parse_criterion(text)
    except CriterionError as error:
        return CheckedCriterion([error], [])
    if faults := criterion.misfits({name: attribute.type for name, attribute in tables.attributes.items()}):
        return CheckedCriterion(faults, [])
    eligible = (
        EligibleAgent(agent_id, agent.name, _is_ready(services, agent_id, mrd))
        for agent_id, agent in sorted(tables.agents.items())
        if not agent.disabled
        and (mrd is None or not agent.mrds or mrd in agent.mrds)
        and criterion.admits(agent.attributes)
    )
    return CheckedCriterion([], list(eligible))


def _is_ready(services: Services, agent_id: str, mrd: str | None) -> bool:
    return any(mrd in (None, each) for each in _routable(services, agent_id))


def _routable(services: Services, agent_id: str) -> Iterator[str]:
    """The MRDs in which the agent could be offered a task now."""
    for each in services.agents.view(agent_id).mrds:
        if each.state in _ROUTABLE and each.tasks < each.max_tasks:
            yield each.mrd

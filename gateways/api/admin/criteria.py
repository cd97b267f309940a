"""Checking a criterion as it is typed."""

from gateways.api.call import Call
from gateways.configuration.criteria import check_criterion
from gateways.http.answer import Answer
from schemas.api.admin import CriterionAgents, CriterionCheck, CriterionFault, CriterionRequest

__all__ = ["check_criterion_text"]

_MAX_NAMES = 20


async def check_criterion_text(call: Call, body: CriterionRequest) -> Answer[CriterionCheck]:
    """Finds the faults of a criterion, or the agents who meet it. Nothing is recorded."""
    checked = check_criterion(call.services, body.criterion, body.mrd)
    if checked.faults:
        faults = [CriterionFault(fault.position, fault.problem) for fault in checked.faults]
        return Answer(CriterionCheck(valid=False, faults=faults))
    names = [agent.name for agent in checked.agents[:_MAX_NAMES]]
    ready_now = sum(agent.ready for agent in checked.agents)
    return Answer(CriterionCheck(valid=True, agents=CriterionAgents(len(checked.agents), ready_now, names)))

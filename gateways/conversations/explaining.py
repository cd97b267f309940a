"""The explanation of a task's routing, for agents who may see its conversation."""

import asyncio
from datetime import UTC, tzinfo

from gateways.conversations.reading import find_conversation
from gateways.conversations.rights import require_visible
from gateways.exceptions import RefusedError
from gateways.http.principal import Principal
from gateways.inspection.clock import Clock
from gateways.inspection.explanations import Lookups, TaskExplanation, conversation_of_task, explain
from gateways.services import Services
from schemas.replies import RefusalCode

__all__ = ["explain_task"]

_MAX_SEARCHED = 20_000
"""The search for a task that no live view knows reads at most so many records."""


async def explain_task(services: Services, principal: Principal, task_id: str, zone: tzinfo = UTC) -> TaskExplanation:
    """Explains every decision of the router about the task, with instants by the clock of the zone. Raises RefusedError
    when there is no such task, or the agent may not see its conversation."""
    view = services.conversations.of_task(task_id)
    if view is None:
        found = await asyncio.to_thread(conversation_of_task, services.journal, task_id, _MAX_SEARCHED)
        if found is None:
            raise _unknown()
        view = await find_conversation(services, found)
    require_visible(services, principal, view)
    lookups = Lookups(lambda agent_id: services.agents.view(agent_id).name, services.queues.steps, Clock(zone))
    explanation = await asyncio.to_thread(explain, services.journal, view.conversation_id, task_id, lookups)
    if explanation is None:
        raise _unknown()
    return explanation


def _unknown() -> RefusedError:
    return RefusedError(RefusalCode.NOT_FOUND, "no such task")

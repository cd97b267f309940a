"""Those to whom an agent may hand a conversation over now, or whom the agent may bring in beside."""

from collections.abc import Iterator
from typing import NamedTuple

from gateways.agents.standings import capacity_of
from gateways.conversations.handing_over import unavailable
from gateways.conversations.opening_hours import out_of_hours
from gateways.conversations.queue_standings import QueueStanding, list_queues
from gateways.conversations.reading import find_conversation, find_participation
from gateways.exceptions import RefusedError
from gateways.services import Services
from projections import AgentView, ConversationView
from schemas.replies import RefusalCode

__all__ = ["AgentTarget", "Obstacles", "QueueTarget", "Targets", "list_targets"]


class Obstacles(NamedTuple):
    """The refusal that each of the three ways to a target would meet now; None where there is none."""

    transfer: RefusalCode | None = None
    consult: RefusalCode | None = None
    conference: RefusalCode | None = None


class QueueTarget(NamedTuple):
    queue: QueueStanding
    obstacles: Obstacles


class AgentTarget(NamedTuple):
    """An agent with the free places in the MRD of the conversation, and the ``role`` of one who takes part already."""

    agent: AgentView
    free_slots: int
    role: str | None
    obstacles: Obstacles


class Targets(NamedTuple):
    """``mrd`` is the one in which an agent who is named is asked. ``bots`` maps each bot to whether it suggests."""

    mrd: str
    queues: list[QueueTarget]
    agents: list[AgentTarget]
    bots: dict[str, bool]


async def list_targets(services: Services, conversation_id: str, agent_id: str) -> Targets:
    """All queues, agents and bots but the agent who asks and those who are disabled. Raises RefusedError unless the
    agent owns the conversation: nobody else hands it over."""
    if (await find_participation(services, conversation_id, agent_id)).role != "primary":
        detail = "only the agent who owns the conversation may hand it over"
        raise RefusedError(RefusalCode.NOT_PRIMARY, detail)
    view, configuration = await find_conversation(services, conversation_id), services.configuration
    mrd = configuration.queue_settings_of(view.queue, view.mrd, view.channel).mrd
    return Targets(
        mrd=mrd,
        queues=[QueueTarget(each, _to_queue(services, each.queue, agent_id)) for each in list_queues(services)],
        agents=list(_agents(services, view, mrd, agent_id)),
        bots={name: bot.suggests for name, bot in configuration.bots.items()},
    )


def _to_queue(services: Services, queue: str, agent_id: str) -> Obstacles:
    """The caller may override each of these (see ``require_served``)."""
    if out_of_hours(services, queue) is not None:
        return Obstacles(*[RefusalCode.OUT_OF_HOURS] * 3)
    eligible = services.configuration.eligible_agents(queue)
    beside = None if eligible - {agent_id} else RefusalCode.NOBODY_ELIGIBLE
    return Obstacles(None if eligible else RefusalCode.NOBODY_ELIGIBLE, beside, beside)


def _agents(services: Services, view: ConversationView, mrd: str, agent_id: str) -> Iterator[AgentTarget]:
    for name, configured in services.configuration.agents.items():
        if name == agent_id or configured.disabled:
            continue
        agent = services.agents.view(name, configured.name)
        participant = view.agents.get(name)
        role = participant.role if participant is not None else None
        free = sum(capacity_of(each).free_slots for each in agent.mrds if each.mrd == mrd)
        yield AgentTarget(agent, free, role, _to_agent(services, name, mrd, role))


def _to_agent(services: Services, agent_id: str, mrd: str, role: str | None) -> Obstacles:
    if unavailable(services, agent_id, mrd) is not None:
        return Obstacles(*[RefusalCode.AGENT_UNAVAILABLE] * 3)
    there = RefusalCode.ALREADY_TAKES_PART
    match role:
        case None:
            return Obstacles()
        case "consultant":
            return Obstacles(consult=there)
        case "assistant":
            return Obstacles(consult=there, conference=there)
    return Obstacles(there, there, there)

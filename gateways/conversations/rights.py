"""The rights of applications, and of agents beyond their own tasks; no other module decides them."""

from gateways.conversations.reading import find_conversation
from gateways.exceptions import RefusedError
from gateways.http.principal import Principal
from gateways.services import Services
from projections import ConversationView
from schemas.records import conversation_stream
from schemas.replies import RefusalCode

__all__ = [
    "find_visible_conversation",
    "is_leader",
    "may_see",
    "may_supervise",
    "may_supervise_conversation",
    "require_leader",
    "require_supervised",
    "require_supervised_conversation",
    "require_supervised_tasks",
    "require_visible",
    "took_part",
]

_LEADERS = ("supervisor", "administrator")


def is_leader(principal: Principal) -> bool:
    return principal.role in _LEADERS


def require_leader(principal: Principal) -> None:
    """Raises RefusedError unless a supervisor or an administrator calls."""
    if not is_leader(principal):
        raise RefusedError(RefusalCode.ROLE_MISSING, "only supervisors and administrators may do this")


def require_supervised(services: Services, principal: Principal, agent_id: str) -> None:
    """Raises RefusedError unless the agent is configured and belongs to a team of the supervisor."""
    if agent_id not in services.configuration.agents:
        raise RefusedError(RefusalCode.NOT_FOUND, f"no agent {agent_id[:64]!r} is configured")
    if not may_supervise(services, principal, agent_id):
        raise RefusedError(RefusalCode.NOT_SUPERVISED, "the agent is of none of your teams")


def require_supervised_conversation(services: Services, principal: Principal, view: ConversationView) -> None:
    """Raises RefusedError unless the supervisor may supervise the conversation."""
    if not may_supervise_conversation(services, principal, view):
        raise RefusedError(RefusalCode.NOT_SUPERVISED, "the conversation's agents are of none of your teams")


def require_supervised_tasks(services: Services, principal: Principal, mrd: str, queue: str) -> None:
    """Raises RefusedError unless the supervisor may supervise the conversations of all tasks that wait in the queue."""
    for task_id, conversation_id in services.queues.waiting_tasks(mrd):
        task, view = services.queues.task(mrd, task_id), services.conversations.get(conversation_id)
        if task is None or view is None or task.queue != queue:
            continue
        if not may_supervise_conversation(services, principal, view):
            detail = "conversations of agents who are of none of your teams wait there; let an administrator do it"
            raise RefusedError(RefusalCode.NOT_SUPERVISED, detail)


def require_visible(services: Services, principal: Principal, view: ConversationView) -> None:
    """Raises RefusedError unless the agent may see the conversation."""
    if not may_see(services, principal, view):
        raise RefusedError(RefusalCode.NOT_PARTICIPANT, "you take no part in this conversation")


async def find_visible_conversation(services: Services, principal: Principal, conversation_id: str) -> ConversationView:
    """Raises RefusedError when there is none, or the agent may not see it."""
    view = await find_conversation(services, conversation_id)
    require_visible(services, principal, view)
    return view


def may_supervise(services: Services, principal: Principal, agent_id: str) -> bool:
    """Administrators may supervise everyone. Supervisors may supervise the agents of their own teams, or everyone where
    no teams are configured."""
    if principal.role != "supervisor":
        return is_leader(principal)
    teams = services.configuration.teams
    agent = services.configuration.agents.get(agent_id)
    team = teams.get(agent.team or "") if agent is not None else None
    return not teams or (team is not None and principal.subject in team.supervisors)


def may_supervise_conversation(services: Services, principal: Principal, view: ConversationView) -> bool:
    """A supervisor may supervise a conversation in which one of the supervisor's agents takes part, and one without
    agents in which such an agent took part or no agent ever did."""
    agents = view.agents or view.taken_part
    return is_leader(principal) and (
        not agents or any(may_supervise(services, principal, agent_id) for agent_id in agents)
    )


def took_part(services: Services, agent_id: str, view: ConversationView) -> bool:
    """Whether the agent takes or took part in the conversation, or was offered it. An agent has no part in what
    happened under the same name before."""
    if agent_id not in view.seen_by:
        return False
    since = services.configuration.namesakes.get(agent_id, 0)
    return (
        view.position > since
        or any(task.conversation_id == view.conversation_id for task in services.agents.held(agent_id))
        or services.agents.has_come_into(agent_id, conversation_stream(view.conversation_id), since)
    )


def may_see(services: Services, principal: Principal, view: ConversationView) -> bool:
    """Applications see all conversations. Agents see those in which they take or took part or that they were offered,
    and the other conversations that are proven to be of customers with whom they are in a conversation now."""
    if principal.kind == "application":
        return True
    agent_id = principal.subject
    if took_part(services, agent_id, view) or may_supervise_conversation(services, principal, view):
        return True
    return any(agent_id in other.agents for other in services.conversations.of_same_customer(view))

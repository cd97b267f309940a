"""What an agent may do beyond the agent's own tasks: the one place that knows."""

from gateways.http.call import Call
from gateways.http.problems import Problem
from projections import ConversationView

__all__ = [
    "is_leader",
    "may_see",
    "may_supervise",
    "may_supervise_conversation",
    "require_leader",
    "require_supervised",
    "require_supervised_conversation",
]

_LEADERS = ("supervisor", "administrator")


def is_leader(call: Call) -> bool:
    return call.principal.role in _LEADERS


def require_leader(call: Call) -> None:
    """Raises Problem 403 unless a supervisor or an administrator calls."""
    if not is_leader(call):
        raise Problem(403, "role_missing", "only supervisors and administrators may do this")


def require_supervised(call: Call, agent_id: str) -> None:
    """Raises Problem 403 unless the agent is one of the supervisor's."""
    if not may_supervise(call, agent_id):
        raise Problem(403, "not_supervised", "the agent is of none of your teams")


def require_supervised_conversation(call: Call, view: ConversationView) -> None:
    """Raises Problem 403 unless the conversation is one of the supervisor's."""
    if not may_supervise_conversation(call, view):
        raise Problem(403, "not_supervised", "the conversation's agents are of none of your teams")


def may_supervise(call: Call, agent_id: str) -> bool:
    """An administrator may supervise everyone, a supervisor the agents of the own teams; where there are no teams,
    everyone."""
    if call.principal.role != "supervisor":
        return is_leader(call)
    teams = call.services.configuration.teams
    agent = call.services.configuration.agents.get(agent_id)
    team = teams.get(agent.team or "") if agent is not None else None
    return not teams or (team is not None and call.principal.subject in team.supervisors)


def may_supervise_conversation(call: Call, view: ConversationView) -> bool:
    """One in which an agent of the supervisor's takes part, or took part last, or none at all."""
    agents = view.agents or view.taken_part
    return is_leader(call) and (not agents or any(may_supervise(call, agent_id) for agent_id in agents))


def may_see(call: Call, view: ConversationView) -> bool:
    """What an agent takes or took part in or was offered, and what came before with the same customer."""
    agent_id = call.principal.subject
    if agent_id in view.seen_by or may_supervise_conversation(call, view):
        return True
    others = call.services.conversations.of_customer(view.channel, view.customer.id)
    return any(agent_id in other.agents for other in others)

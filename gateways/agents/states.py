"""Changing the states of agents: agents change their own, supervisors those of their agents."""

from typing import Literal

from gateways.agents.sessions import end_sessions
from gateways.agents.shifts import begin_shift, is_on_shift
from gateways.agents.standings import mrds_of
from gateways.conversations.codes import check_reason
from gateways.conversations.rights import require_leader, require_supervised
from gateways.exceptions import RefusedError
from gateways.http.principal import Principal
from gateways.services import Services
from gateways.services.asking import ask
from schemas.actors import agent_actor
from schemas.commands import LogOut, ReportActivity, SetMrdState, SetState
from schemas.records import agent_stream
from schemas.replies import Done, RefusalCode, StateReply

__all__ = ["WantedState", "report_activity", "set_mrd_state", "set_state", "set_supervised_state"]

WantedState = Literal["ready", "not_ready"]


async def set_state(services: Services, agent_id: str, state: WantedState, reason: str | None = None) -> StateReply:
    """Going ready begins the shift of an agent who is not at work yet. Raises RefusedError, also for a reason that is
    not configured."""
    check_reason(services.configuration, reason, "not_ready")
    await services.presence.caught_up(agent_id)
    if state == "ready":
        await begin_shift(services, agent_id)
    command = SetState(at=services.clock(), state=state, reason=reason)
    return await _change(services, agent_id, command, agent_id)


async def set_mrd_state(
    services: Services, agent_id: str, mrd: str, state: WantedState, reason: str | None = None
) -> StateReply:
    """Changes the state in one MRD; going ready in it begins the shift as well. Raises RefusedError, also for a reason
    that is not configured."""
    check_reason(services.configuration, reason, "not_ready")
    await services.presence.caught_up(agent_id)
    if state == "ready":
        _require_mrd(services, agent_id, mrd)
        await begin_shift(services, agent_id)
    command = SetMrdState(at=services.clock(), mrd=mrd, state=state, reason=reason)
    return await _change(services, agent_id, command, agent_id)


async def set_supervised_state(
    services: Services,
    principal: Principal,
    agent_id: str,
    state: Literal["ready", "not_ready", "logged_out"],
    reason: str | None = None,
) -> StateReply:
    """Logging out ends the agent's sessions and feeds, also of one who is not at work; tasks go back to the line.
    Raises RefusedError, also when the caller may not supervise the agent."""
    require_leader(principal)
    require_supervised(services, principal, agent_id)
    check_reason(services.configuration, reason, "logout" if state == "logged_out" else "not_ready")
    at = services.clock()
    if state == "logged_out":
        reply = await _change(services, agent_id, LogOut(at=at, reason=reason or "supervisor"), principal.subject)
        end_sessions(services, agent_id)
        return reply
    return await _change(services, agent_id, SetState(at=at, state=state, reason=reason), principal.subject)


async def report_activity(services: Services, agent_id: str) -> None:
    """Keeps an agent who is not ready from being logged out as idle."""
    command = ReportActivity(at=services.clock())
    await ask(services, agent_stream(agent_id), command, agent_actor(agent_id), Done)


def _require_mrd(services: Services, agent_id: str, mrd: str) -> None:
    """Raises RefusedError for an MRD in which the agent cannot be ready, before a shift begins for it."""
    if not is_on_shift(services, agent_id) and all(each.mrd != mrd for each in mrds_of(services, agent_id)):
        raise RefusedError(RefusalCode.UNKNOWN_MRD, f"you do not work in {mrd!r}")


async def _change(
    services: Services, agent_id: str, command: SetState | SetMrdState | LogOut, changed_by: str
) -> StateReply:
    return await ask(services, agent_stream(agent_id), command, agent_actor(changed_by), StateReply)

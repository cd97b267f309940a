"""Announcements to agents who are logged in."""

import asyncio
from typing import NamedTuple

from gateways.conversations.rights import may_supervise, require_leader
from gateways.exceptions import RefusedError, invalid_field
from gateways.http.principal import Principal
from gateways.services import Services
from gateways.services.asking import ask
from schemas.actors import agent_actor
from schemas.commands import Announce
from schemas.identifiers import new_id
from schemas.records import agent_stream
from schemas.replies import Done, RefusalCode

__all__ = ["Announced", "announce"]


class Announced(NamedTuple):
    """``agents`` counts all agents whom the announcement has reached by now; ``replayed`` is true when a repetition
    reached nobody new."""

    announcement_id: str
    agents: int
    replayed: bool


async def announce(
    services: Services, principal: Principal, text: str, team: str | None = None, announcement_id: str | None = None
) -> Announced:
    """The announcement goes to the agents whom the caller may supervise, and to the caller. Agents who log in later do
    not see it. Repeated with the same id, it reaches those whom it has not reached yet. Raises RefusedError."""
    require_leader(principal)
    announcement_id, announced_by = announcement_id or new_id(), principal.subject
    before = services.agents.announcement(announcement_id)
    if before is not None and (before.announced_by, before.text) != (announced_by, text):
        raise RefusedError(RefusalCode.ID_CONFLICT, "this id belongs to another announcement")
    reached = before.agents if before is not None else set()
    recipients = [agent_id for agent_id in _logged_in(services, principal, team) if agent_id not in reached]
    command = Announce(at=services.clock(), announcement_id=announcement_id, announced_by=announced_by, text=text)
    actor = agent_actor(announced_by)
    sent = (ask(services, agent_stream(agent_id), command, actor, Done, announcement_id) for agent_id in recipients)
    await asyncio.gather(*sent)
    return Announced(announcement_id, len(reached | set(recipients)), before is not None and not recipients)


def _logged_in(services: Services, principal: Principal, team: str | None) -> list[str]:
    if team is not None and team not in services.configuration.teams:
        raise invalid_field("team", f"no team {team!r} is configured")
    return [
        agent_id
        for agent_id in services.agents
        if _is_in_team(services, team, agent_id)
        and services.agents.view(agent_id).state != "logged_out"
        and (agent_id == principal.subject or may_supervise(services, principal, agent_id))
    ]


def _is_in_team(services: Services, team: str | None, agent_id: str) -> bool:
    """Every agent counts when no team is named."""
    agent = services.configuration.agents.get(agent_id)
    return team is None or (agent is not None and agent.team == team)

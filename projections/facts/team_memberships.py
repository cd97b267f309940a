"""Team memberships: the teams to which agents belonged, from when to when."""

from typing import Annotated

import msgspec

from projections.runner import Index, Moment, Projection, RecordedEvent, Span, Table, Transaction, doc, on
from schemas.events import ItemConfigured, ItemRemoved

__all__ = ["MEMBERSHIPS", "TEAM_MEMBERSHIPS", "TeamMembership"]


class TeamMembership(msgspec.Struct, kw_only=True):
    position: Annotated[int, doc("The position of the event by which the agent came into the team.")]
    agent_id: Annotated[str, doc("The agent.")]
    team: Annotated[str, doc("The team.")]
    started_at: Annotated[Moment, doc("When the agent came into the team.")]
    ended_at: Annotated[Moment | None, doc("When the agent left it; empty while it lasts.")] = None


class _Member(msgspec.Struct):
    agent_id: str
    team: str
    position: int


MEMBERSHIPS = Table(
    "team_memberships",
    TeamMembership,
    key=("position",),
    grain="One row for each time that an agent belonged to a team.",
    example="SELECT memberships.team, count(*) AS offered\nFROM agent_tasks AS tasks\n"
    "JOIN team_memberships AS memberships ON memberships.agent_id = tasks.agent_id\n"
    "     AND memberships.started_at <= tasks.offered_at\n"
    "     AND (memberships.ended_at IS NULL OR memberships.ended_at > tasks.offered_at)\n"
    "GROUP BY memberships.team\nORDER BY memberships.team",
    spans=(Span("duration", "started_at", "ended_at", "How long the agent belonged to the team."),),
    indexes=(Index(("agent_id", "started_at")), Index(("team",))),
)
_MEMBERS = Table("team_memberships_open", _Member, key=("agent_id",), internal=True)


def _configured(tx: Transaction, recorded: RecordedEvent, event: ItemConfigured) -> None:
    """An event configures one item."""
    for agent_id, agent in event.item.agents.items():
        member = tx.get(_MEMBERS, agent_id)
        if member is not None and member.team == agent.team:
            continue
        _leave(tx, recorded, agent_id)
        if agent.team is not None:
            position = recorded.record.position
            tx.add(_MEMBERS, _Member(agent_id, agent.team, position))
            membership = TeamMembership(position=position, agent_id=agent_id, team=agent.team, started_at=recorded.at)
            tx.add(MEMBERSHIPS, membership)


def _removed(tx: Transaction, recorded: RecordedEvent, event: ItemRemoved) -> None:
    if event.table == "agents":
        _leave(tx, recorded, event.name)


def _leave(tx: Transaction, recorded: RecordedEvent, agent_id: str) -> None:
    member = tx.get(_MEMBERS, agent_id)
    if member is None:
        return
    membership = tx.change(MEMBERSHIPS, member.position)
    if membership is not None:
        membership.ended_at = recorded.at
    tx.remove(_MEMBERS, agent_id)


TEAM_MEMBERSHIPS = Projection(
    name="team_memberships",
    version=1,
    description="Team memberships: which agent belonged to which team when.",
    tables=(MEMBERSHIPS, _MEMBERS),
    handlers=(
        on(ItemConfigured, _configured),
        on(ItemRemoved, _removed),
    ),
)

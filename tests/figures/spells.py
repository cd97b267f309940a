"""The spells that agents spent in one state of an MRD, for one reason."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tests.figures.recording import Recorded, recorded
from tests.figures.teams import Teams

__all__ = ["Spell", "spells"]

_TYPES = (
    "AgentLoggedIn",
    "AgentConfigured",
    "AgentLoggedOut",
    "AgentStateChanged",
    "AgentMrdStateRequested",
    "AgentMrdStateChanged",
)


@dataclass
class Spell:
    agent_id: str
    mrd: str
    state: str
    reason: str | None
    begin: datetime
    end: datetime | None = None
    team: str | None = None


@dataclass
class _InMrd:
    """An agent in one MRD. ``reason`` is the reason that the agent gave for the state there."""

    state: str = "not_ready"
    reason: str | None = None
    leaving: bool = False
    spell: Spell | None = None


@dataclass
class _Agent:
    agent_id: str
    ready: bool = False
    reason: str | None = None
    mrds: dict[str, _InMrd] = field(default_factory=dict)


def spells(journal: Path) -> list[Spell]:
    """The spells, without those that lasted no time."""
    agents: dict[str, _Agent] = {}
    found: list[Spell] = []
    for event in recorded(journal, *_TYPES):
        agent = agents.setdefault(event.entity, _Agent(event.entity))
        _apply(agent, event)
        _compare(agent, event, found)
    teams = Teams(journal)
    for spell in found:
        spell.team = teams.at(spell.agent_id, spell.begin)
    return [spell for spell in found if spell.end is None or spell.end > spell.begin]


def _apply(agent: _Agent, event: Recorded) -> None:
    data = event.data
    match event.type:
        case "AgentLoggedIn":
            agent.ready, agent.reason = False, "login"
            agent.mrds = {mrd: _InMrd() for mrd in data["mrds"]}
        case "AgentConfigured":
            for mrd in data["mrds"]:
                agent.mrds.setdefault(mrd, _InMrd()).leaving = False
            for mrd, in_mrd in agent.mrds.items():
                in_mrd.leaving = mrd not in data["mrds"]
        case "AgentLoggedOut":
            for mrd in list(agent.mrds):
                _leave(agent, mrd, event)
        case "AgentStateChanged":
            agent.ready, agent.reason = data["state"] == "ready", data["reason"]
        case "AgentMrdStateRequested" if data["mrd"] in agent.mrds:
            agent.mrds[data["mrd"]].reason = data["reason"]
        case "AgentMrdStateChanged" if data["mrd"] in agent.mrds or data["state"] != "not_ready":
            # an agent gets a task in an MRD that was left when taking over a conversation as a supervisor there
            agent.mrds.setdefault(data["mrd"], _InMrd(leaving=True)).state = data["state"]


def _compare(agent: _Agent, event: Recorded, found: list[Spell]) -> None:
    """Begins another spell where the state or the reason has changed. An agent who is configured out of an MRD leaves
    it once not ready there."""
    for mrd, in_mrd in list(agent.mrds.items()):
        if in_mrd.leaving and in_mrd.state == "not_ready":
            _leave(agent, mrd, event)
            continue
        reason = in_mrd.reason if agent.ready else agent.reason
        spell = in_mrd.spell
        if spell is not None and (spell.state, spell.reason) == (in_mrd.state, reason):
            continue
        if spell is not None:
            spell.end = event.at
        in_mrd.spell = Spell(agent.agent_id, mrd, in_mrd.state, reason, event.at)
        found.append(in_mrd.spell)


def _leave(agent: _Agent, mrd: str, event: Recorded) -> None:
    spell = agent.mrds.pop(mrd).spell
    if spell is not None:
        spell.end = event.at

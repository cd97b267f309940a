"""Folding a stream."""

from actors.agent import AGENT, Agent
from actors.folding import advance, fold, fold_as, initial_state
from schemas.agents import MrdSettings
from schemas.events import REGISTRY, AgentLoggedIn, AgentStateChanged, Event
from schemas.records import Record
from tests.examples import identifier


def record(version: int, event: Event) -> Record:
    return Record(
        stream="agent-alice",
        version=version,
        event_id=identifier(version),
        type=type(event).__name__,
        at="2026-11-22T10:00:00.000000Z",
        schema_version=event.VERSION,
        correlation_id="correlation",
        causation_id="causation",
        actor="agent:alice",
        data=REGISTRY.encode(event),
        position=version,
    )


def test_a_stream_folds_into_its_state() -> None:
    events = [
        AgentLoggedIn(agent_id="alice", name="Alice", mrds={"chat": MrdSettings(2)}),
        AgentStateChanged(state="ready", reason=None),
    ]
    state = fold_as(AGENT, "agent-alice", [record(version, event) for version, event in enumerate(events, 1)])
    assert (state.agent_id, state.version, state.name, state.state) == ("alice", 2, "Alice", "ready")


def test_an_empty_stream_folds_into_the_beginning() -> None:
    assert fold("agent-alice", []) == Agent("alice")


def test_a_state_is_advanced_from_any_version() -> None:
    events: list[Event] = [
        AgentLoggedIn(agent_id="alice", name="Alice", mrds={"chat": MrdSettings(2)}),
        AgentStateChanged(state="ready", reason=None),
    ]
    records = [record(version, event) for version, event in enumerate(events, 1)]
    state = initial_state("agent-alice")
    for each in records:
        advance("agent-alice", state, [each])
    assert state == fold("agent-alice", records)

"""Finding an entity's decider, and folding its stream."""

import pytest

from actors.agent import AGENT, Agent
from actors.conversation import CONVERSATION
from actors.entities import decider_of
from actors.folding import fold, fold_as
from actors.router import ROUTER
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


def test_streams_begin_with_the_kind_of_their_entity() -> None:
    assert decider_of("conversation-1") is CONVERSATION
    assert decider_of("agent-alice-b") is AGENT
    assert decider_of("router-chat") is ROUTER


def test_other_streams_have_no_decider() -> None:
    with pytest.raises(KeyError):
        decider_of("robot-1")


def test_a_stream_folds_into_its_state() -> None:
    events = [
        AgentLoggedIn(agent_id="alice", name="Alice", mrds={"chat": MrdSettings(2)}),
        AgentStateChanged(state="ready", reason=None),
    ]
    state = fold_as(AGENT, "agent-alice", [record(version, event) for version, event in enumerate(events, 1)])
    assert (state.agent_id, state.version, state.name, state.state) == ("alice", 2, "Alice", "ready")


def test_an_empty_stream_folds_into_the_beginning() -> None:
    assert fold("agent-alice", []) == Agent("alice")

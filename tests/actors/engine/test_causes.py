"""Every event names the event from which it follows: over a simulated crowd, no cause is about something else."""

from collections.abc import Callable
from typing import Any

import pytest

from schemas.events import (
    REGISTRY,
    AgentAvailabilityChanged,
    AgentConfigured,
    AgentJoined,
    AgentLeft,
    AgentMrdStateChanged,
    AssistEnded,
    Event,
    ItemConfigured,
    ItemRemoved,
    OfferExpired,
    OfferWithdrawn,
    QueueChanged,
    QueueConfigured,
    TaskAccepted,
    TaskAssigned,
    TaskAssignedDirectly,
    TaskCancelled,
    TaskClosed,
    TaskDeclined,
    TaskExpired,
    TaskMoved,
    TaskOffered,
    TaskQueued,
    TaskRequeued,
    TaskReserved,
)
from schemas.records import Record, entity_id_of
from tests.simulation.run import simulate

Caused = tuple[Record, Any, Record, Any]
"""An event's record and the event, and those of its cause."""


@pytest.fixture(scope="module")
def caused() -> list[Caused]:
    """The events that follow from an event, and not from a command or a deadline alone."""
    world = simulate(8, 6_000)
    records = {record.event_id: record for record in world.journal.read_all(0, world.position)}
    events = {event_id: REGISTRY.decode(record) for event_id, record in records.items()}
    return [
        (record, events[event_id], records[record.causation_id], events[record.causation_id])
        for event_id, record in records.items()
        if record.causation_id in records
    ]


def same(name: str) -> Callable[[Any, Any], bool]:
    return lambda event, cause: getattr(event, name) == getattr(cause, name)


def configures_queue(event: QueueConfigured, cause: Any) -> bool:
    return isinstance(cause, ItemConfigured) and event.name in cause.item.queues


def concerns_agents(_: AgentConfigured, cause: Any) -> bool:
    if isinstance(cause, ItemRemoved):
        return cause.table in ("agents", "mrds")
    return bool(cause.item.agents or cause.item.mrds)


RULES: list[tuple[type[Event], tuple[type[Event], ...], Callable[[Any, Any], bool]]] = [
    (TaskReserved, (TaskOffered,), same("task_id")),
    (TaskAssigned, (TaskAccepted,), same("task_id")),
    (AgentJoined, (TaskAccepted, TaskAssignedDirectly), same("task_id")),
    (TaskRequeued, (TaskDeclined, OfferExpired, OfferWithdrawn, TaskOffered), same("task_id")),
    (QueueChanged, (TaskMoved,), same("task_id")),
    (QueueConfigured, (ItemConfigured,), configures_queue),
    (AgentConfigured, (ItemConfigured, ItemRemoved), concerns_agents),
]


@pytest.mark.parametrize(("type_", "causes", "fits"), RULES, ids=lambda value: getattr(value, "__name__", ""))
def test_the_cause_is_about_the_same(
    caused: list[Caused], type_: type[Event], causes: tuple[type[Event], ...], fits: Callable[[Any, Any], bool]
) -> None:
    found = [(event, cause) for _, event, _, cause in caused if isinstance(event, type_)]
    assert found
    for event, cause in found:
        assert isinstance(cause, causes), (event, cause)
        assert fits(event, cause), (event, cause)


def test_a_report_to_a_router_follows_from_the_state_in_its_own_mrd(caused: list[Caused]) -> None:
    found = [each for each in caused if isinstance(each[1], AgentAvailabilityChanged)]
    assert any(isinstance(cause, AgentMrdStateChanged) for *_, cause in found)
    for record, event, before, cause in found:
        assert entity_id_of(before.stream) == event.agent_id
        if isinstance(cause, AgentMrdStateChanged):
            assert cause.mrd == entity_id_of(record.stream)


def test_no_offer_follows_from_another_offer_or_from_another_router(caused: list[Caused]) -> None:
    found = [each for each in caused if isinstance(each[1], TaskOffered)]
    assert found
    for record, event, before, cause in found:
        assert not isinstance(cause, TaskOffered)
        assert before.stream == record.stream
        if isinstance(cause, TaskQueued):
            assert cause.task_id == event.task_id


def test_what_ends_a_task_is_about_its_conversation(caused: list[Caused]) -> None:
    found = [each for each in caused if isinstance(each[1], TaskCancelled | TaskClosed)]
    assert found
    for record, event, before, cause in found:
        if isinstance(cause, ItemRemoved):
            assert (cause.table, cause.name) == ("agents", entity_id_of(record.stream)), "a removed agent is logged out"
            continue
        assert event.conversation_id in (entity_id_of(before.stream), getattr(cause, "conversation_id", None))
        if isinstance(cause, AssistEnded):
            assert cause.task_id == event.task_id


def test_an_agent_who_is_lost_leaves_because_the_agents_own_task_was_closed(caused: list[Caused]) -> None:
    left = [each for each in caused if isinstance(each[1], AgentLeft) and isinstance(each[3], TaskClosed)]
    found = [each for each in left if each[1].reason in ("agent_logout", "connection_lost")]
    assert found
    for record, event, before, cause in found:
        assert (entity_id_of(before.stream), cause.conversation_id) == (event.agent_id, entity_id_of(record.stream))
    given_up = [each for each in caused if isinstance(each[3], TaskExpired)]
    for record, _, _, cause in given_up:
        assert cause.conversation_id == entity_id_of(record.stream)

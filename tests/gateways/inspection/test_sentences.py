"""Every event is described in one readable line."""

from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateways.inspection.clock import Clock
from gateways.inspection.events import inspected
from gateways.inspection.explanations.sentences import Lookups, sentence
from gateways.inspection.sentences import SENTENCES, sentence_of
from gateways.inspection.viewer import STRANGER, SUPERUSER
from schemas.events import REGISTRY, Event, TaskRequeued
from schemas.tasks import RequeueReason
from tests.gateways.inspection.test_masking import record_of
from tests.schemas.strategies import values_of


def test_every_event_type_has_a_sentence() -> None:
    assert set(SENTENCES) == set(REGISTRY.types)


@pytest.mark.parametrize("event_type", REGISTRY.types.values(), ids=lambda cls: cls.__name__)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_event_is_described_on_one_line_masked_or_not(event_type: type[Event], data: st.DataObject) -> None:
    event: Event = data.draw(values_of(event_type))
    record = record_of(event_type.__name__, REGISTRY.encode(event))
    for viewer in (SUPERUSER, STRANGER):
        summary = inspected(record, viewer).summary
        assert 0 < len(summary) <= 200
        assert not set("\r\n\t\u2028\u2029\x85") & set(summary)
        if event_type.__name__ != "TaskOffered":  # its sentence names a candidate, and an invented event may have none
            assert summary != event_type.__name__


def test_long_texts_and_texts_with_line_breaks_become_one_line() -> None:
    data = {
        "sender": {"type": "customer", "name": "Ada"},
        "content": {"type": "text", "text": "a\n\n b\r\n" + "c" * 4000},
    }
    described = sentence_of("MessagePosted", "conversation-1", data)
    assert described.startswith("customer Ada: a b ccc")
    assert described.endswith("c…")
    assert len(described) == 200


@pytest.mark.parametrize(
    ("type_", "data"),
    [("UnheardOf", {}), ("MessagePosted", "•••"), ("MessagePosted", {}), ("MessagePosted", None), ("TaskOffered", {})],
)
def test_an_event_of_unknown_type_or_data_is_described_by_its_type(type_: str, data: object) -> None:
    assert sentence_of(type_, "conversation-1", data) == type_


@pytest.mark.parametrize(
    ("type_", "stream", "data", "described"),
    [
        ("AgentJoined", "conversation-1", {"agent_id": "alice", "role": "monitor"}, "alice listens in silence"),
        ("TaskAccepted", "agent-alice", {"queue": "sales"}, "alice accepted the task of queue sales"),
        (
            "AgentMrdStateChanged",
            "agent-alice",
            {"mrd": "chat", "state": "busy", "previous": "active", "reason": None},
            "alice is busy in chat, was active",
        ),
        (
            "AttributesChanged",
            "conversation-1",
            {"attributes": "•••", "changed_by": {"type": "bot", "id": "g"}},
            "bot g changed the attributes •••",
        ),
        (
            "AttributesChanged",
            "conversation-1",
            {"attributes": {"a": 1, "b": 2}, "changed_by": {"type": "bot"}},
            "bot changed the attributes a, b",
        ),
        ("ItemConfigured", "configuration-centre", {"item": {"queues": {"sales": {}}}}, "queues.sales is configured"),
        ("QueueConfigured", "router-chat", {"name": "sales"}, "Queue sales of chat is configured"),
        (
            "WrapUpCompleted",
            "conversation-1",
            {"agent_id": "alice", "codes": ["sale"], "note": "•••", "reason": "timeout"},
            "alice completed the wrap-up with sale as its time was over, note: •••",
        ),
        ("ConversationRated", "conversation-1", {"score": 5, "comment": None}, "The customer rated the conversation 5"),
    ],
)
def test_events_have_the_expected_sentences(type_: str, stream: str, data: object, described: str) -> None:
    assert sentence_of(type_, stream, data) == described


@pytest.mark.parametrize(
    ("zone", "expires_at", "described"),
    [
        ("UTC", "2026-11-22T10:00:05.000000Z", "10:00:05 UTC"),
        ("Europe/Vienna", "2026-11-22T10:00:05.000000Z", "11:00:05 CET"),
        ("Europe/Vienna", "2026-11-22T23:30:00.000000Z", "2026-11-23 00:30:00 CET"),
        ("America/Sao_Paulo", "2026-11-22T10:00:05.000000Z", "07:00:05 UTC-03"),
    ],
)
def test_an_instant_in_a_sentence_is_by_the_clock_of_one_zone_which_it_names(
    zone: str, expires_at: str, described: str
) -> None:
    clock = Clock(ZoneInfo(zone), "2026-11-22T10:00:00.000000Z")
    assert sentence_of("WrapUpStarted", "agent-alice", {"expires_at": expires_at}, clock) == (
        f"alice wraps up until {described}"
    )


@pytest.mark.parametrize("reason", get_args(RequeueReason))
def test_every_reason_for_requeueing_is_explained(reason: RequeueReason) -> None:
    event = TaskRequeued(task_id="t", conversation_id="c", agent_id="alice", reason=reason)
    lookups = Lookups(name=str.capitalize, steps=lambda queue: None)
    assert sentence(event, lookups).startswith("Alice ")

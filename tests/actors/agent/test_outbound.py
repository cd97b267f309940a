"""Agents who start a conversation themselves."""

import pytest

from schemas.events import Event
from schemas.records import conversation_stream
from schemas.replies import RefusalCode, TaskReply
from tests.actors.agent.examples import (
    CONVERSATIONS,
    LOGGED_IN,
    LOGGED_OUT,
    LUNCH,
    MRDS,
    READY,
    assigned_directly,
    changed,
    closed,
    given,
    holding,
    logged_in,
    report,
    reserved,
    settings,
    start_outbound,
)

OUTBOUND = assigned_directly(0, "outbound")
FULL = (*holding(1), *holding(2))


def test_the_task_is_the_agents_at_once_and_takes_capacity() -> None:
    command = start_outbound(0)
    result = given(LOGGED_IN, READY).when(command).then(OUTBOUND, changed("active", "ready"))
    result.sends(report(True, 1), (conversation_stream(CONVERSATIONS[0]), command.start))
    result.answers(TaskReply(CONVERSATIONS[0], 3))


def test_an_agent_who_is_not_ready_may_write_to_customers() -> None:
    result = given(LOGGED_IN, LUNCH).when(start_outbound(0))
    result.then(OUTBOUND, changed("pending_not_ready", "not_ready", "lunch"))


def test_a_repetition_changes_nothing() -> None:
    result = given(LOGGED_IN, READY, OUTBOUND).when(start_outbound(0))
    result.nothing().answers(TaskReply(CONVERSATIONS[0], 3, replayed=True))


@pytest.mark.parametrize("events", [(), (LOGGED_IN, LOGGED_OUT)])
def test_an_agent_who_is_not_at_work_is_refused(events: tuple[Event, ...]) -> None:
    given(*events).when(start_outbound(0)).then().refuses(RefusalCode.LOGGED_OUT)


@pytest.mark.parametrize(
    "events", [FULL, (*holding(1), reserved(2)), holding(1, "callback")], ids=["full", "offered", "undisturbed"]
)
def test_an_agent_without_room_is_refused(events: tuple[Event, ...]) -> None:
    result = given(logged_in(settings(**MRDS)), READY, *events).when(start_outbound(0))
    result.then().refuses(RefusalCode.AGENT_UNAVAILABLE)


def test_an_agent_has_room_again_when_a_task_has_closed() -> None:
    result = given(LOGGED_IN, READY, *FULL, closed(1)).when(start_outbound(0))
    result.then(OUTBOUND, changed("busy", "active")).sends(report(True, 2), result.messages[-1])

"""Supervisors come into conversations, and the rights of supervisors, without HTTP."""

from typing import Literal

import pytest

from gateways.conversations.reading import find_conversation
from gateways.conversations.rights import (
    find_visible_conversation,
    is_leader,
    may_see,
    may_supervise,
    may_supervise_conversation,
    require_leader,
    require_supervised,
    require_supervised_conversation,
    require_visible,
)
from gateways.conversations.supervising import supervise
from gateways.services import Services
from schemas.events import AgentJoined
from schemas.identifiers import new_id
from schemas.replies import RefusalCode
from tests.gateways.calling import events, log_in, principal, refused, serve

pytestmark = pytest.mark.asyncio


async def test_a_supervisor_monitors_and_then_barges_in(services: Services) -> None:
    conversation_id = await serve(services)
    await log_in(services, "sue")
    sue = principal(services, "sue")
    modes: list[tuple[Literal["monitor", "barge_in", "take_over"], str]]
    modes = [("monitor", "monitor"), ("barge_in", "assistant"), ("take_over", "primary")]
    for mode, role in modes:
        await supervise(services, sue, conversation_id, mode)
        view = await find_conversation(services, conversation_id)
        assert view.agents["sue"].role == role
    joined = [event for event in events(services, conversation_id) if isinstance(event, AgentJoined)]
    assert [event.agent_id for event in joined] == ["alice", "sue"]


async def test_supervising_is_refused(services: Services) -> None:
    conversation_id = await serve(services)
    sue = principal(services, "sue")
    with refused(services, RefusalCode.LOGGED_OUT):
        await supervise(services, sue, conversation_id, "monitor")
    with refused(services, RefusalCode.NOT_FOUND):
        await supervise(services, sue, new_id(), "monitor")
    with refused(services, RefusalCode.ROLE_MISSING):
        await supervise(services, principal(services, "alice"), conversation_id, "monitor")


async def test_rights_of_a_supervisor(services: Services) -> None:
    """Sue supervises the team of Alice. Root belongs to no team."""
    sue, root, alice = (principal(services, name) for name in ("sue", "root", "alice"))
    assert [is_leader(who) for who in (sue, root, alice)] == [True, True, False]
    assert [may_supervise(services, who, "alice") for who in (sue, root, alice)] == [True, True, False]
    assert [may_supervise(services, who, "root") for who in (sue, root)] == [False, True]
    require_leader(sue)
    require_supervised(services, sue, "alice")
    with refused(services, RefusalCode.ROLE_MISSING):
        require_leader(alice)
    with refused(services, RefusalCode.NOT_SUPERVISED):
        require_supervised(services, sue, "root")
    with refused(services, RefusalCode.NOT_FOUND):
        require_supervised(services, sue, "nobody")


async def test_rights_in_a_conversation(services: Services) -> None:
    conversation_id = await serve(services)
    view = await find_conversation(services, conversation_id)
    sue, alice, bob = (principal(services, name) for name in ("sue", "alice", "bob"))
    assert [may_see(services, who, view) for who in (sue, alice, bob)] == [True, True, False]
    assert [may_supervise_conversation(services, who, view) for who in (sue, alice)] == [True, False]
    require_supervised_conversation(services, sue, view)
    require_visible(services, alice, view)
    assert (await find_visible_conversation(services, alice, conversation_id)) is view
    with refused(services, RefusalCode.NOT_PARTICIPANT):
        require_visible(services, bob, view)
    with refused(services, RefusalCode.NOT_PARTICIPANT):
        await find_visible_conversation(services, bob, conversation_id)
    with refused(services, RefusalCode.NOT_SUPERVISED):
        require_supervised_conversation(services, alice, view)

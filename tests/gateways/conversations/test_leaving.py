"""The end of an agent's part in a conversation, without HTTP."""

import pytest

from gateways.conversations.leaving import complete_wrap_up, end_by_agent, end_by_force, leave
from gateways.services import Services
from schemas.events import ConversationEnded, WrapUpCompleted
from schemas.identifiers import new_id
from schemas.replies import RefusalCode
from tests.gateways.calling import events, principal, refused, serve, start

pytestmark = pytest.mark.asyncio


async def test_the_agent_ends_the_conversation(services: Services) -> None:
    conversation_id = await serve(services)
    with refused(services, RefusalCode.NOT_PARTICIPANT):
        await end_by_agent(services, conversation_id, "bob")
    await end_by_agent(services, conversation_id, "alice")
    ended = next(event for event in events(services, conversation_id) if isinstance(event, ConversationEnded))
    assert (ended.reason, ended.ended_by.id) == ("agent_ended", "alice")


async def test_a_supervisor_ends_the_conversation_by_force(services: Services) -> None:
    conversation_id = await start(services)
    with refused(services, RefusalCode.ROLE_MISSING):
        await end_by_force(services, principal(services, "alice"), conversation_id)
    with refused(services, RefusalCode.NOT_FOUND):
        await end_by_force(services, principal(services, "sue"), new_id())
    await end_by_force(services, principal(services, "sue"), conversation_id)
    ended = events(services, conversation_id)[-1]
    assert isinstance(ended, ConversationEnded)
    assert (ended.reason, ended.ended_by.id) == ("force_closed", "sue")


async def test_the_last_agent_does_not_leave(services: Services) -> None:
    conversation_id = await serve(services)
    with refused(services, RefusalCode.LAST_AGENT):
        await leave(services, conversation_id, "alice")
    with refused(services, RefusalCode.NOT_PARTICIPANT):
        await leave(services, conversation_id, "bob")


async def test_the_agent_completes_the_wrap_up(services: Services) -> None:
    conversation_id = await serve(services)
    with refused(services, RefusalCode.INVALID_INPUT, "codes[1]"):
        await complete_wrap_up(services, conversation_id, "alice", ["sale", "nonsense"], None)
    with refused(services, RefusalCode.NO_WRAP_UP):
        await complete_wrap_up(services, conversation_id, "alice", ["sale"], "done")
    await end_by_agent(services, conversation_id, "alice")
    await complete_wrap_up(services, conversation_id, "alice", ["sale"], "done")
    completed = events(services, conversation_id)[-1]
    assert isinstance(completed, WrapUpCompleted)
    assert (completed.codes, completed.note) == (["sale"], "done")

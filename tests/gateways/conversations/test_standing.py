"""The standing of a conversation, and its transcript, without HTTP."""

import pytest

from gateways.conversations.handing_over import HandOverWish, assist
from gateways.conversations.posting import add_note
from gateways.conversations.reading import (
    find_conversation,
    find_open_conversation,
    find_participation,
    look_up_conversation,
    read_customer_records,
    read_events,
    read_records,
)
from gateways.conversations.requests import end_by_customer
from gateways.conversations.standing import read_standing
from gateways.conversations.supervising import supervise
from gateways.conversations.transcript import as_html, as_text, read_transcript
from gateways.services import Services
from projections import ConversationParticipant
from schemas.identifiers import new_id
from schemas.replies import RefusalCode
from tests.gateways.calling import log_in, principal, ready, refused, serve, start
from tests.gateways.centre import eventually

pytestmark = pytest.mark.asyncio


async def test_the_standing_while_the_customer_waits(services: Services) -> None:
    first, second = await start(services), await start(services)
    await eventually(lambda: services.queues.waiting("chat", "support") == 2)
    standing = await read_standing(services, second)
    assert (standing.status, standing.queue, standing.position) == ("waiting_for_agent", "support", 2)
    assert (await read_standing(services, first)).position == 1


async def test_the_standing_omits_agents_whom_the_customer_does_not_see(services: Services) -> None:
    conversation_id = await serve(services)
    await ready(services, "bob")
    await log_in(services, "sue")
    await supervise(services, principal(services, "sue"), conversation_id, "monitor")
    await assist(services, conversation_id, "alice", "consult", HandOverWish(agent="bob"))
    standing = await read_standing(services, conversation_id)
    assert standing.status == "with_agent"
    assert standing.participants[1:] == [ConversationParticipant("agent", "primary", "alice", "Alice")]
    assert (await find_participation(services, conversation_id, "sue")).role == "monitor"


async def test_a_conversation_is_read_from_the_view_and_from_the_journal(services: Services) -> None:
    conversation_id = await serve(services, text="Hello")
    await add_note(services, conversation_id, "alice", "noted")
    view = await find_open_conversation(services, conversation_id)
    assert view is await find_conversation(services, conversation_id)
    recorded = [record.type for record in await read_records(services, conversation_id)]
    assert "NoteAdded" in recorded
    assert "NoteAdded" in [event.type for event in await read_events(services, conversation_id)]
    assert "NoteAdded" not in [record.type for record in await read_customer_records(services, conversation_id)]


async def test_the_standing_of_an_unknown_conversation_is_refused(services: Services) -> None:
    assert await look_up_conversation(services, new_id()) is None
    for read in (find_conversation, find_open_conversation, read_standing, read_transcript):
        with refused(services, RefusalCode.NOT_FOUND):
            await read(services, new_id())


async def test_the_standing_of_an_ended_conversation(services: Services) -> None:
    conversation_id = await serve(services)
    with refused(services, RefusalCode.NOT_PARTICIPANT):
        await find_participation(services, conversation_id, "bob")
    await end_by_customer(services, conversation_id)
    assert (await read_standing(services, conversation_id)).status == "ended"
    with refused(services, RefusalCode.CONVERSATION_ENDED):
        await find_open_conversation(services, conversation_id)
    with refused(services, RefusalCode.CONVERSATION_ENDED):
        await find_participation(services, conversation_id, "alice")


async def test_the_transcript_holds_what_the_customer_may_know(services: Services) -> None:
    conversation_id = await serve(services, text="Hello <b>")
    await add_note(services, conversation_id, "alice", "noted")
    transcript = await read_transcript(services, conversation_id)
    assert [(entry.type, entry.text) for entry in transcript.entries][:2] == [
        ("event", "the conversation started"),
        ("message", "Hello <b>"),
    ]
    assert transcript.entries[1].sender.name == "Ada"
    assert "noted" not in as_text(transcript) + as_html(transcript)
    assert "Ada: Hello <b>" in as_text(transcript)
    assert "Hello &lt;b&gt;" in as_html(transcript)

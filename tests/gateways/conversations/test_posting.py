"""Posting into a conversation, without HTTP."""

from pathlib import Path

import pytest

from gateways.application.opening import open_services
from gateways.conversations.marking import change_attributes
from gateways.conversations.posting import add_note, post_agent_message, post_customer_message, whisper
from gateways.conversations.requests import end_by_customer
from gateways.conversations.senders import agent_sender
from gateways.conversations.supervising import supervise
from gateways.services import Services
from schemas.content import ImageContent, TextContent
from schemas.events import MessagePosted, NoteAdded
from schemas.identifiers import new_id
from schemas.posting import PostedImage, PostedText
from schemas.replies import RefusalCode
from tests.gateways.calling import events, log_in, principal, refused, serve, start, types
from tests.gateways.centre import centre_settings

pytestmark = pytest.mark.asyncio


async def test_a_customers_message(services: Services) -> None:
    conversation_id = await start(services)
    reply = await post_customer_message(services, conversation_id, PostedText("Hello"))
    posted = events(services, conversation_id)[-1]
    assert isinstance(posted, MessagePosted)
    assert (posted.message_id, posted.content) == (reply.message_id, TextContent("Hello"))
    assert (posted.sender.type, posted.sender.name) == ("customer", "Ada")


async def test_a_repeated_message_is_posted_once(services: Services) -> None:
    conversation_id, id_ = await start(services), new_id()
    replies = [await post_customer_message(services, conversation_id, PostedText("Hello"), id_) for _ in range(2)]
    assert [reply.replayed for reply in replies] == [False, True]
    assert types(services, conversation_id).count("MessagePosted") == 1
    with refused(services, RefusalCode.ID_CONFLICT):
        await post_customer_message(services, conversation_id, PostedText("Other"), id_)


async def test_a_picture_at_an_address(services: Services) -> None:
    conversation_id = await start(services)
    await post_customer_message(services, conversation_id, PostedImage(url="https://example.org/a.png"))
    posted = events(services, conversation_id)[-1]
    assert isinstance(posted, MessagePosted)
    assert posted.content == ImageContent(url="https://example.org/a.png")


async def test_a_customers_message_is_refused(services: Services) -> None:
    conversation_id = await start(services)
    with refused(services, RefusalCode.INVALID_INPUT, "content.attachment_id"):
        await post_customer_message(services, conversation_id, PostedImage(attachment_id=new_id()))
    with refused(services, RefusalCode.NOT_FOUND):
        await post_customer_message(services, new_id(), PostedText("Hello"))
    await end_by_customer(services, conversation_id)
    with refused(services, RefusalCode.CONVERSATION_ENDED):
        await post_customer_message(services, conversation_id, PostedText("Late"))


async def test_an_agents_message(services: Services) -> None:
    conversation_id = await serve(services)
    reply = await post_agent_message(services, conversation_id, "alice", PostedText("Hello"))
    posted = events(services, conversation_id)[-1]
    assert isinstance(posted, MessagePosted)
    assert (posted.message_id, posted.sender.type, posted.sender.id) == (reply.message_id, "agent", "alice")
    with refused(services, RefusalCode.NOT_PARTICIPANT):
        await post_agent_message(services, conversation_id, "bob", PostedText("Hello"))


async def test_a_note(services: Services) -> None:
    conversation_id = await serve(services)
    await add_note(services, conversation_id, "alice", "noted")
    noted = events(services, conversation_id)[-1]
    assert isinstance(noted, NoteAdded)
    assert noted.text == "noted"
    with refused(services, RefusalCode.NOT_PARTICIPANT):
        await add_note(services, conversation_id, "bob", "noted")


async def test_a_supervisor_who_monitors_whispers(services: Services) -> None:
    conversation_id = await serve(services)
    await log_in(services, "sue")
    sue = principal(services, "sue")
    with refused(services, RefusalCode.NOT_PARTICIPANT):
        await whisper(services, sue, conversation_id, "Offer the voucher")
    with refused(services, RefusalCode.ROLE_MISSING):
        await whisper(services, principal(services, "alice"), conversation_id, "Offer the voucher")
    await supervise(services, sue, conversation_id, "monitor")
    await whisper(services, sue, conversation_id, "Offer the voucher")
    assert types(services, conversation_id)[-1] == "WhisperPosted"


async def test_a_conversation_holds_only_so_much(tmp_path: Path, quick_passwords: None) -> None:
    settings = centre_settings(tmp_path, limits={"conversation_bytes": 64 * 1024})
    async with open_services(settings) as services:
        conversation_id = await serve(services)
        for _ in range(16):
            await post_customer_message(services, conversation_id, PostedText("x" * 4_090))
        with refused(services, RefusalCode.CONVERSATION_FULL):
            await post_customer_message(services, conversation_id, PostedText("one too many"))
        with refused(services, RefusalCode.CONVERSATION_FULL):
            await post_agent_message(services, conversation_id, "alice", PostedText("one too many"))
        with refused(services, RefusalCode.CONVERSATION_FULL):
            await change_attributes(services, conversation_id, agent_sender(services, "alice"), {"order": "4711"})
        other = await start(services)
        await post_customer_message(services, other, PostedText("Hello"))
        await end_by_customer(services, conversation_id)
        with refused(services, RefusalCode.CONVERSATION_ENDED):
            await post_customer_message(services, conversation_id, PostedText("Late"))

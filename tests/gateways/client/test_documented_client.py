"""The client in docs/clients plays a conversation, and its feeds outlive what interrupts them."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from config.demo import DEMO_PASSWORD
from docs.clients.hybridchat_client import Agent, Conversation, Json, ProblemError
from gateways.conversations.signals import customer_feed_owner
from tests.gateways.centre import PATIENCE, Centre, eventually, open_centre
from tests.gateways.client.scripted import scripted

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]


async def until(events: AsyncIterator[Json], type_: str) -> list[Json]:
    """The events up to the first of this type."""
    found = []
    async with asyncio.timeout(PATIENCE):
        async for event in events:
            found.append(event)
            if event["type"] == type_:
                break
    return found


async def log_in(centre: Centre) -> Agent:
    return await Agent.log_in(centre.http, centre.url, "alice", DEMO_PASSWORD)


async def test_a_customer_and_an_agent_talk_over_feeds_that_are_cut(centre: Centre) -> None:
    alice = await log_in(centre)
    offers = alice.events()
    await alice.go("ready")
    conversation = await Conversation.start(centre.http, centre.url, "web-direct", text="Hello")
    reserved = (await until(offers, "TaskReserved"))[-1]
    await alice.accept(reserved["data"]["task_id"])
    await until(offers, "AgentJoined")

    seen = conversation.events()
    before = await until(seen, "AgentJoined")
    centre.services.hub.close_owner(customer_feed_owner(conversation.id))
    await alice.post(conversation.id, "Good morning")
    await conversation.post("I have a question")
    after = [*await until(seen, "MessagePosted"), *await until(seen, "MessagePosted")]

    assert [event["type"] for event in before] == [
        "ConversationStarted",
        "MessagePosted",
        "AgentRequested",
        "AgentJoined",
    ]
    said = [event["data"]["content"]["text"] for event in after if event["type"] == "MessagePosted"]
    assert said == ["Good morning", "I have a question"]
    versions = [event["version"] for event in before + after if "version" in event]
    assert versions == sorted(set(versions)), "each event comes once"


async def test_feeds_and_calls_go_on_when_their_tokens_have_expired(tmp_path: Path) -> None:
    async with open_centre(tmp_path, authentication={"access_token_seconds": 2, "customer_token_seconds": 2}) as centre:
        alice = await log_in(centre)
        conversation = await Conversation.start(centre.http, centre.url, "web-direct")
        id_before = conversation.id
        offers, seen = alice.events(), conversation.events()
        await until(offers, "AgentLoggedIn")
        await until(seen, "AgentRequested")
        await eventually(lambda: centre.services.hub.listener_count == 0)
        await alice.go("ready")
        await conversation.post("Is anybody there?")
        assert conversation.id == id_before
        assert [event["type"] for event in await until(seen, "MessagePosted")][-1] == "MessagePosted"
        await until(offers, "TaskReserved")


async def test_a_feed_ends_with_the_session(centre: Centre) -> None:
    alice = await log_in(centre)
    events = alice.events()
    await until(events, "AgentLoggedIn")
    await alice.call("POST", "/agent/v1/logout")
    with pytest.raises(ProblemError, match="session_ended"):
        await until(events, "nothing of this name")


async def test_what_is_refused_says_why(centre: Centre) -> None:
    with pytest.raises(ProblemError) as refused:
        await Conversation.start(centre.http, centre.url, "web-direct", queue="no such queue")
    assert (refused.value.status, refused.value.code) == (422, "invalid_input")


async def test_a_call_is_repeated_while_the_server_is_away_or_busy() -> None:
    bodies = []

    async def answer(request: web.Request) -> web.StreamResponse:
        bodies.append(await request.text())
        match len(bodies):
            case 1:
                return web.Response(status=503, headers={"Retry-After": "0"})
            case 2:
                return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")
            case 3 if request.transport is not None:
                request.transport.abort()
        return web.json_response({"conversation_id": "c", "token": "t"}, status=201)

    async with scripted(answer) as server, ClientSession() as session:
        conversation = await Conversation.start(session, server.url, "web", text="Hello")
    assert conversation.id == "c"
    assert len(bodies) == 4
    assert len(set(bodies)) == 1, "the id stays, so that nothing is created twice"

"""Agents search in all messages of the conversations that they may read."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from actors.journal import Journal
from gateways.conversations.listing import ConversationFilter, list_conversations
from gateways.conversations.posting import add_note, post_customer_message
from gateways.conversations.requests import end_by_customer
from gateways.services import Services
from schemas.posting import PostedText
from schemas.replies import RefusalCode
from tests.gateways.calling import principal, refused, serve, start
from tests.gateways.centre import Centre, open_centre, projected
from tests.postgresql import PostgresqlServer

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture(params=["unprojected", "sqlite", "postgresql"])
async def searched(request: pytest.FixtureRequest, tmp_path: Path, quick_passwords: None) -> AsyncIterator[Services]:
    """A centre whose index is not built yet, and one with an index in each database."""
    reporting: dict[str, Any] = {"runner": "none" if request.param == "unprojected" else "thread"}
    if request.param == "postgresql":
        server: PostgresqlServer = request.getfixturevalue("postgresql_server")
        reporting["database_url"] = server.make_schema()
    async with open_centre(tmp_path, reporting=reporting) as opened:
        yield opened.services


async def found(services: Services, text: str, agent_id: str = "sue", **fields: Any) -> list[str]:
    wanted = ConversationFilter(text=text, **fields)
    page = await list_conversations(services, principal(services, agent_id), wanted, None, 10)
    assert page.next is None
    return [view.conversation_id for view in page.conversations]


async def indexed(services: Services) -> None:
    if services.settings.reporting.runner != "none":
        await projected(services)


async def post_messages(services: Services, conversation_id: str, *texts: str) -> None:
    for text in texts:
        await post_customer_message(services, conversation_id, PostedText(text))


async def test_every_message_is_searched_not_only_the_last(searched: Services) -> None:
    conversation_id = await start(searched, "web-direct", text="Wo ist meine Rechnung?")
    await post_messages(searched, conversation_id, "x" * 200 + " Gebühr", "Bitte", "Danke")
    await end_by_customer(searched, conversation_id)
    await start(searched, "web-direct", text="Etwas anderes")
    await indexed(searched)
    for text in ("rechnung", "GEBUHR", "Gebu\u0308hr danke", conversation_id):
        assert await found(searched, text) == [conversation_id]
    assert await found(searched, "rechnung", status="ended") == [conversation_id]
    assert await found(searched, "rechnung", status="with_agent") == []


async def test_notes_are_searched(searched: Services) -> None:
    conversation_id = await serve(searched)
    await add_note(searched, conversation_id, "alice", "Wants a refund")
    await indexed(searched)
    assert await found(searched, "refund", "alice") == [conversation_id]


async def test_what_was_just_written_is_found(searched: Services) -> None:
    conversation_id = await start(searched, "web-direct", text="first")
    await indexed(searched)
    await post_messages(searched, conversation_id, "second")
    assert await found(searched, "first second") == [conversation_id]


async def test_agents_find_only_what_they_may_read(searched: Services) -> None:
    other = await start(searched, text="My invoice")
    await end_by_customer(searched, other)
    mine = await serve(searched, text="My invoice")
    await indexed(searched)
    assert await found(searched, "invoice", "alice") == [mine]
    assert await found(searched, "invoice", "bob") == []
    assert await found(searched, "invoice", "sue") == [mine, other]


async def test_found_conversations_come_in_pages_newest_first(searched: Services) -> None:
    ids = [await start(searched, "web-direct", text="Hello") for _ in range(5)]
    await indexed(searched)
    ids.append(await start(searched, "web-direct", text="Hello"))
    sue, wanted = principal(searched, "sue"), ConversationFilter(text="hello")
    pages, after = list[list[str]](), None
    while True:
        page = await list_conversations(searched, sue, wanted, after, 2)
        pages.append([view.conversation_id for view in page.conversations])
        if (after := page.next) is None:
            break
    assert pages == [ids[:3:-1], ids[3:1:-1], ids[1::-1]]


async def test_a_conversation_that_is_no_longer_in_memory_is_found(
    searched: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation_id = await start(searched, text="Long ago", name="Åsa")
    monkeypatch.setattr(searched.conversations, "_keep_ended", 0)
    await end_by_customer(searched, conversation_id)
    assert searched.conversations.get(conversation_id) is None
    await indexed(searched)
    assert await found(searched, "asa ago") == [conversation_id]


async def test_signs_alone_find_nothing(services: Services) -> None:
    await start(services, text="?!")
    assert await found(services, "?!") == []
    with refused(services, RefusalCode.INVALID_INPUT, "q"):
        await found(services, "x" * 257)


async def test_a_search_does_not_hold_up_the_loop(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    """The journal is read on other threads: the loop turns while it is."""
    await start(centre.services, text="Hello")
    loop, turned = asyncio.get_running_loop(), asyncio.Event()
    own, read_all = threading.get_ident(), type(centre.services.journal).read_all

    def read_later(journal: Journal, *place: int) -> Any:
        if threading.get_ident() != own:  # the bots' consumer reads a page on the loop, too
            asyncio.run_coroutine_threadsafe(_set(turned), loop).result(10)
        return read_all(journal, *place)

    monkeypatch.setattr(type(centre.services.journal), "read_all", read_later)
    await found(centre.services, "hello")
    assert turned.is_set()


async def _set(event: asyncio.Event) -> None:
    event.set()

"""The widget while the server is killed with ``kill -9`` and started again on the same data and port."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Route, expect

from actors.journal import SqliteJournal
from schemas.events import REGISTRY, MessagePosted
from tests.browser.host_site import Visitor, open_host_site, open_visitor, widget_script
from tests.crash.crashing_server import CrashingServer

pytestmark = pytest.mark.asyncio(loop_scope="package")

STARTS = "**/customer/v1/conversations"
MESSAGES = "**/customer/v1/conversations/*/messages"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest_asyncio.fixture(loop_scope="package")
async def server(data_dir: Path) -> AsyncIterator[CrashingServer]:
    """The demo, whose bot answers every message."""
    server = CrashingServer(data_dir, data_dir.parent / "server.log")
    server.start()
    await asyncio.to_thread(server.wait_until_serving)
    yield server
    server.kill()


@pytest_asyncio.fixture(loop_scope="package")
async def visitor(users_browser: Browser, server: CrashingServer) -> AsyncIterator[Visitor]:
    async with open_host_site(server.url) as site:
        site.script = widget_script(server.url, channel="web")
        async with open_visitor(users_browser, site) as visitor:
            await visitor.come()
            await visitor.open()
            yield visitor


def restart(server: CrashingServer) -> None:
    server.kill()
    server.start()


async def killed_at_the_next(visitor: Visitor, server: CrashingServer, address: str, *, committed: bool) -> None:
    """Kills the server at the next such call: before it has come, or when it is committed and not answered yet."""

    async def kill(route: Route) -> None:
        if committed:
            await route.fetch()
        restart(server)
        await route.abort()

    await visitor.page.route(address, kill, times=1)


def recorded(data_dir: Path) -> list[tuple[str, str, str]]:
    """The stream, sender and text of all messages in the journal."""
    journal = SqliteJournal(data_dir / "journal.db", read_only=True)
    found: list[tuple[str, str, str]] = []
    for record in journal.read_all(0, 100_000):
        event = REGISTRY.decode(record)
        if isinstance(event, MessagePosted):
            content: Any = event.content
            found.append((record.stream, event.sender.type, content.text))
    journal.close()
    return found


async def test_messages_are_recorded_once_and_in_order_however_the_server_is_killed(
    server: CrashingServer, visitor: Visitor, data_dir: Path
) -> None:
    await killed_at_the_next(visitor, server, STARTS, committed=True)
    await visitor.write("message 0")
    await expect(visitor.answers).to_have_count(1)
    await killed_at_the_next(visitor, server, MESSAGES, committed=True)
    await visitor.write("message 1")
    await expect(visitor.answers).to_have_count(2)
    await killed_at_the_next(visitor, server, MESSAGES, committed=False)
    for number in range(2, 8):
        await visitor.write(f"message {number}")
    await expect(visitor.answers).to_have_count(8)
    await expect(visitor.sending).to_have_count(0)
    server.kill()

    messages = recorded(data_dir)
    assert len({stream for stream, _, _ in messages}) == 1
    assert [text for _, sender, text in messages if sender == "customer"] == [f"message {n}" for n in range(8)]
    assert len(messages) == 16
    assert await visitor.bubbles() == [text for _, _, text in messages]

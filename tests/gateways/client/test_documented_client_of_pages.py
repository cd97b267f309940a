"""The client for pages in docs/clients plays a conversation, and its feed goes on after it was cut."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from config.demo import DEMO_PASSWORD
from gateways.conversations.signals import customer_feed_owner
from tests.gateways.centre import PATIENCE, Centre
from tests.gateways.clients import Agent, text
from tests.node import node_program

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

_HERE = Path(__file__).parent
_CLIENT = _HERE.parents[2] / "docs" / "clients" / "client.js"


@pytest.fixture(scope="module")
def node_js() -> Path:
    """Node.js of the locked development dependencies."""
    return node_program()


@asynccontextmanager
async def conversing(node_js: Path, centre: Centre) -> AsyncIterator[asyncio.StreamReader]:
    """Runs the program, which ends by itself and well, and yields what it prints."""
    program = await asyncio.create_subprocess_exec(
        node_js, _HERE / "conversing.mjs", _CLIENT, centre.url, DEMO_PASSWORD, stdout=asyncio.subprocess.PIPE
    )
    assert program.stdout is not None
    try:
        yield program.stdout
        async with asyncio.timeout(PATIENCE):
            assert await program.wait() == 0
    finally:
        if program.returncode is None:
            program.kill()
            await program.wait()


async def until(lines: asyncio.StreamReader, type_: str) -> list[dict[str, Any]]:
    """What the program prints up to the first event of this type."""
    found: list[dict[str, Any]] = []
    async with asyncio.timeout(PATIENCE):
        while not found or found[-1]["type"] != type_:
            line = await lines.readline()
            assert line, "the program ended before"
            found.append(json.loads(line))
    return found


async def test_a_page_talks_over_a_feed_that_is_cut(centre: Centre, node_js: Path) -> None:
    async with conversing(node_js, centre) as lines:
        seen = await until(lines, "AgentJoined")
        conversation_id = seen[0]["conversation_id"]
        centre.services.hub.close_owner(customer_feed_owner(conversation_id))
        alice = await Agent.log_in(centre)
        (await alice.post(f"/agent/v1/conversations/{conversation_id}/messages", text("Good morning"))).of(201)
        seen += await until(lines, "invalid_input")

    said = [event["data"]["content"]["text"] for event in seen if event["type"] == "MessagePosted"]
    assert said == ["Hello", "Good morning", "I have a question"]
    versions = [event["version"] for event in seen if "version" in event]
    assert versions == sorted(set(versions)), "each event comes once"

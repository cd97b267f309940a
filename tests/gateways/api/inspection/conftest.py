"""The fixtures of the tests of inspection."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Caller
from tests.postgresql import PostgresqlServer

KEYS = {
    name: {"sha256": hashlib.sha256(name.encode()).hexdigest(), "scopes": scopes}
    for name, scopes in {
        "looks": ["inspect"],
        "sees": ["inspect", "personal"],
        "rules": ["admin"],
        "knows": ["personal"],
        "works": ["extern", "connector", "bot"],
    }.items()
}
"""The API keys; a caller authenticates with the key's name."""


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Centre]:
    async with open_centre(tmp_path, api_keys=KEYS) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def reporting(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Settings with which events are projected, into each database in turn."""
    if request.param == "sqlite":
        return {"runner": "thread"}
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    return {"runner": "thread", "database_url": server.make_schema()}


@pytest_asyncio.fixture
async def looker(centre: Centre) -> Caller:
    """A caller who may inspect and does not see personal data."""
    return Caller(centre, "looks")


@pytest_asyncio.fixture
async def seer(centre: Centre) -> Caller:
    """A caller who may inspect and sees personal data."""
    return Caller(centre, "sees")


@pytest_asyncio.fixture
async def sue(centre: Centre) -> Agent:
    """The supervisor Sue."""
    return await Agent.log_in(centre, "sue")

"""The fixtures of the tests of the reports: a centre with events, projected into each database in turn."""

import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.gateways.centre import Centre, open_centre, projected
from tests.gateways.clients import Agent, Caller, Customer
from tests.postgresql import PostgresqlServer

KEYS = {
    name: {"sha256": hashlib.sha256(name.encode()).hexdigest(), "scopes": scopes}
    for name, scopes in {
        "reads": ["reports"],
        "sees": ["reports", "personal"],
        "rules": ["admin"],
        "knows": ["personal", "inspect", "extern", "connector", "bot"],
    }.items()
}
"""The API keys; a caller authenticates with the key's name."""

CUSTOMERS: list[dict[str, Any]] = [
    {"name": '=HYPERLINK("https://example.org")', "email": "ada@example.org", "phone": "+44 20 7946 0958"},
    {"name": 'Grace "Amazing" Hopper, Rear Admiral', "id": "c-1906"},
    {"name": "Zoë\nline two \N{PILE OF POO}", "id": "@sum"},
]


@asynccontextmanager
async def open_played_centre(data_dir: Path, reporting: dict[str, Any]) -> AsyncIterator[Centre]:
    """A centre in which one conversation was handled, one was abandoned, one waits, and one is with a bot."""
    async with open_centre(data_dir, api_keys=KEYS, reporting=reporting) as opened:
        alice = await Agent.ready(opened)
        handled = await Customer.start(opened, customer=CUSTOMERS[0], text="Hello")
        await alice.accept_only_offer()
        await alice.write(handled, "Good morning")
        (await alice.end(handled)).of(200)
        await alice.go("not_ready", reason="lunch")
        (await (await Customer.start(opened, customer=CUSTOMERS[1])).end()).of(200)
        await Customer.start(opened, customer=CUSTOMERS[2])
        await Customer.start(opened, channel="web")
        await projected(opened.services)
        yield opened


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def reporting(request: pytest.FixtureRequest) -> Callable[[], dict[str, Any]]:
    """Makes settings for a new database of each kind in turn."""
    if request.param == "sqlite":
        return lambda: {"runner": "thread"}
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    return lambda: {"runner": "thread", "database_url": server.make_schema()}


@pytest_asyncio.fixture
async def centre(
    tmp_path: Path, quick_passwords: None, reporting: Callable[[], dict[str, Any]]
) -> AsyncIterator[Centre]:
    """Each test has its own centre."""
    async with open_played_centre(tmp_path, reporting()) as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def read_centre(
    tmp_path_factory: pytest.TempPathFactory, quick_passwords: None, reporting: Callable[[], dict[str, Any]]
) -> AsyncIterator[Centre]:
    """One centre for all tests of a module, which only read."""
    async with open_played_centre(tmp_path_factory.mktemp("centre"), reporting()) as opened:
        yield opened


@pytest_asyncio.fixture
async def reader(centre: Centre) -> Caller:
    """A caller who may read reports and does not see personal data."""
    return Caller(centre, "reads")

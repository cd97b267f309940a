"""The fixtures of the tests of the Extern API."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Caller

KEY = "crm-key"
OTHER_KEY = "erp-key"
ARCHIVE_KEY = "archive-key"
SMS_KEY = "sms-key"
KEYS = {
    name: {"sha256": hashlib.sha256(key.encode()).hexdigest(), "scopes": scopes}
    for name, key, scopes in (
        ("crm", KEY, ["extern"]),
        ("erp", OTHER_KEY, ["extern"]),
        ("archive", ARCHIVE_KEY, ["extern", "personal"]),
        ("sms", SMS_KEY, ["connector"]),
    )
}


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Centre]:
    """The demo's contact centre, applications that may use it, and a channel that carries messages to telephones."""
    channels = {"sms": {"queue": "support", "queues": ["sales"], "kind": "connector"}}
    async with open_centre(tmp_path, api_keys=KEYS, channels=channels) as opened:
        yield opened


@pytest_asyncio.fixture
async def crm(centre: Centre) -> Caller:
    return Caller(centre, KEY)


@pytest_asyncio.fixture
async def erp(centre: Centre) -> Caller:
    """Another application."""
    return Caller(centre, OTHER_KEY)


@pytest_asyncio.fixture
async def archive(centre: Centre) -> Caller:
    """An application that may see personal data."""
    return Caller(centre, ARCHIVE_KEY)


@pytest_asyncio.fixture
async def sms(centre: Centre) -> Caller:
    """The connector of the channel for telephones."""
    return Caller(centre, SMS_KEY)

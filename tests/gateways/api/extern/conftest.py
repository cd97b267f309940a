"""The fixtures of the tests of the Extern API."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Caller

KEY = "crm-key"
OTHER_KEY = "erp-key"
KEYS = {
    name: {"sha256": hashlib.sha256(key.encode()).hexdigest(), "scopes": ["extern"]}
    for name, key in (("crm", KEY), ("erp", OTHER_KEY))
}


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Centre]:
    """The demo's contact centre and an application that may use it."""
    async with open_centre(tmp_path, api_keys=KEYS) as opened:
        yield opened


@pytest_asyncio.fixture
async def crm(centre: Centre) -> Caller:
    return Caller(centre, KEY)


@pytest_asyncio.fixture
async def erp(centre: Centre) -> Caller:
    """Another application."""
    return Caller(centre, OTHER_KEY)

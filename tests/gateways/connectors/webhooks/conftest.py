"""Fixtures for the tests of webhooks."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio

from tests.gateways.centre import Centre, eventually, open_centre
from tests.gateways.clients import Caller
from tests.gateways.connectors.webhooks.receiver import Receiver, serve_receiver

SCOPES = {"crm": ["extern"], "bi": ["extern", "personal"], "ops": ["admin"]}
SECRET, FORMER_SECRET = f"whsec_{'A' * 44}", f"whsec_{'B' * 44}"
CENTRE: dict[str, Any] = {
    "webhook_delivery": {"allowed_private_networks": ["127.0.0.1"]},
    "api_keys": {
        name: {"sha256": hashlib.sha256(name.encode()).hexdigest(), "scopes": scopes} for name, scopes in SCOPES.items()
    },
    "teams": {"service": {"supervisors": ["sue"]}},
    "secrets": {"hook": SECRET, "former_hook": FORMER_SECRET},
}


async def begun(centre: Centre) -> None:
    """Waits until events are planned: those before that are sent to nobody."""
    await eventually(lambda: "webhooks" in centre.services.outbox.runners)
    await eventually(lambda: centre.services.outbox.cursor("webhooks") is not None)


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with serve_receiver() as served:
        yield served


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Centre]:
    """The contact centre of the demo, which may call this machine."""
    async with open_centre(tmp_path, **CENTRE) as opened:
        await begun(opened)
        yield opened


@pytest_asyncio.fixture
async def crm(centre: Centre) -> Caller:
    return Caller(centre, "crm")

"""What the tests of bad input start from."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.gateways.centre import open_centre, projected
from tests.gateways.http.scene import KEYS, Scene
from tests.gateways.openid.settings import openid_settings


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def scene(tmp_path_factory: pytest.TempPathFactory, quick_passwords: None) -> AsyncIterator[Scene]:
    """One for all tests of a module: what they do leaves no trace."""
    patient = {"support": {"mrd": "chat", "offer_timeout_seconds": 3600}}
    data_dir = tmp_path_factory.mktemp("centre")
    nobody_there = openid_settings("http://127.0.0.1:9")
    limits = {"failed_logins_per_minute": 0}
    others: dict[str, Any] = {
        "limits": limits,
        "openid": nobody_there,
        "api_keys": KEYS,
        "reporting": {"runner": "thread"},
    }
    async with open_centre(data_dir, queues=patient, **others) as centre:
        scene = await Scene.set(centre)
        await projected(centre.services)
        yield scene

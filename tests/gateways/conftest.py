"""What the tests of the gateways start from."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import argon2
import pytest
import pytest_asyncio
import uvloop

from tests.gateways.centre import Centre, open_centre


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The event loop of the server."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture(scope="session")
def quick_passwords() -> Iterator[None]:
    """Passwords hashed with hardly any effort."""
    with pytest.MonkeyPatch.context() as patch:
        quick = partial(argon2.PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr("gateways.accounts.argon2.PasswordHasher", quick)
        yield


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Centre]:
    """The demo's contact centre, without a bot that answers."""
    async with open_centre(tmp_path) as opened:
        yield opened

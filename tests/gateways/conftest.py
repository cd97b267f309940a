"""The fixtures of the tests of the gateways."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import argon2
import pytest
import pytest_asyncio
import uvloop

from gateways.application.opening import open_services
from gateways.services import Services
from tests.gateways.attachments.seaweed import ACCESS_KEY, SECRET_KEY, run_seaweed
from tests.gateways.centre import NO_BOT, Centre, centre_settings, open_centre, projected
from tests.gateways.identity.openid.settings import openid_settings
from tests.gateways.identity.signing import SECRET
from tests.gateways.scene import KEYS, SECRETS, Scene


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Runs the tests on the server's event loop."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture(scope="session")
def quick_passwords() -> Iterator[None]:
    """Hashes passwords with hardly any effort."""
    with pytest.MonkeyPatch.context() as patch:
        quick = partial(argon2.PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr("gateways.identity.accounts.argon2.PasswordHasher", quick)
        yield


@pytest.fixture(scope="session")
def seaweed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a store that speaks S3; the credentials for it are in the environment."""
    with pytest.MonkeyPatch.context() as patch, run_seaweed(tmp_path_factory.mktemp("seaweed")) as address:
        patch.setenv("AWS_ACCESS_KEY_ID", ACCESS_KEY)
        patch.setenv("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
        yield address


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Centre]:
    """The demo's contact centre, with a bot that does not answer."""
    async with open_centre(tmp_path) as opened:
        yield opened


@pytest_asyncio.fixture
async def services(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Services]:
    """The demo's contact centre without a server: what application logic is called with."""
    async with open_services(centre_settings(tmp_path)) as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def scene(tmp_path_factory: pytest.TempPathFactory, quick_passwords: None) -> AsyncIterator[Scene]:
    """One scene for all tests of a module, which leave no trace in it."""
    patient = {"support": {"mrd": "chat", "offer_timeout_seconds": 3600}}
    data_dir = tmp_path_factory.mktemp("centre")
    nobody_there = openid_settings("http://127.0.0.1:9")
    limits = {"failed_logins_per_minute": 0}
    others: dict[str, Any] = {
        "limits": limits,
        "openid": nobody_there,
        "api_keys": KEYS,
        "channels": {"sms": {"queue": "support", "kind": "connector"}},
        "webhooks": {"crm": {"url": f"{NO_BOT}/crm", "enabled": False}},
        "secrets": {"web_identity": SECRET, **SECRETS},
        "reporting": {"runner": "thread"},
    }
    async with open_centre(data_dir, queues=patient, **others) as centre:
        scene = await Scene.set(centre)
        await projected(centre.services)
        yield scene

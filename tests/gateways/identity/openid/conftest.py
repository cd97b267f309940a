"""Fixtures for the tests of logging in by OpenID."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.gateways.centre import Centre, open_centre
from tests.gateways.identity.openid.browser import Browser
from tests.gateways.identity.openid.real_provider import RealProvider, run_provider
from tests.gateways.identity.openid.settings import EMAILS, openid_settings


@pytest.fixture(scope="session")
def provider() -> Iterator[RealProvider]:
    with run_provider() as running:
        yield running


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None, provider: RealProvider) -> AsyncIterator[Centre]:
    """The contact centre of the demo, whose agents may also log in at the provider."""
    async with open_centre(tmp_path, openid=openid_settings(provider.issuer), agents=EMAILS) as opened:
        yield opened


@pytest.fixture
def browser(centre: Centre) -> Browser:
    return Browser(centre)

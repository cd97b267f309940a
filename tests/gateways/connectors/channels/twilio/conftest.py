"""Fixtures for the tests of Twilio."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import msgspec
import pytest
import pytest_asyncio

from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.pieces import MediaPiece
from schemas.configuration.connectors import TwilioSettings
from tests.gateways.connectors.channels.twilio.requests import SMS, URL, line_of
from tests.gateways.connectors.channels.twilio.stand_in import Receiver, StandInTwilio, serve_receiver, serve_twilio

LineTo = Callable[..., Line[TwilioSettings]]


class Files:
    """Attachments at addresses of an hour; none, if the server has no public address."""

    def __init__(self) -> None:
        self.public = True

    async def read(self, piece: MediaPiece) -> bytes:
        raise AssertionError("Twilio fetches files itself")

    def public_url(self, piece: MediaPiece) -> str | None:
        return f"https://chat.example.org/files/{piece.attachment_id}?until=1" if self.public else None


@pytest_asyncio.fixture
async def twilio() -> AsyncIterator[StandInTwilio]:
    async with serve_twilio() as served:
        yield served


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with serve_receiver() as served:
        yield served


@pytest_asyncio.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
def line_to(twilio: StandInTwilio, http: aiohttp.ClientSession, files: Files) -> LineTo:
    """A line to the stand-in, with these settings."""

    def line(settings: TwilioSettings = SMS, public_url: str | None = URL, **changes: Any) -> Line[TwilioSettings]:
        addresses = {"base_url": twilio.url, "messaging_url": twilio.url, "content_url": twilio.url}
        changed = msgspec.structs.replace(settings, **addresses, **changes)
        return line_of(changed, http=http, media=files, public_url=public_url)

    return line

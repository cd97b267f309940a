"""The texts of a conversation, found by its language and its channel."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio

from gateways.application.opening import open_services
from gateways.conversations.customer_texts import CustomerTexts, customer_texts
from gateways.conversations.reading import find_conversation
from gateways.services import Services
from tests.gateways.calling import start
from tests.gateways.centre import centre_settings

TEXTS = {"system": {"en": "Shop", "nl": "Winkel"}}


@pytest_asyncio.fixture
async def services(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Services]:
    channel = {"queue": "support", "language": "NL-be", "texts": TEXTS}
    async with open_services(centre_settings(tmp_path, channels={"web-direct": channel})) as opened:
        yield opened


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("language", "expected"), [(None, "Winkel"), ("fr-FR", "Winkel"), ("de", "System"), ("EN", "Shop")]
)
async def test_the_language_of_the_customer_comes_before_that_of_the_channel(
    services: Services, language: str | None, expected: str
) -> None:
    view = msgspec.structs.replace(await find_conversation(services, await start(services)), language=language)
    assert customer_texts(services, view).word("system") == expected


@pytest.mark.asyncio
async def test_a_channel_that_is_gone_has_no_words_of_its_own(services: Services) -> None:
    view = await find_conversation(services, await start(services))
    gone = msgspec.structs.replace(view, channel="gone", language="de")
    assert customer_texts(services, view).word("system") == "Winkel"
    assert customer_texts(services, gone).word("system") == "System"


@pytest.mark.parametrize(("language", "weekday"), [("de", "Donnerstag"), ("fr-ca", "jeudi"), ("sk", "Thursday")])
def test_an_instant_is_written_by_the_clock_of_its_zone(language: str, weekday: str) -> None:
    texts = CustomerTexts((language,), {"out_of_hours": {language: "{weekday} {year}-{month}-{day} {time} {zone}"}})
    written = texts.word_with_instant("out_of_hours", datetime(2026, 12, 30, 23, 5, tzinfo=UTC), "Europe/Vienna")
    assert written == f"{weekday} 2026-12-31 00:05 Europe/Vienna"

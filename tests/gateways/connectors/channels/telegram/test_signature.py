"""The secret with which Telegram calls."""

import aiohttp
import pytest

from config import Secrets
from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.exceptions import ForgedRequestError
from gateways.connectors.channels.telegram.signature import prove
from schemas.configuration.connectors import TelegramSettings
from tests.gateways.connectors.channels.telegram.lines import SECRET, KeptMedia, webhook_request

pytestmark = pytest.mark.asyncio


def _line(http: aiohttp.ClientSession, secrets: dict[str, str], **settings: str) -> Line[TelegramSettings]:
    return Line(
        channel="telegram",
        settings=TelegramSettings(token="telegram_token", **settings),  # type: ignore[arg-type]
        secrets=Secrets(secrets),
        http=http,
        media=KeptMedia(),
    )


async def test_the_secret_proves_the_request(line: Line[TelegramSettings]) -> None:
    prove(line, webhook_request(b"{}"))


@pytest.mark.parametrize("given", [None, "", SECRET[:-1], SECRET + "x", SECRET.upper(), "ü", "\udcff"])
async def test_anything_else_is_forged(line: Line[TelegramSettings], given: str | None) -> None:
    with pytest.raises(ForgedRequestError) as raised:
        prove(line, webhook_request(b"{}", given))
    assert SECRET not in str(raised.value)


async def test_nothing_is_proven_where_no_secret_is_configured(http: aiohttp.ClientSession) -> None:
    with pytest.raises(ForgedRequestError, match="no webhook_secret"):
        prove(_line(http, {}), webhook_request(b"{}", ""))
    with pytest.raises(ForgedRequestError, match=r"secrets\.gone is not set"):
        prove(_line(http, {}, webhook_secret="gone"), webhook_request(b"{}", ""))

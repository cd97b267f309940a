"""Customers' files from Telegram."""

import aiohttp
import pytest

from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.exceptions import NotReachedError, UnreadableRequestError
from gateways.connectors.channels.inbound import InboundFile, InboundMessage
from gateways.connectors.channels.telegram import TelegramConnector
from gateways.connectors.channels.telegram.inbound import read_update
from gateways.connectors.channels.telegram.media import MAX_DOWNLOAD
from schemas.configuration.connectors import TelegramSettings
from tests.gateways.connectors.channels.telegram.lines import line_to
from tests.gateways.connectors.channels.telegram.stand_in import TOKEN, StandInTelegram

pytestmark = pytest.mark.asyncio

_TELEGRAM = TelegramConnector()


def _file(telegram: StandInTelegram, content: bytes, file_size: int | None = None) -> InboundFile:
    [item] = read_update(telegram.message(document=telegram.file(content, file_size))).items
    assert isinstance(item, InboundMessage)
    assert isinstance(item.content, InboundFile)
    return item.content


async def _downloaded(line: Line[TelegramSettings], file: InboundFile) -> bytes:
    async with _TELEGRAM.download(line, file) as chunks:
        return b"".join([chunk async for chunk in chunks])


@pytest.mark.parametrize("content", [b"", b"bill", b"\xff" * 200_000])
async def test_a_file_comes_whole(telegram: StandInTelegram, line: Line[TelegramSettings], content: bytes) -> None:
    assert await _downloaded(line, _file(telegram, content)) == content


async def test_the_reference_of_a_file_holds_no_secret(telegram: StandInTelegram) -> None:
    assert TOKEN not in str(_file(telegram, b"bill"))


async def test_a_file_that_is_too_large_is_not_asked_for(
    telegram: StandInTelegram, line: Line[TelegramSettings]
) -> None:
    with pytest.raises(UnreadableRequestError, match="larger than 20 MB"):
        await _downloaded(line, _file(telegram, b"", MAX_DOWNLOAD + 1))
    assert telegram.calls == []


async def test_a_file_that_is_larger_than_it_claims_ends_at_the_limit(
    telegram: StandInTelegram, line: Line[TelegramSettings]
) -> None:
    file = _file(telegram, b"x" * (MAX_DOWNLOAD + 1), 5)
    with pytest.raises(UnreadableRequestError, match="file is too big"):
        await _downloaded(line, file)
    telegram.max_file = 2 * MAX_DOWNLOAD
    with pytest.raises(UnreadableRequestError, match="larger than 20 MB"):
        await _downloaded(line, file)


async def test_a_file_that_telegram_cannot_give_now_is_asked_for_again_later(
    telegram: StandInTelegram, line: Line[TelegramSettings], http: aiohttp.ClientSession
) -> None:
    file = _file(telegram, b"bill")
    telegram.refuse(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    telegram.refuse(429, "Too Many Requests: retry after 1", retry_after=1)
    telegram.refuse(401, "Unauthorized")
    telegram.answer_as_proxy(502)
    for words in ("temporarily", "Too Many", "Unauthorized", "502"):
        with pytest.raises(NotReachedError, match=words):
            await _downloaded(line, file)
    with pytest.raises(NotReachedError):
        await _downloaded(line_to("http://127.0.0.1:9", http), file)


async def test_a_file_that_is_gone_has_nothing_to_fetch(
    telegram: StandInTelegram, line: Line[TelegramSettings]
) -> None:
    file = _file(telegram, b"bill")
    telegram.refuse(400, "Bad Request: invalid file_id")
    with pytest.raises(UnreadableRequestError, match="invalid file_id"):
        await _downloaded(line, file)
    telegram.file_statuses += [404]
    with pytest.raises(UnreadableRequestError, match="any more"):
        await _downloaded(line, file)
    telegram.file_statuses += [503]
    with pytest.raises(NotReachedError, match="503"):
        await _downloaded(line, file)

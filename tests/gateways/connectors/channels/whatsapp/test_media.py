"""Files that customers send over WhatsApp."""

import hashlib
from base64 import b64encode

import pytest
from aiohttp import web

from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.exceptions import NotReachedError, UnreadableRequestError
from gateways.connectors.channels.inbound import InboundFile
from gateways.connectors.channels.whatsapp.connector import WhatsAppConnector
from schemas.configuration.connectors import WhatsAppSettings
from tests.gateways.connectors.channels.graph.stand_in import StandInGraph

_CONTENT = b"\xff\xd8\xff" + bytes(range(256)) * 1000
_DIGEST = hashlib.sha256(_CONTENT)


async def _fetch(line: Line[WhatsAppSettings], **reference: str) -> bytes:
    file = InboundFile(kind="image", reference=reference)
    async with WhatsAppConnector().download(line, file) as chunks:
        return b"".join([chunk async for chunk in chunks])


@pytest.mark.asyncio
@pytest.mark.parametrize("digest", [_DIGEST.hexdigest(), b64encode(_DIGEST.digest()).decode()])
async def test_a_file_is_fetched_and_its_digest_is_checked(
    graph: StandInGraph, line: Line[WhatsAppSettings], digest: str
) -> None:
    file_id = graph.add_file(_CONTENT, "image/jpeg")
    assert await _fetch(line, id=file_id, sha256=digest) == _CONTENT
    assert await _fetch(line, id=file_id) == _CONTENT


@pytest.mark.asyncio
async def test_a_file_with_another_digest_is_fetched_again(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    file_id = graph.add_file(_CONTENT + b"x", "image/jpeg")
    with pytest.raises(NotReachedError):
        await _fetch(line, id=file_id, sha256=_DIGEST.hexdigest())


@pytest.mark.asyncio
async def test_a_file_that_is_gone_is_not_fetched_again(line: Line[WhatsAppSettings]) -> None:
    with pytest.raises(UnreadableRequestError):
        await _fetch(line, id="404")


@pytest.mark.asyncio
async def test_a_file_elsewhere_is_not_fetched(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    """The token must not go there either."""
    file_id = graph.add_file(_CONTENT, "image/jpeg")
    graph.url = "http://127.0.0.1:9"
    with pytest.raises(UnreadableRequestError):
        await _fetch(line, id=file_id)


@pytest.mark.asyncio
async def test_without_access_the_file_is_tried_again(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    file_id = graph.add_file(_CONTENT, "image/jpeg")
    graph.tokens.clear()
    with pytest.raises(NotReachedError):
        await _fetch(line, id=file_id)


@pytest.mark.asyncio
async def test_a_file_that_goes_between_the_two_calls_is_gone(
    graph: StandInGraph, line: Line[WhatsAppSettings]
) -> None:
    file_id = graph.add_file(_CONTENT, "image/jpeg")
    graph.answers[f"/v25.0/{file_id}"] = web.json_response({"url": f"{graph.url}/whatsapp_business/attachments/?mid=9"})
    with pytest.raises(UnreadableRequestError):
        await _fetch(line, id=file_id)


@pytest.mark.asyncio
async def test_a_file_without_an_address_is_tried_again(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    graph.answers["/v25.0/1"] = web.json_response({"id": "1"})
    with pytest.raises(NotReachedError):
        await _fetch(line, id="1")


@pytest.mark.asyncio
async def test_an_address_that_never_came_is_asked_for_again(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    file_id = graph.add_file(_CONTENT, "image/jpeg")
    graph.silent.add(f"/v25.0/{file_id}")
    with pytest.raises(NotReachedError):
        await _fetch(line, id=file_id)
    graph.silent.clear()
    assert await _fetch(line, id=file_id) == _CONTENT

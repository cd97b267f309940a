"""Files that customers send over Messenger and Instagram."""

import pytest
from aiohttp import web

from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.exceptions import UnreadableRequestError
from gateways.connectors.channels.inbound import InboundFile
from gateways.connectors.channels.messenger.connector import MessengerConnector
from schemas.configuration.connectors import MessengerSettings
from tests.gateways.connectors.channels.graph.stand_in import StandInGraph

pytestmark = pytest.mark.asyncio


async def _fetch(page: Line[MessengerSettings], **reference: str) -> bytes:
    async with MessengerConnector().download(page, InboundFile(kind="image", reference=reference)) as chunks:
        return b"".join([chunk async for chunk in chunks])


async def test_a_file_is_fetched_without_the_token(graph: StandInGraph, page: Line[MessengerSettings]) -> None:
    file_id = graph.add_file(b"a photo", "image/jpeg")
    assert await _fetch(page, url=f"{graph.url}/cdn/{file_id}") == b"a photo"
    assert graph.seen_tokens == set()


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/photo.jpg", "https://files.example/photo.jpg", ""])
async def test_a_file_elsewhere_is_not_fetched(page: Line[MessengerSettings], url: str) -> None:
    with pytest.raises(UnreadableRequestError):
        await _fetch(page, url=url)


async def test_a_file_that_is_gone_is_not_fetched_again(graph: StandInGraph, page: Line[MessengerSettings]) -> None:
    with pytest.raises(UnreadableRequestError):
        await _fetch(page, url=f"{graph.url}/cdn/404")
    with pytest.raises(UnreadableRequestError):
        await _fetch(page)


async def test_an_address_may_lead_on_to_another_of_metas(graph: StandInGraph, page: Line[MessengerSettings]) -> None:
    file_id = graph.add_file(b"a photo", "image/jpeg")
    graph.answers["/moved"] = web.Response(status=302, headers={"Location": f"/cdn/{file_id}"})
    assert await _fetch(page, url=f"{graph.url}/moved") == b"a photo"


@pytest.mark.parametrize("location", ["http://127.0.0.1:9/photo.jpg", "http://169.254.169.254/latest/meta-data"])
async def test_an_address_may_not_lead_elsewhere(
    graph: StandInGraph, page: Line[MessengerSettings], location: str
) -> None:
    graph.answers["/moved"] = web.Response(status=302, headers={"Location": location})
    with pytest.raises(UnreadableRequestError):
        await _fetch(page, url=f"{graph.url}/moved")


async def test_an_address_may_not_lead_round_in_circles(graph: StandInGraph, page: Line[MessengerSettings]) -> None:
    graph.moved["/moved"] = "/moved"
    with pytest.raises(UnreadableRequestError):
        await _fetch(page, url=f"{graph.url}/moved")

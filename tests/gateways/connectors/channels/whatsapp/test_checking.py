"""What Meta says of a number, and how it gets the address of the webhook."""

import pytest
from aiohttp import web

from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.whatsapp.connector import WhatsAppConnector
from schemas.configuration.connectors import WhatsAppSettings
from tests.gateways.connectors.channels.graph.lines import line_of, serve_receiver
from tests.gateways.connectors.channels.graph.stand_in import StandInGraph
from tests.gateways.connectors.channels.whatsapp.payloads import NUMBER

_CONNECTOR = WhatsAppConnector()


@pytest.mark.asyncio
async def test_a_number_is_set_up_and_then_found_so(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    async with serve_receiver(graph, _CONNECTOR, line) as receiver:
        public = line_of(line.settings, line.http, public_url=receiver.url)
        assert [finding.status for finding in await _CONNECTOR.check(public)] == ["ok", "fault"]
        assert [finding.status for finding in await _CONNECTOR.set_up(public)] == ["ok", "warning"]
        findings = await _CONNECTOR.check(public)
    assert [finding.status for finding in findings] == ["ok", "ok"]
    assert "+1 555-0100, Tea House" in findings[0].words
    assert receiver.url in findings[1].words


@pytest.mark.asyncio
async def test_another_address_of_the_webhook_is_a_fault(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    graph.webhook_configuration = {"application": "https://former.example/hook"}
    findings = await _CONNECTOR.check(line_of(line.settings, line.http, public_url="https://chat.example/hook"))
    assert findings[1].status == "fault"
    assert "https://former.example/hook" in findings[1].words


@pytest.mark.asyncio
async def test_without_a_public_address_nothing_can_be_set_up(line: Line[WhatsAppSettings]) -> None:
    assert [finding.status for finding in await _CONNECTOR.check(line)] == ["ok", "warning"]
    assert [finding.status for finding in await _CONNECTOR.set_up(line)] == ["fault"]


@pytest.mark.asyncio
async def test_a_webhook_that_does_not_answer_is_not_set_up(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    other = StandInGraph(NUMBER)
    async with serve_receiver(other, _CONNECTOR, line) as receiver:
        public = line_of(line.settings, line.http, public_url=f"{receiver.url}/elsewhere")
        [finding] = await _CONNECTOR.set_up(public)
    assert finding.status == "fault"
    assert graph.webhook_configuration == {}


@pytest.mark.asyncio
async def test_a_token_that_is_not_valid_is_a_fault(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    graph.tokens.clear()
    [finding] = await _CONNECTOR.check(line)
    assert finding.status == "fault"
    assert "the access token is not valid any more (code 190)" in finding.words
    assert "EAAG" not in finding.words


@pytest.mark.asyncio
@pytest.mark.parametrize(("rating", "statuses"), [("GREEN", ["ok", "warning"]), ("RED", ["ok", "warning", "warning"])])
async def test_a_bad_rating_is_a_warning(
    graph: StandInGraph, line: Line[WhatsAppSettings], rating: str, statuses: list[str]
) -> None:
    graph.answers[f"/v25.0/{NUMBER}"] = web.json_response({"quality_rating": rating})
    assert [finding.status for finding in await _CONNECTOR.check(line)] == statuses

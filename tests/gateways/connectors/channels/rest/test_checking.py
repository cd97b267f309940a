"""A check says in words whether the connector and the server come together."""

import aiohttp
import pytest
from aiohttp import web

from gateways.connectors.channels.rest import RestConnector
from tests.gateways.connectors.channels.rest.stand_in import StandInConnector, line_to

pytestmark = pytest.mark.asyncio


async def test_a_connector_that_takes_calls_is_well(other_end: StandInConnector, http: aiohttp.ClientSession) -> None:
    assert await RestConnector().check(line_to(other_end.url, http)) == [("ok", "the connector takes signed calls")]
    assert other_end.calls == [{"type": "check"}]


async def test_a_connector_that_refuses_the_signature_is_at_fault(
    other_end: StandInConnector, http: aiohttp.ClientSession
) -> None:
    other_end.scripted.append(web.Response(status=401))
    (finding,) = await RestConnector().check(line_to(other_end.url, http))
    assert finding.status == "fault"
    assert "401" in finding.words


@pytest.mark.parametrize(
    ("secret", "words"), [("rest_signing", "cannot be reached"), ("rest_missing", "secrets.rest_missing is not set")]
)
async def test_a_call_that_cannot_be_made_is_a_fault(http: aiohttp.ClientSession, secret: str, words: str) -> None:
    (finding,) = await RestConnector().check(line_to("http://127.0.0.1:9", http, signing_secret=secret))
    assert finding.status == "fault"
    assert words in finding.words


async def test_what_is_left_to_do_is_a_warning(other_end: StandInConnector, http: aiohttp.ClientSession) -> None:
    line = line_to(other_end.url, http, public_url=None, former_signing_secret="rest_former")
    _, address, secret = await RestConnector().check(line)
    assert (address.status, secret.status) == ("warning", "warning")
    assert "public address" in address.words
    assert "former_signing_secret" in secret.words


async def test_setting_up_says_what_the_connector_needs(http: aiohttp.ClientSession) -> None:
    (finding,) = await RestConnector().set_up(line_to("http://127.0.0.1:9", http))
    assert "https://chat.example/connectors/v1/other" in finding.words
    assert "secrets.rest_signing" in finding.words
    assert "whsec_" not in finding.words
    (missing,) = await RestConnector().set_up(line_to("http://127.0.0.1:9", http, public_url=None))
    assert missing.status == "warning"

"""What Meta says of a page or an account, and how the app is subscribed to its messages."""

import pytest
from aiohttp import web

from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.messenger.connector import InstagramConnector, MessengerConnector
from schemas.configuration.connectors import InstagramSettings, MessengerSettings
from tests.gateways.connectors.channels.graph.lines import NAMES, line_of, serve_receiver
from tests.gateways.connectors.channels.graph.stand_in import APP_ID, APP_SECRET, StandInGraph
from tests.gateways.connectors.channels.messenger.payloads import PAGE

pytestmark = pytest.mark.asyncio

_MESSENGER = MessengerConnector()
_INSTAGRAM = InstagramConnector()


async def test_a_page_is_set_up_and_then_found_so(graph: StandInGraph, page: Line[MessengerSettings]) -> None:
    async with serve_receiver(graph, _MESSENGER, page) as receiver:
        public = line_of(page.settings, page.http, public_url=receiver.url)
        assert [finding.status for finding in await _MESSENGER.check(public)] == ["ok", "fault", "fault"]
        assert [finding.status for finding in await _MESSENGER.set_up(public)] == ["ok", "ok"]
        assert [finding.status for finding in await _MESSENGER.check(public)] == ["ok", "ok", "ok"]
    assert "messages" in graph.subscribed
    assert not any(APP_SECRET in path for _, path in graph.calls)


async def test_the_address_of_another_server_is_left_as_it_is(
    graph: StandInGraph, page: Line[MessengerSettings]
) -> None:
    former = {"object": "page", "callback_url": "https://former.example/hook"}
    graph.app_webhook = former
    findings = await _MESSENGER.set_up(line_of(page.settings, page.http, public_url="https://chat.example/hook"))
    assert [finding.status for finding in findings] == ["ok", "fault"]
    assert "https://former.example/hook" in findings[1].words
    assert graph.app_webhook == former


async def test_a_webhook_that_does_not_answer_is_not_set_up(graph: StandInGraph, page: Line[MessengerSettings]) -> None:
    async with serve_receiver(graph, _MESSENGER, page) as receiver:
        findings = await _MESSENGER.set_up(line_of(page.settings, page.http, public_url=f"{receiver.url}/elsewhere"))
    assert [finding.status for finding in findings] == ["ok", "fault"]
    assert graph.app_webhook is None


async def test_without_the_app_s_id_people_look_themselves(graph: StandInGraph, page: Line[MessengerSettings]) -> None:
    settings = MessengerSettings(page_id=PAGE, base_url=graph.url, **NAMES)
    line = line_of(settings, page.http, public_url="https://chat.example/hook")
    assert [finding.status for finding in await _MESSENGER.set_up(line)] == ["ok", "warning"]
    assert [finding.status for finding in await _MESSENGER.check(page)] == ["ok", "ok", "warning"]


async def test_the_token_of_another_page_is_a_fault(graph: StandInGraph, page: Line[MessengerSettings]) -> None:
    graph.tokens = dict.fromkeys(graph.tokens, "7")
    [finding] = await _MESSENGER.check(page)
    assert finding.status == "fault"
    assert f"is not that of the page {PAGE}, but of 7" in finding.words


async def test_a_token_that_is_not_valid_is_a_fault(graph: StandInGraph, page: Line[MessengerSettings]) -> None:
    graph.tokens.clear()
    for findings in (await _MESSENGER.check(page), await _MESSENGER.set_up(page)):
        [finding] = findings
        assert finding.status == "fault"
        assert "the access token is not valid any more (code 190)" in finding.words


async def test_a_part_of_the_subscription_may_be_missing(graph: StandInGraph, page: Line[MessengerSettings]) -> None:
    graph.subscribed = ["messages", "messaging_postbacks"]
    findings = await _MESSENGER.check(page)
    assert findings[1].status == "warning"
    assert "message_deliveries" in findings[1].words


async def test_an_account_on_instagram_is_subscribed(graph: StandInGraph, instagram: Line[InstagramSettings]) -> None:
    line = line_of(instagram.settings, instagram.http, public_url="https://chat.example/hook")
    assert [finding.status for finding in await _INSTAGRAM.set_up(line)] == ["ok", "warning"]
    assert graph.subscribed == ["messages", "messaging_postbacks", "messaging_seen", "message_reactions"]
    findings = await _INSTAGRAM.check(line)
    assert [finding.status for finding in findings] == ["ok", "ok", "warning"]
    assert "tea.house" in findings[0].words


async def test_what_meta_does_not_say_is_a_fault(graph: StandInGraph, page: Line[MessengerSettings]) -> None:
    line = line_of(page.settings, page.http, public_url="https://chat.example/hook")
    refused = {"error": {"code": 200, "message": "Requires pages_manage_metadata permission"}}
    graph.answers["/v25.0/me/subscribed_apps"] = web.json_response(refused, status=403)
    graph.answers[f"/v25.0/{APP_ID}/subscriptions"] = web.json_response(refused, status=403)
    findings = await _MESSENGER.check(line)
    assert [finding.status for finding in findings] == ["ok", "fault", "fault"]
    assert all("the access token has no permission for this (code 200)" in finding.words for finding in findings[1:])

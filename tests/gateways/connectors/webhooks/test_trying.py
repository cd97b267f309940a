"""An application has an example sent to its webhook, to see whether the receiver takes it."""

from typing import Any

import pytest
from aiohttp import web

from config.named_secrets import signing_key
from gateways.connectors.standard_webhooks import verify_signature
from tests.gateways.centre import NO_BOT, Centre
from tests.gateways.clients import Caller
from tests.gateways.connectors.webhooks.receiver import Receiver, answering

pytestmark = pytest.mark.asyncio

PATH = "/extern/v1/webhooks"


async def attempt(caller: Caller, url: str) -> dict[str, Any]:
    """A disabled webhook is tried before anything else is sent there."""
    made = (await caller.post(PATH, {"url": url, "enabled": False})).of(201)
    tried: dict[str, Any] = (await caller.post(f"{PATH}/{made['id']}/test")).of(200)
    return tried | {"secret": made["secret"], "id": made["id"]}


async def test_the_example_is_signed_and_stands_for_nothing_that_has_happened(
    centre: Centre, crm: Caller, receiver: Receiver
) -> None:
    receiver.behaviour = answering(200, "Thank you")
    tried = await attempt(crm, receiver.url)
    assert (tried["status"], tried["answer"], tried["failure"]) == (200, "Thank you", None)
    assert tried["seconds"] >= 0
    (call,) = receiver.calls
    timestamp = float(call.headers["webhook-timestamp"])
    event_id = verify_signature([signing_key(tried["secret"])], call.headers, call.body, timestamp)
    assert (call.event["id"], call.event["type"]) == (event_id, "WebhookTested")
    assert call.event["data"] == {"webhook": tried["id"]}
    assert "WebhookTested" not in centre.types("configuration-centre")


async def test_a_receiver_that_does_not_take_it_is_quoted(crm: Caller, receiver: Receiver) -> None:
    receiver.behaviour = answering(422, "é" * 2000)
    tried = await attempt(crm, receiver.url)
    assert tried["status"] == 422
    assert tried["answer"] == "é" * 512
    assert "only 2xx says that an event was taken" in tried["failure"]


async def test_a_redirect_is_not_followed(crm: Caller, receiver: Receiver) -> None:
    receiver.behaviour = answering(307, Location=receiver.url)
    tried = await attempt(crm, receiver.url)
    assert "redirects are not followed" in tried["failure"]
    assert len(receiver.calls) == 1


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (NO_BOT, "cannot be reached"),
        ("http://10.0.0.1/deep", "private or reserved"),
        ("http://nowhere.invalid/deep", "cannot be resolved"),
        ("http://127.0.0.1:99999/deep", "cannot be called"),
    ],
)
async def test_what_stands_in_the_way_is_said_in_words_without_the_address(crm: Caller, url: str, words: str) -> None:
    tried = await attempt(crm, url)
    assert words in tried["failure"]
    assert tried["status"] is None
    assert "deep" not in tried["failure"]


async def test_a_receiver_that_speaks_no_http_or_no_tls(crm: Caller, receiver: Receiver) -> None:
    async def breaks_off(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    assert "TLS" in (await attempt(crm, receiver.url.replace("http:", "https:")))["failure"]
    receiver.behaviour = breaks_off
    assert "broke off" in (await attempt(crm, receiver.url))["failure"]


async def test_without_a_secret_nothing_is_sent(centre: Centre, receiver: Receiver) -> None:
    ops = Caller(centre, "ops")
    made = (await ops.post(PATH, {"url": receiver.url})).of(201)
    centre.services.webhook_secrets.remove(made["id"])
    tried = (await ops.post(f"{PATH}/{made['id']}/test")).of(200)
    assert "has no secret" in tried["failure"]
    assert receiver.calls == []


async def test_an_application_tries_its_own_alone(centre: Centre, crm: Caller, receiver: Receiver) -> None:
    made = (await crm.post(PATH, {"url": receiver.url})).of(201)
    (await Caller(centre, "bi").post(f"{PATH}/{made['id']}/test")).problem(404, "not_found")
    assert receiver.calls == []

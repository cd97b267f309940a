"""The connector in docs/clients speaks the contract from the other end: three programs over sockets."""

import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest
import pytest_asyncio
from aiohttp import web

from docs.clients.rest_connector import Connector as DocumentedConnector
from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.exceptions import ForgedRequestError
from gateways.connectors.channels.inbound import InboundItem, InboundMessage, WebhookRequest
from gateways.connectors.channels.pieces import ContactPiece, LocationPiece, MediaPiece, Piece, TextPiece
from gateways.connectors.channels.rest import RestConnector
from schemas.configuration.connectors import RestSettings
from schemas.posting import PostedText
from tests.gateways.centre import eventually, open_centre
from tests.gateways.connectors.bots.bots import HASTY, replying, serve_bot
from tests.gateways.connectors.channels.rest.stand_in import CUSTOMER, SECRETS, line_to, piece_of, serve

pytestmark = pytest.mark.asyncio


class StandInToy:
    """The invented service: it knows one number, and keeps what it is sent."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.status = 200

    async def take(self, request: web.Request) -> web.Response:
        message = await request.json()
        if message["to"] != CUSTOMER.customer_id:
            return web.Response(status=404)
        if self.status != 200:
            return web.Response(status=self.status)
        self.messages.append(message)
        return web.json_response({"id": f"toy-{len(self.messages)}"})


class Parties:
    """The connector of the documentation between the invented service and a channel of this server."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self.http = http
        self.toy = StandInToy()
        self.received: list[InboundItem] = []
        self.line: Line[RestSettings] = line_to("http://127.0.0.1:9", http)
        self.url = ""

    async def open(self, stack: AsyncExitStack) -> None:
        centre, toy = web.Application(), web.Application()
        centre.router.add_post("/connectors/v1/other", self.take_webhook)
        toy.router.add_post("/send", self.toy.take)
        chat_url = f"{await stack.enter_async_context(serve(centre))}/connectors/v1/other"
        toy_url = f"{await stack.enter_async_context(serve(toy))}/send"
        connector = DocumentedConnector(self.http, chat_url, SECRETS.named("rest_signing"), toy_url)
        self.url = await stack.enter_async_context(serve(connector.application()))
        self.line = line_to(f"{self.url}/hybridchat", self.http, buttons=0)

    async def take_webhook(self, request: web.Request) -> web.Response:
        """What the gateway does with a request."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        read = WebhookRequest(
            method="POST",
            url=str(request.url),
            query=request.query_string,
            headers=headers,
            body=await request.read(),
        )
        try:
            received = RestConnector().receive(self.line, read)
        except ForgedRequestError:
            return web.Response(status=401)
        self.received += [item for inbound in received for item in inbound.items]
        answer = RestConnector().answer(self.line, read)
        return web.Response(status=answer.status, body=answer.body, content_type=answer.media_type)

    async def write(self, text: str) -> tuple[int, Any]:
        """A customer writes: Toy calls the connector."""
        message = {"id": "t-1", "from": CUSTOMER.customer_id, "text": text}
        async with self.http.post(f"{self.url}/toy", json=message) as answer:
            return answer.status, msgspec.json.decode(await answer.read() or b"null")


@pytest_asyncio.fixture
async def parties(http: aiohttp.ClientSession) -> AsyncIterator[Parties]:
    found = Parties(http)
    async with AsyncExitStack() as stack:
        await found.open(stack)
        yield found


async def test_what_a_customer_writes_comes_in(parties: Parties) -> None:
    assert await parties.write("Grüße 👋") == (200, {"taken": 1, "left_out": []})
    (message,) = parties.received
    assert isinstance(message, InboundMessage)
    assert (message.provider_id, message.customer.id, message.customer.phone) == ("t-1", "4711", "4711")
    assert message.content == PostedText("Grüße 👋")


async def test_what_cannot_be_taken_is_answered_to_the_sender(parties: Parties) -> None:
    status, heard = await parties.write("")
    assert (status, heard["taken"]) == (422, 0)
    assert parties.received == []


async def test_an_answer_goes_out_once_however_often_it_is_sent(parties: Parties) -> None:
    for _ in range(2):
        outcome = await RestConnector().send(parties.line, CUSTOMER, piece_of(TextPiece("Good morning")))
        assert (outcome.kind, outcome.provider_id) == ("delivered", "toy-1")
    assert parties.toy.messages == [{"to": "4711", "text": "Good morning"}]


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        (MediaPiece("image", url="https://a/b.png", caption="Look"), "Look\nhttps://a/b.png"),
        (ContactPiece("Bob", phone="+49"), "Bob\n+49"),
        (LocationPiece(52.5, 13.0), "https://www.openstreetmap.org/?mlat=52.5&mlon=13.0"),
    ],
)
async def test_every_piece_becomes_a_text(parties: Parties, piece: Piece, text: str) -> None:
    await RestConnector().send(parties.line, CUSTOMER, piece_of(piece))
    assert [message["text"] for message in parties.toy.messages] == [text]


async def test_the_failures_of_the_service_come_back(parties: Parties) -> None:
    stranger = type(CUSTOMER)(customer_id="0", conversation_id=CUSTOMER.conversation_id)
    refused = await RestConnector().send(parties.line, stranger, piece_of(TextPiece("Hello")))
    assert (refused.kind, refused.code) == ("recipient_refused", "unknown_number")
    parties.toy.status = 500
    later = await RestConnector().send(parties.line, CUSTOMER, piece_of(TextPiece("Hello")))
    assert (later.kind, later.retry_after) == ("try_again", 10.0)
    parties.toy.status = 200
    assert (await RestConnector().send(parties.line, CUSTOMER, piece_of(TextPiece("Hello")))).kind == "delivered"


async def test_only_the_two_ends_know_the_secret(parties: Parties) -> None:
    stranger = line_to(parties.line.settings.url, parties.http, signing_secret="rest_former")
    assert (await RestConnector().send(stranger, CUSTOMER, piece_of(TextPiece("Hello")))).kind == "configuration_fault"
    parties.line = stranger
    assert (await parties.write("Hello"))[0] == 401
    assert (parties.received, parties.toy.messages) == ([], [])


async def test_the_connector_passes_the_check(parties: Parties) -> None:
    assert [finding.status for finding in await RestConnector().check(parties.line)] == ["ok"]
    await RestConnector().show_typing(parties.line, CUSTOMER)
    assert parties.toy.messages == []


async def test_a_customer_of_the_service_talks_with_a_bot_in_a_running_server(
    tmp_path: Path, quick_passwords: None, http: aiohttp.ClientSession
) -> None:
    toy, service = StandInToy(), web.Application()
    service.router.add_post("/send", toy.take)
    async with AsyncExitStack() as stack:
        toy_url = f"{await stack.enter_async_context(serve(service))}/send"
        bot = await stack.enter_async_context(serve_bot())
        buttons = [{"title": "Tea", "payload": "/tea"}, {"title": "Cake", "payload": "/cake"}]
        bot.behaviour = replying({"text": "Which?", "buttons": buttons})
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/hybridchat"
        connector = {"type": "rest", "url": address, "signing_secret": "rest_signing", "buttons": 0}
        channel = {"kind": "connector", "queue": "support", "bot": "greeter", "connector": connector}
        secret = SECRETS.named("rest_signing")
        sections: dict[str, Any] = {"channels": {"other": channel}, "secrets": {"rest_signing": secret}}
        centre = await stack.enter_async_context(open_centre(tmp_path, bot.url, bots={"greeter": HASTY}, **sections))
        documented = DocumentedConnector(http, f"{centre.url}/connectors/v1/other", secret, toy_url)
        url = await stack.enter_async_context(serve(documented.application(), listening))
        for number, text in enumerate(("Hello", "2"), 1):
            async with http.post(f"{url}/toy", json={"id": f"t-{number}", "from": "4711", "text": text}) as answer:
                assert answer.status == 200
            await eventually(lambda: len(toy.messages) == number)  # noqa: B023
        assert toy.messages == [{"to": "4711", "text": "Which?\n1. Tea\n2. Cake"}] * 2
        assert bot.messages == ["Hello", "/cake"]

"""WhatsApp, Messenger and Instagram in a running server."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from gateways.conversations.starting import Start, start_conversation
from gateways.outbox.listing import list_deliveries
from schemas.actors import connector_actor
from schemas.events import Customer, ReceiptRecorded
from tests.examples import identifier
from tests.gateways.centre import Centre, eventually
from tests.gateways.clients import Agent
from tests.gateways.connectors.channels.graph.provider import (
    ACCOUNT,
    InstagramProvider,
    MessengerProvider,
    WhatsAppProvider,
)
from tests.gateways.connectors.channels.graph.stand_in import StandInGraph, serve_graph
from tests.gateways.connectors.channels.whole_path.provider import CHANNEL, Provider
from tests.gateways.connectors.channels.whole_path.suite import WholePath, events, started, written

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def graph() -> AsyncIterator[StandInGraph]:
    async with serve_graph(ACCOUNT) as served:
        yield served


class TestWhatsApp(WholePath):
    @pytest.fixture
    def provider(self, graph: StandInGraph) -> Provider:
        return WhatsAppProvider(graph)

    async def test_a_status_brings_out_what_became_of_a_message_whose_answer_was_lost(
        self, centre: Centre, url: str, provider: Provider
    ) -> None:
        customer = provider.customer(1)
        provider.lose_answers(1)
        await provider.write(url, customer, "m1", "Hello")
        await centre.recorded("ReceiptRecorded")
        await provider.report(url, customer, 0, "delivered")
        await centre.recorded("ReceiptRecorded", 2)
        lost, brought_out = events(centre, ReceiptRecorded)
        assert (lost.status, brought_out.status) == ("unknown", "delivered")
        assert lost.message_id == brought_out.message_id

    @pytest.mark.parametrize("known_as", ["16505551234", "+16505551234", "US.16505551234"])
    async def test_a_customer_goes_on_with_a_conversation_that_began_with_the_number(
        self, centre: Centre, graph: StandInGraph, url: str, known_as: str
    ) -> None:
        start = Start(
            channel=CHANNEL, request_digest="first", id=identifier(1), customer=Customer(id=known_as), text="Hello"
        )
        await start_conversation(centre.services, start, connector_actor(CHANNEL))
        graph.webhook_url = url
        said = graph.whatsapp_message(ACCOUNT, "16505551234", text={"body": "It is me again"})
        assert await graph.post(said) == [200]
        assert len(started(centre)) == 1
        assert written(centre) == ["Hello", "It is me again"]
        await eventually(lambda: [sent.customer for sent in graph.sent][-1:] == [known_as.removeprefix("+")])

    async def test_a_reaction_belongs_to_an_open_conversation_alone(
        self, centre: Centre, graph: StandInGraph, url: str, provider: Provider
    ) -> None:
        customer = provider.customer(1)
        graph.webhook_url = url
        reaction = {"message_id": "wamid.1", "emoji": "\N{HOT BEVERAGE}"}
        assert await graph.post(graph.whatsapp_message(ACCOUNT, customer, reaction=reaction)) == [200]
        assert started(centre) == []
        await provider.write(url, customer, "m1", "Hello")
        assert await graph.post(graph.whatsapp_message(ACCOUNT, customer, reaction=reaction)) == [200]
        assert written(centre) == ["Hello", "[reaction \N{HOT BEVERAGE}]"]

    async def test_a_window_that_is_closed_does_not_make_a_customer_unreachable(
        self, centre: Centre, provider: Provider
    ) -> None:
        alice = await Agent.on_shift(centre)
        said = {"type": "text", "text": "Your parcel is here"}
        outbound = {"channel": CHANNEL, "customer": {"id": provider.customer(1)}, "content": said}
        (await alice.post("/agent/v1/conversations", outbound)).of(201)
        await centre.recorded("ReceiptRecorded")
        (failed,) = events(centre, ReceiptRecorded)
        assert (failed.status, failed.code) == ("failed", "131047")
        outbox = centre.services.outbox
        await eventually(lambda: [each.state for each in list_deliveries(outbox)] == ["refused"])
        (view,) = centre.services.conversations
        assert "unreachable" not in view.attributes


class TestMessenger(WholePath):
    @pytest.fixture
    def provider(self, graph: StandInGraph) -> Provider:
        return MessengerProvider(graph)


class TestInstagram(WholePath):
    @pytest.fixture
    def provider(self, graph: StandInGraph) -> Provider:
        return InstagramProvider(graph)

"""WhatsApp, Messenger and Instagram in a running server."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from schemas.events import ReceiptRecorded
from tests.gateways.centre import Centre
from tests.gateways.connectors.channels.graph.provider import (
    ACCOUNT,
    InstagramProvider,
    MessengerProvider,
    WhatsAppProvider,
)
from tests.gateways.connectors.channels.graph.stand_in import StandInGraph, serve_graph
from tests.gateways.connectors.channels.whole_path.provider import Provider
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


class TestMessenger(WholePath):
    @pytest.fixture
    def provider(self, graph: StandInGraph) -> Provider:
        return MessengerProvider(graph)


class TestInstagram(WholePath):
    @pytest.fixture
    def provider(self, graph: StandInGraph) -> Provider:
        return InstagramProvider(graph)

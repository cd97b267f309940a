"""The signed webhook in a running server."""

import aiohttp
import pytest

from tests.gateways.centre import Centre, eventually
from tests.gateways.clients import Agent
from tests.gateways.connectors.channels.rest.provider import RestProvider
from tests.gateways.connectors.channels.rest.stand_in import StandInConnector
from tests.gateways.connectors.channels.whole_path.provider import CHANNEL, Provider
from tests.gateways.connectors.channels.whole_path.suite import WholePath

pytestmark = pytest.mark.asyncio


class TestTheWholePath(WholePath):
    @pytest.fixture
    def provider(self, other_end: StandInConnector, http: aiohttp.ClientSession) -> Provider:
        return RestProvider(other_end, http)

    async def test_an_agent_writes_to_a_customer_who_never_wrote(
        self, centre: Centre, provider: Provider, other_end: StandInConnector
    ) -> None:
        alice = await Agent.on_shift(centre)
        words = {"type": "text", "text": "Your parcel is here"}
        outbound = {"channel": CHANNEL, "customer": {"id": "never-heard"}, "content": words}
        started = (await alice.post("/agent/v1/conversations", outbound)).of(201)
        await eventually(lambda: provider.texts == [("never-heard", "Your parcel is here")])
        (call,) = other_end.calls
        assert (call["conversation_id"], call["message_id"]) == (started["conversation_id"], started["message_id"])
        assert call["sender"]["type"] == "agent"

"""The signed webhook in a running server."""

import aiohttp
import pytest

from tests.gateways.connectors.channels.rest.provider import RestProvider
from tests.gateways.connectors.channels.rest.stand_in import StandInConnector
from tests.gateways.connectors.channels.whole_path.provider import Provider
from tests.gateways.connectors.channels.whole_path.suite import WholePath

pytestmark = pytest.mark.asyncio


class TestTheWholePath(WholePath):
    @pytest.fixture
    def provider(self, other_end: StandInConnector, http: aiohttp.ClientSession) -> Provider:
        return RestProvider(other_end, http)

"""SMS and WhatsApp over Twilio in a running server."""

import pytest

from tests.gateways.connectors.channels.twilio.provider import TwilioProvider
from tests.gateways.connectors.channels.twilio.stand_in import StandInTwilio
from tests.gateways.connectors.channels.whole_path.provider import Provider
from tests.gateways.connectors.channels.whole_path.suite import WholePath

pytestmark = pytest.mark.asyncio


class TestSms(WholePath):
    @pytest.fixture
    def provider(self, twilio: StandInTwilio) -> Provider:
        return TwilioProvider(twilio)


class TestWhatsApp(WholePath):
    @pytest.fixture
    def provider(self, twilio: StandInTwilio) -> Provider:
        return TwilioProvider(twilio, "whatsapp:")

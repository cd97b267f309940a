"""SMS and WhatsApp over Twilio keep what every connector promises."""

from collections.abc import AsyncIterator
from functools import partial
from urllib.parse import urlencode

import msgspec
import pytest
import pytest_asyncio

from gateways.connectors.channels.connector import Recipient
from gateways.connectors.channels.twilio import TwilioConnector
from schemas.configuration.connectors import TwilioSettings
from tests.gateways.connectors.channels.conformance import ConnectorConformance, OtherEnd
from tests.gateways.connectors.channels.twilio.conftest import LineTo
from tests.gateways.connectors.channels.twilio.requests import (
    SECRETS,
    SENDER,
    SMS,
    TOKEN,
    URL,
    WHATSAPP,
    line_of,
    request_of,
    written,
)
from tests.gateways.connectors.channels.twilio.sending import CUSTOMER, ON_WHATSAPP
from tests.gateways.connectors.channels.twilio.stand_in import StandInTwilio, error

pytestmark = pytest.mark.asyncio


class TestSms(ConnectorConformance):
    @pytest_asyncio.fixture
    async def end(self, twilio: StandInTwilio, line_to: LineTo) -> AsyncIterator[OtherEnd]:
        yield _end(twilio, line_to, SMS, CUSTOMER, written())


class TestMms(ConnectorConformance):
    @pytest_asyncio.fixture
    async def end(self, twilio: StandInTwilio, line_to: LineTo) -> AsyncIterator[OtherEnd]:
        yield _end(twilio, line_to, msgspec.structs.replace(SMS, mms=True), CUSTOMER, written())


class TestWhatsApp(ConnectorConformance):
    @pytest_asyncio.fixture
    async def end(self, twilio: StandInTwilio, line_to: LineTo) -> AsyncIterator[OtherEnd]:
        fields = written(
            From="whatsapp:AT.1a2b",
            To=f"whatsapp:{SENDER}",
            ExternalUserId="AT.1a2b",
            ProfileName="Ada",
            WaId="43664123",
        )
        yield _end(twilio, line_to, WHATSAPP, ON_WHATSAPP, fields)


def _end(
    twilio: StandInTwilio, line_to: LineTo, settings: TwilioSettings, recipient: Recipient, fields: dict[str, str]
) -> OtherEnd:
    line, nobody = line_to(settings), "http://127.0.0.1:9"
    away = msgspec.structs.replace(line.settings, base_url=nobody, messaging_url=nobody, content_url=nobody)
    return OtherEnd(
        connector=TwilioConnector(),
        line=line,
        away=line_of(away, http=line.http, media=line.media, public_url=URL),
        recipient=recipient,
        message=urlencode(fields).encode(),
        signed=request_of,
        secrets=[TOKEN, SECRETS.named("twilio_shared_key")],
        seen=lambda: len(twilio.messages),
        be_busy=lambda: twilio.answers.append(error(429, 20429, "Too Many Requests")),
        lose_answer=partial(setattr, twilio, "losing", 1),
    )

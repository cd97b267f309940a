"""What docs/channels/twilio.md tells to write down is taken by this server."""

import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gateways.connectors.channels.pieces import CustomPiece
from gateways.connectors.channels.twilio import TwilioConnector
from gateways.connectors.channels.twilio.checking import check
from gateways.connectors.channels.twilio.faults import FAULTS
from gateways.connectors.channels.twilio.signature import RETRIES
from schemas.configuration import Channel
from schemas.configuration.connectors import TwilioSettings
from tests.gateways.connectors.channels.twilio.conftest import LineTo
from tests.gateways.connectors.channels.twilio.requests import WHATSAPP
from tests.gateways.connectors.channels.twilio.sending import ON_WHATSAPP, outbound
from tests.gateways.connectors.channels.twilio.stand_in import StandInTwilio

_GUIDE = (Path(__file__).parents[5] / "docs" / "channels" / "twilio.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^ *```{language}\n(.+?)\n *```$", _GUIDE, re.MULTILINE | re.DOTALL)


def test_the_channels_of_the_guide_are_taken() -> None:
    found = {name: channel for block in blocks("toml") for name, channel in tomllib.loads(block)["channels"].items()}
    assert set(found) == {"sms", "whatsapp"}
    sms, whatsapp, keys = (tomllib.loads(block)["channels"] for block in blocks("toml"))
    assert not settings_of(sms["sms"]).is_whatsapp
    assert settings_of(whatsapp["whatsapp"]).is_whatsapp
    with_keys = sms["sms"] | {"connector": sms["sms"]["connector"] | keys["sms"]["connector"]}
    assert settings_of(with_keys).signing_keys == {"webhooks_sharedkey_01": "twilio_shared_key"}


def settings_of(channel: dict[str, Any]) -> TwilioSettings:
    settings = msgspec.convert(channel, Channel).connector
    assert isinstance(settings, TwilioSettings)
    return settings


@pytest.mark.asyncio
async def test_the_template_of_the_guide_is_sent(twilio: StandInTwilio, line_to: LineTo) -> None:
    (block,) = blocks("json")
    payload = msgspec.json.decode(block)["payload"]
    sid = payload["content_sid"]
    twilio.contents[sid] = {"sid": sid, "friendly_name": "due", "types": {"twilio/text": {"body": "Due on {{1}}"}}}
    await TwilioConnector().send(line_to(WHATSAPP), ON_WHATSAPP, outbound(CustomPiece(payload)))
    assert twilio.messages[0].body == "Due on Monday"


@pytest.mark.asyncio
async def test_a_check_that_finds_nothing_wrong_is_as_in_the_guide(twilio: StandInTwilio, line_to: LineTo) -> None:
    twilio.numbers[0]["sms_url"] = "https://chat.example.org/connectors/v1/sms" + RETRIES
    words = "".join(f"       {finding.status}: {finding.words}\n" for finding in await check(line_to()))
    assert words in _GUIDE


def test_the_codes_of_the_guide_are_known() -> None:
    codes = set(re.findall(r"`([236][0-9]{4})`", _GUIDE))
    assert len(codes) > 8
    assert codes <= FAULTS.keys()
    assert f"`{RETRIES}`" in _GUIDE

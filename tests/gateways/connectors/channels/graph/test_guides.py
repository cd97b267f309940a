"""The guides to WhatsApp, Messenger and Instagram configure what there is, and quote what a check says."""

import re
import tomllib
from pathlib import Path

import aiohttp
import msgspec
import pytest

from gateways.connectors.channels.connector import Connector, Finding
from gateways.connectors.channels.messenger.connector import MessengerConnector
from gateways.connectors.channels.whatsapp.connector import WhatsAppConnector
from schemas.configuration.connectors import ChannelConnector, MessengerSettings, WhatsAppSettings
from schemas.configuration.connectors.graph import GraphSettings
from tests.gateways.connectors.channels.graph.lines import NAMES, line_of
from tests.gateways.connectors.channels.graph.stand_in import APP_ID, StandInGraph, serve_graph

_GUIDES = Path(__file__).parents[5] / "docs" / "channels"
_TOML = re.compile(r"^ *```toml\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
_ACCOUNT = "106540352242922"


@pytest.mark.parametrize(
    ("guide", "types"), [("whatsapp.md", ["whatsapp"]), ("messenger.md", ["messenger", "instagram"])]
)
def test_what_a_guide_configures_is_valid(guide: str, types: list[str]) -> None:
    tables = [tomllib.loads(block) for block in _TOML.findall((_GUIDES / guide).read_text(encoding="utf-8"))]
    connectors = [channel["connector"] for table in tables for channel in table["channels"].values()]
    assert [connector["type"] for connector in connectors] == types
    for connector in connectors:
        assert isinstance(msgspec.convert(connector, ChannelConnector), GraphSettings)


def _set_up(graph: StandInGraph, address: str) -> None:
    graph.webhook_configuration = {"phone_number": address}
    graph.app_webhook = {"object": "page", "callback_url": address}
    graph.subscribed = [
        "messages",
        "messaging_postbacks",
        "message_deliveries",
        "message_reads",
        "message_reactions",
    ]


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["whatsapp", "messenger"])
async def test_a_guide_quotes_what_a_check_says(name: str) -> None:
    address = f"https://chat.example.org/connectors/v1/{name}"
    findings: list[Finding] = []
    async with serve_graph(_ACCOUNT) as graph, aiohttp.ClientSession() as http:
        _set_up(graph, address)
        if name == "whatsapp":
            number: Connector[WhatsAppSettings] = WhatsAppConnector()
            settings = WhatsAppSettings(phone_number_id=_ACCOUNT, base_url=graph.url, **NAMES)
            findings = await number.check(line_of(settings, http, public_url=address))
        else:
            page: Connector[MessengerSettings] = MessengerConnector()
            of_page = MessengerSettings(page_id=_ACCOUNT, app_id=APP_ID, base_url=graph.url, **NAMES)
            findings = await page.check(line_of(of_page, http, public_url=address))
    quoted = "\n".join(f"       {finding.status}: {finding.words}" for finding in findings)
    assert f"\n{quoted}\n" in (_GUIDES / f"{name}.md").read_text(encoding="utf-8")

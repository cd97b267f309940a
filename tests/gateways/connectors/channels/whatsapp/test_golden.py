"""What goes out is what a client made by others sends for the same.

``golden.json`` holds what the stand-in got from pywa 4.5.0, without the fields that it left empty.
"""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.pieces import (
    ButtonsPiece,
    Choice,
    ContactPiece,
    CustomPiece,
    LocationPiece,
    MediaPiece,
    Piece,
    TextPiece,
)
from gateways.connectors.channels.whatsapp.connector import WhatsAppConnector
from schemas.configuration.connectors import WhatsAppSettings
from tests.gateways.connectors.channels.graph.lines import customer, out
from tests.gateways.connectors.channels.graph.stand_in import StandInGraph
from tests.gateways.connectors.channels.whatsapp.payloads import CUSTOMER, NUMBER, USER_ID

_GOLDEN: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "golden.json").read_text(encoding="utf-8"))
_CHOICES = [Choice(f"Choice {number}", f"AAAAAAAAAAAAAAAAAAAAAA:{number}") for number in range(4)]


def _link(name: str) -> str:
    return f"https://files.example/{name}"


_PIECES: dict[str, Piece] = {
    "text": TextPiece("Hello *you*"),
    "text to an id": TextPiece("Hello *you*"),
    "buttons": ButtonsPiece("Which?", _CHOICES[:3]),
    "list to an id": ButtonsPiece("Which?", _CHOICES),
    "image": MediaPiece("image", url=_link("a.png"), caption="A"),
    "audio": MediaPiece("audio", url=_link("a.ogg")),
    "video": MediaPiece("video", url=_link("a.mp4"), caption="A"),
    "document": MediaPiece("file", url=_link("a.pdf"), name="bill.pdf", caption="A"),
    "location": LocationPiece(52.5, 13.4, "Tea House", "Berlin"),
    "contact": ContactPiece("Ada Lovelace", "+442079460000", "ada@example.org", "Engines"),
    "uploaded image": MediaPiece("image", attachment_id="a-1", name="tree.png", media_type="image/png", caption="Tree"),
    "template": CustomPiece({"template": {"name": "hello_world", "language": {"code": "en_US"}}}),
}


@pytest.mark.asyncio
@pytest.mark.parametrize("name", _GOLDEN["messages"])
async def test_a_message_is_as_another_client_sends_it(
    graph: StandInGraph, line: Line[WhatsAppSettings], name: str
) -> None:
    expected = deepcopy(_GOLDEN["messages"][name])
    to = USER_ID if name.endswith("an id") else CUSTOMER
    graph.wrote(NUMBER, to)
    assert (await WhatsAppConnector().send(line, customer(to), out(_PIECES[name]))).kind == "delivered"
    body = graph.sent[0].body
    if name == "list to an id":
        # A title of the only section is asked of that client alone.
        expected["interactive"]["action"]["sections"][0].pop("title")
    if name == "uploaded image":
        expected["image"]["id"] = body["image"]["id"]
    assert body == expected


@pytest.mark.asyncio
async def test_reading_and_typing_are_as_another_client_shows_them(
    graph: StandInGraph, line: Line[WhatsAppSettings]
) -> None:
    await WhatsAppConnector().mark_read(line, customer(CUSTOMER, "wamid.7"))
    await WhatsAppConnector().show_typing(line, customer(CUSTOMER, "wamid.8"))
    assert graph.actions == [_GOLDEN["actions"]["read"], _GOLDEN["actions"]["typing"]]

"""The calls in docs/channels/rest.md are of the form that this server reads and writes."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gateways.connectors.channels.rest.inbound import read_events
from gateways.connectors.channels.rest.messages import Check, OutboundMessage, Read, Typing
from tests.gateways.connectors.test_standard_webhooks import BODY, GOLDEN

_GUIDE = (Path(__file__).parents[5] / "docs" / "channels" / "rest.md").read_text(encoding="utf-8")
_CALLS = re.compile(r"^```json\n(.+?)\n```$", re.MULTILINE | re.DOTALL)


def calls_below(title: str) -> list[str]:
    return _CALLS.findall(_GUIDE.partition(f"## {title}\n")[2].partition("\n## ")[0])


@pytest.mark.parametrize("call", calls_below("From your connector"))
def test_every_event_of_the_guide_is_taken(call: str) -> None:
    read = read_events(call.encode())
    assert len(read.items) == 1
    assert read.left_out == []


@pytest.mark.parametrize("call", calls_below("To your connector"))
def test_every_call_of_the_guide_is_as_it_is_made(call: str) -> None:
    given: dict[str, Any] = msgspec.json.decode(call)
    assert msgspec.to_builtins(msgspec.convert(given, OutboundMessage | Read | Typing | Check)) == given


def test_the_guide_has_all_events_and_calls() -> None:
    titles = ("From your connector", "To your connector")
    types = [[msgspec.json.decode(call)["type"] for call in calls_below(title)] for title in titles]
    assert types == [["message", "receipt", "typing", "contact"], ["message", "typing", "read", "check"]]


def test_the_signature_of_the_guide_is_that_of_the_libraries() -> None:
    assert [call.encode() for call in calls_below("The signature")] == [BODY]
    assert all(f"`{value}`" in _GUIDE for value in GOLDEN.values())

"""What a connector posts is proven to be its own, and read event by event."""

import time
from datetime import UTC, datetime
from typing import Any

import aiohttp
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.connectors.channels.exceptions import ForgedRequestError, UnreadableRequestError
from gateways.connectors.channels.inbound import (
    Inbound,
    InboundContact,
    InboundCustomer,
    InboundItem,
    InboundMessage,
    InboundReceipt,
    InboundTyping,
)
from gateways.connectors.channels.rest import RestConnector
from gateways.connectors.channels.rest.inbound import read_events
from schemas.posting import PostedImage, PostedText
from tests.gateways.connectors.channels.rest.stand_in import FORMER_KEY, KEY, MESSAGE, line_to, request_of

pytestmark = pytest.mark.asyncio

HELLO: dict[str, Any] = {
    "type": "message",
    "id": "m-1",
    "customer": {"id": "4711"},
    "content": {"type": "text", "text": "Hello"},
}
READ_HELLO = InboundMessage(provider_id="m-1", customer=InboundCustomer(id="4711"), content=PostedText("Hello"))


def read(*events: object) -> Inbound:
    return read_events(msgspec.json.encode({"events": events}))


@pytest.mark.parametrize(
    ("event", "item"),
    [
        (HELLO, READ_HELLO),
        (
            HELLO
            | {
                "customer": {"id": "4711", "name": "Ada", "phone": "+49 30 1", "language": "de-AT", "new": 1},
                "sent_at": "2026-12-01T12:00:00+01:00",
                "token": "AZOyoAAAcACAAAAAAAAAAQ:1",
            },
            InboundMessage(
                provider_id="m-1",
                customer=InboundCustomer(id="4711", name="Ada", phone="+49 30 1", language="de-AT"),
                content=PostedText("Hello"),
                sent_at=datetime(2026, 12, 1, 11, tzinfo=UTC),
                token="AZOyoAAAcACAAAAAAAAAAQ:1",
            ),
        ),
        (
            HELLO | {"content": {"type": "image", "url": "https://a/b.png"}},
            InboundMessage(
                provider_id="m-1", customer=InboundCustomer(id="4711"), content=PostedImage("https://a/b.png")
            ),
        ),
        (
            {"type": "receipt", "message_id": MESSAGE, "status": "read"},
            InboundReceipt(status="read", message_id=MESSAGE),
        ),
        (
            {
                "type": "receipt",
                "message_id": MESSAGE,
                "status": "failed",
                "code": "17",
                "detail": "gone",
                "recipient": True,
            },
            InboundReceipt(status="failed", message_id=MESSAGE, code="17", detail="gone", unreachable=True),
        ),
        ({"type": "typing", "customer_id": "4711"}, InboundTyping(customer_id="4711")),
        (
            {"type": "contact", "customer_id": "4711", "reachable": False, "reason": "opted out"},
            InboundContact(customer_id="4711", reachable=False, reason="opted out"),
        ),
    ],
)
async def test_each_event_is_read(event: dict[str, Any], item: InboundItem) -> None:
    assert read(event) == Inbound(items=[item])
    assert read_events(msgspec.json.encode(event)) == Inbound(items=[item])


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (7, "Expected `object`, got `int`"),
        ({}, "missing required field `type`"),
        ({"type": "order"}, "Invalid value 'order'"),
        ({"type": "o" * 1000}, "Invalid value"),
        (HELLO | {"id": ""}, "length >= 1"),
        (HELLO | {"id": "x" * 129}, "length <= 128"),
        (HELLO | {"customer": {}}, "missing required field `id`"),
        (HELLO | {"content": {"type": "buttons", "buttons": []}}, "Invalid value 'buttons'"),
        (HELLO | {"content": {"type": "text", "text": "\u200b"}}, "matching regex"),
        (HELLO | {"content": {"type": "image", "attachment_id": MESSAGE}}, "give a url"),
        (HELLO | {"content": {"type": "image"}}, "give either url or attachment_id"),
        (HELLO | {"sent_at": "2026-12-01T12:00:00"}, "timezone"),
        ({"type": "receipt", "message_id": "m-1", "status": "read"}, "message_id"),
        ({"type": "receipt", "message_id": MESSAGE, "status": "lost"}, "Invalid enum value 'lost'"),
        ({"type": "contact", "customer_id": "4711", "reachable": "no", "reason": "x"}, "Expected `bool`"),
    ],
)
async def test_an_event_against_the_contract_is_left_out_alone(event: object, reason: str) -> None:
    found = read(HELLO, event, HELLO)
    assert found.items == [READ_HELLO, READ_HELLO]
    (left_out,) = found.left_out
    assert left_out.startswith("events[1]: ")
    assert reason in left_out
    assert len(left_out) <= 200


@pytest.mark.parametrize(
    "body",
    [b"", b"7", b"[]", b"{", b'{"events": 7}', b'{"events": null}', b"\xff", b'{"a": ' + b"[" * 50_000],
)
async def test_a_body_without_events_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableRequestError, match="not an event or a list of events"):
        read_events(body)


async def test_too_many_events_at_once_are_refused_whole() -> None:
    assert len(read(*[HELLO] * 100).items) == 100
    with pytest.raises(UnreadableRequestError, match="at most 100"):
        read(*[HELLO] * 101)


@given(
    st.binary() | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(msgspec.json.encode),
    st.sampled_from([b'{"events": [%s]}', b'{"type": "message", "id": "1", "customer": {"id": "1"}, "content": %s}']),
)
async def test_any_body_is_read_or_unreadable(inner: bytes, frame: bytes) -> None:
    for body in (inner, frame.replace(b"%s", inner)):
        try:
            found = read_events(body)
        except UnreadableRequestError:
            continue
        assert isinstance(found, Inbound)


@pytest.mark.parametrize("key", [KEY, FORMER_KEY])
async def test_a_request_is_taken_that_is_signed_with_either_secret(http: aiohttp.ClientSession, key: bytes) -> None:
    line = line_to("http://127.0.0.1:9", http, former_signing_secret="rest_former")
    request = request_of(msgspec.json.encode(HELLO), time.time(), key)
    assert RestConnector().receive(line, request) == [Inbound(items=[READ_HELLO])]


@pytest.mark.parametrize(
    ("changed", "settings"),
    [
        ({"id": "call-2"}, {}),
        ({"signature": "v1,a,b garbage"}, {}),
        ({"timestamp": "1"}, {}),
        ({}, {"signing_secret": "rest_former"}),
        ({}, {"signing_secret": "rest_missing"}),
        ({}, {"signing_secret": "rest_malformed"}),
        ({}, {"former_signing_secret": "rest_missing"}),
    ],
)
async def test_a_request_that_is_not_proven_is_forged(
    http: aiohttp.ClientSession, changed: dict[str, Any], settings: dict[str, Any]
) -> None:
    line = line_to("http://127.0.0.1:9", http, **settings)
    with pytest.raises(ForgedRequestError):
        RestConnector().receive(line, request_of(msgspec.json.encode(HELLO), time.time(), **changed))


@pytest.mark.parametrize(
    ("events", "status", "taken", "left_out"),
    [([HELLO], 200, 1, 0), ([HELLO, {}], 200, 1, 1), ([{}], 422, 0, 1), ([], 200, 0, 0)],
)
async def test_the_connector_hears_what_was_taken_and_what_was_left_out(
    http: aiohttp.ClientSession, events: list[object], status: int, taken: int, left_out: int
) -> None:
    body = msgspec.json.encode({"events": events})
    answer = RestConnector().answer(line_to("http://127.0.0.1:9", http), request_of(body, time.time()))
    heard = msgspec.json.decode(answer.body)
    assert (answer.status, answer.media_type) == (status, "application/json")
    assert (heard["taken"], len(heard["left_out"])) == (taken, left_out)

"""What somebody may do who knows the address that a provider calls, and none of its secrets: nothing is stored, nothing
breaks, and the provider itself is served meanwhile."""

import asyncio
import gc
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple, get_args

import aiohttp
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from yarl import URL

from gateways.outbox.listing import list_deliveries
from schemas.configuration.connectors import ChannelConnector
from schemas.events import ConversationStarted
from tests.gateways.centre import Centre, eventually, open_centre
from tests.gateways.connectors.channels.graph.provider import (
    ACCOUNT,
    InstagramProvider,
    MessengerProvider,
    WhatsAppProvider,
)
from tests.gateways.connectors.channels.graph.stand_in import serve_graph
from tests.gateways.connectors.channels.rest.provider import RestProvider
from tests.gateways.connectors.channels.rest.stand_in import serve_connector
from tests.gateways.connectors.channels.telegram.provider import TelegramProvider
from tests.gateways.connectors.channels.telegram.stand_in import serve_telegram
from tests.gateways.connectors.channels.twilio.provider import TwilioProvider
from tests.gateways.connectors.channels.twilio.stand_in import serve_twilio
from tests.gateways.connectors.channels.whole_path.provider import Provider
from tests.gateways.raw_connection import RawConnection, open_connection

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

KINDS = ("rest", "telegram", "twilio", "whatsapp", "messenger", "instagram")
STRANGER = "127.0.0.2"
FORGERIES = 1_000
AT_ONCE = 20
ALLOWED = 30
MB = 1_000_000


@asynccontextmanager
async def every_provider() -> AsyncIterator[dict[str, Provider]]:
    """A provider of each kind, by the name of its channel, which is that of the kind."""
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession())
        graphs = [await stack.enter_async_context(serve_graph(ACCOUNT)) for _ in range(3)]
        yield {
            "rest": RestProvider(await stack.enter_async_context(serve_connector()), http),
            "telegram": TelegramProvider(await stack.enter_async_context(serve_telegram()), http),
            "twilio": TwilioProvider(await stack.enter_async_context(serve_twilio())),
            "whatsapp": WhatsAppProvider(graphs[0]),
            "messenger": MessengerProvider(graphs[1]),
            "instagram": InstagramProvider(graphs[2]),
        }


@asynccontextmanager
async def open_for(data_dir: Path, providers: dict[str, Provider], **sections: Any) -> AsyncIterator[Centre]:
    channels = {
        name: {"kind": "connector", "queue": "support", "connector": provider.connector}
        for name, provider in providers.items()
    }
    known: dict[str, str] = {}
    for provider in providers.values():
        known |= provider.secrets
    async with open_centre(data_dir, channels=channels, secrets=known, **sections) as centre:
        yield centre


@pytest_asyncio.fixture
async def providers() -> AsyncIterator[dict[str, Provider]]:
    async with every_provider() as opened:
        yield opened


@pytest_asyncio.fixture
async def centre(tmp_path: Path, providers: dict[str, Provider]) -> AsyncIterator[Centre]:
    async with open_for(tmp_path, providers) as opened:
        yield opened


def address(centre: Centre, kind: str) -> str:
    return f"{centre.url}/connectors/v1/{kind}"


def assert_nothing_is_kept(centre: Centre) -> None:
    services = centre.services
    assert services.hub.position == centre.opened_at
    assert list_deliveries(services.outbox) == []
    assert services.unfinished_bodies.held == 0
    assert services.waiting_requests.count == 0


async def test_every_kind_of_connector_is_tried() -> None:
    assert {kind.__struct_config__.tag for kind in get_args(ChannelConnector)} == set(KINDS)


class Stray(NamedTuple):
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes


_HEADERS = (
    "X-Hub-Signature-256",
    "X-Twilio-Signature",
    "X-Telegram-Bot-Api-Secret-Token",
    "webhook-id",
    "webhook-timestamp",
    "webhook-signature",
    "Content-Type",
    "I-Twilio-Idempotency-Token",
)
_values = st.one_of(
    st.sampled_from(("", "0", "sha256=", "sha256=" + "0" * 64, "v1,", "v1,AAAA v1a,=", "1" * 400, "1e9", "=" * 28)),
    st.sampled_from(("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=40).map(str.strip),
)
_queries = st.one_of(
    st.text("abhu.%&=+;/:[]{}0123456789", max_size=60),
    st.sampled_from(
        (
            "hub.mode=subscribe",
            "hub.mode=subscribe&hub.verify_token=%ff&hub.challenge=1",
            "hub.mode=subscribe&hub.verify_token=&hub.challenge=1",
            "hub.mode=subscribe&hub.mode=subscribe&hub.verify_token=x&hub.challenge=" + "9" * 4_000,
            "bodySHA256=" + "0" * 64,
        )
    ),
)
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("object", "entry", "changes", "message", "update_id", "type", "id")), inner)
    ),
    max_leaves=8,
)
_bodies = st.one_of(
    st.binary(max_size=200),
    _json.map(lambda value: repr(value).replace("'", '"').encode("utf-8", "replace")),
    st.sampled_from((b"[" * 5_000, b'{"a":' * 5_000, b"a=" + b"%" * 500, b"&" * 2_000, b"\xff" * 300, b"1" * 5_000)),
)
_strays = st.builds(
    Stray,
    method=st.sampled_from(("POST", "POST", "POST", "GET")),
    path=st.sampled_from((*KINDS, "nowhere", "%00", "rest/files/x", "twilio/files/" + "A" * 200)),
    query=_queries,
    headers=st.dictionaries(st.sampled_from(_HEADERS), _values, max_size=5),
    body=_bodies,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(strays=st.lists(_strays, min_size=10, max_size=20))
async def test_whatever_a_stranger_sends_is_refused_and_nothing_is_stored(centre: Centre, strays: list[Stray]) -> None:
    for stray in strays:
        url = URL(f"{centre.url}/connectors/v1/{stray.path}?{stray.query}", encoded=True)
        body = None if stray.method == "GET" else stray.body
        async with centre.http.request(stray.method, url, headers=stray.headers, data=body) as answer:
            assert 400 <= answer.status < 500, (answer.status, stray)
    assert_nothing_is_kept(centre)


@pytest.mark.parametrize("kind", KINDS)
class TestBodies:
    async def test_a_huge_body_is_refused_before_it_has_come(self, centre: Centre, kind: str) -> None:
        async with open_connection(centre) as connection:
            await connection.send(head(kind, f"Content-Length: {100 * MB}"))
            assert (await connection.answer())[0] == 413
        await eventually(lambda: not centre.calls)
        assert_nothing_is_kept(centre)

    async def test_a_huge_body_of_unknown_length_is_refused_on_the_way(self, centre: Centre, kind: str) -> None:
        sent = Streamed()
        async with open_connection(centre) as connection:
            await connection.send(head(kind, "Transfer-Encoding: chunked"))
            streaming = asyncio.create_task(sent.stream(connection, 100 * MB))
            status, _ = await connection.head()
            streaming.cancel()
            await asyncio.wait([streaming])
        assert status == 413
        assert sent.bytes < 20 * MB
        await eventually(lambda: not centre.calls)
        assert_nothing_is_kept(centre)


async def test_a_body_that_does_not_come_is_not_waited_for(tmp_path: Path, providers: dict[str, Provider]) -> None:
    hurry = {"head_seconds": 0.2, "body_seconds": 0.2, "unread_seconds": 0.2, "min_bytes_per_second": MB}
    async with open_for(tmp_path, providers, connections=hurry) as centre:
        for kind in KINDS:
            async with open_connection(centre) as connection:
                await connection.send(head(kind, "Content-Length: 100") + b"{")
                await connection.refusal(408, "request_timeout")
        await eventually(lambda: not centre.calls)
        assert_nothing_is_kept(centre)


async def test_many_forged_requests_leave_nothing_behind_and_the_provider_is_served_meanwhile(
    centre: Centre, providers: dict[str, Provider]
) -> None:
    async with stranger() as http:
        await forge(centre, http, FORGERIES // 5)
        assert_nothing_is_kept(centre)
        before = count_objects()
        await forge(centre, http, FORGERIES)
        assert count_objects() - before < FORGERIES // 2
        assert_nothing_is_kept(centre)
        forging = asyncio.create_task(forge(centre, http, AT_ONCE * len(KINDS)))
        for kind, provider in providers.items():
            assert await provider.write(address(centre, kind), provider.customer(1), "m1", "Hello") in (200, 204)
        await forging
    assert started_on(centre) == set(KINDS)


@pytest.mark.parametrize("source", [STRANGER, "127.0.0.1"], ids=["another_address", "the_provider's_address"])
async def test_the_provider_is_not_shut_out_by_what_others_forge(
    tmp_path: Path, providers: dict[str, Provider], source: str
) -> None:
    async with (
        open_for(tmp_path, providers, limits={"address_per_minute": ALLOWED}) as centre,
        stranger(source) as http,
    ):
        statuses = await forge(centre, http, 4 * ALLOWED)
        assert statuses.count(429) >= 2 * ALLOWED
        assert set(statuses) <= {401, 403, 429}
        for kind, provider in providers.items():
            assert await provider.write(address(centre, kind), provider.customer(1), "m1", "Hello") in (200, 204)
        assert started_on(centre) == set(KINDS)


class Streamed:
    """A body in chunks, and how much of it has gone out."""

    bytes = 0

    async def stream(self, connection: RawConnection, size: int) -> None:
        piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        while self.bytes < size:
            await connection.send(piece)
            self.bytes += 0x10000


def head(kind: str, length: str) -> bytes:
    return f"POST /connectors/v1/{kind} HTTP/1.1\r\nHost: localhost\r\n{length}\r\n\r\n".encode()


@asynccontextmanager
async def stranger(source: str = STRANGER) -> AsyncIterator[aiohttp.ClientSession]:
    connector = aiohttp.TCPConnector(local_addr=(source, 0), limit=AT_ONCE)
    async with aiohttp.ClientSession(connector=connector) as http:
        yield http


async def forge(centre: Centre, http: aiohttp.ClientSession, count: int) -> list[int]:
    """Sends so many requests to all channels in turn, each with another signature, and returns the statuses."""
    numbers = iter(range(count))
    found = await asyncio.gather(*(_forge_in_turn(centre, http, numbers) for _ in range(AT_ONCE)))
    return [status for statuses in found for status in statuses]


async def _forge_in_turn(centre: Centre, http: aiohttp.ClientSession, numbers: Iterator[int]) -> list[int]:
    statuses = []
    for number in numbers:
        headers = {
            "X-Hub-Signature-256": f"sha256={number:064x}",
            "X-Twilio-Signature": f"{number:027}=",
            "X-Telegram-Bot-Api-Secret-Token": f"token-{number}",
            "webhook-id": f"call-{number}",
            "webhook-timestamp": "1700000000",
            "webhook-signature": f"v1,{number:043}=",
        }
        url = address(centre, KINDS[number % len(KINDS)])
        async with http.post(url, data=b'{"number": %d}' % number, headers=headers) as answer:
            statuses.append(answer.status)
    return statuses


def count_objects() -> int:
    gc.collect()
    return len(gc.get_objects())


def started_on(centre: Centre) -> set[str]:
    events = [item.event for item in centre.committed]
    return {event.channel for event in events if isinstance(event, ConversationStarted)}

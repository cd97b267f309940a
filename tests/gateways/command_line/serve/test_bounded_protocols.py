"""What a stranger may send and hold on a connection, tried over real sockets."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.gateways.centre import Centre, eventually, open_centre
from tests.gateways.clients import Caller, Customer
from tests.gateways.raw_connection import RawConnection, open_connection

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /customer/v1/conversations HTTP/1.1\r\nHost: localhost\r\n"
HURRY = {"head_seconds": 0.2, "body_seconds": 0.2, "unread_seconds": 0.2, "min_bytes_per_second": 1_000_000}


@pytest_asyncio.fixture
async def hurried(tmp_path: Path) -> AsyncIterator[Centre]:
    """A centre that waits for its peers only for a moment."""
    async with open_centre(tmp_path, connections=HURRY) as opened:
        yield opened


def served(centre: Centre) -> int:
    return len(centre.server.server_state.connections)


class TestHead:
    async def test_a_huge_header_is_refused_before_it_has_come_in(self, centre: Centre) -> None:
        async with open_connection(centre) as connection:
            await connection.send(HEALTH + b"X: ", *[b"x" * 65536] * 8)
            await connection.refusal(431, "head_too_large")

    async def test_a_huge_path_is_refused(self, centre: Centre) -> None:
        async with open_connection(centre) as connection:
            await connection.send(b"GET /", b"x" * 40_000)
            await connection.refusal(431, "head_too_large")

    @pytest.mark.parametrize("head", [b"X: y\r\n" * 101, b"X: y\r\n" * 1_000_000], ids=["hundred", "million"])
    async def test_too_many_headers_are_refused(self, centre: Centre, head: bytes) -> None:
        async with open_connection(centre) as connection:
            await connection.send(HEALTH + head + b"\r\n")
            await connection.refusal(431, "head_too_large")

    async def test_endless_empty_lines_are_refused(self, centre: Centre) -> None:
        async with open_connection(centre) as connection:
            await connection.send(b"\r\n" * 40_000)
            await connection.refusal(431, "head_too_large")

    async def test_a_large_head_is_served(self, centre: Centre) -> None:
        async with open_connection(centre) as connection:
            await connection.send(HEALTH + b"X: " + b"x" * 15_000 + b"\r\n\r\n")
            assert (await connection.answer())[0] == 200

    @pytest.mark.parametrize("extra", [b"1;x=", b"0\r\nX: "], ids=["chunk_extension", "trailer"])
    async def test_a_huge_part_of_a_chunked_body_that_is_not_the_body_is_refused(
        self, centre: Centre, extra: bytes
    ) -> None:
        async with open_connection(centre) as connection:
            await connection.send(POST + b"Transfer-Encoding: chunked\r\n\r\n" + extra, *[b"x" * 65536] * 8)
            await connection.refusal(431, "head_too_large")

    async def test_a_body_in_the_smallest_chunks_is_taken(self, centre: Centre) -> None:
        body = b'{"channel": "web-direct", "text": "' + b"x" * 4_000 + b'"}'
        chunks = [b"1\r\n%c\r\n" % byte for byte in body]
        async with open_connection(centre) as connection:
            await connection.send(POST + b"Transfer-Encoding: chunked\r\n\r\n", b"".join(chunks) + b"0\r\n\r\n")
            assert (await connection.answer())[0] == 201

    async def test_what_is_no_http_is_refused(self, centre: Centre) -> None:
        async with open_connection(centre) as connection:
            await connection.send(b"\x16\x03\x01 hello\r\n\r\n")
            await connection.refusal(400, "malformed_request")

    @pytest.mark.parametrize("hosts", [b"", b"Host: a\r\nHost: b\r\n", b"Host: a\r\nHost: a\r\n"])
    async def test_a_request_names_its_host_once(self, centre: Centre, hosts: bytes) -> None:
        async with open_connection(centre) as connection:
            await connection.send(b"GET /healthz HTTP/1.1\r\n" + hosts + b"\r\n")
            await connection.refusal(400, "malformed_request")

    async def test_an_old_client_need_not_name_the_host(self, centre: Centre) -> None:
        async with open_connection(centre) as connection:
            await connection.send(b"GET /healthz HTTP/1.0\r\n\r\n")
            assert (await connection.answer())[0] == 200

    async def test_pipelined_requests_are_answered_in_order_and_a_flood_of_them_is_cut_off(
        self, centre: Centre
    ) -> None:
        async with open_connection(centre) as connection:
            await connection.send((HEALTH + b"\r\n") * 3 + b"GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert [(await connection.answer())[0] for _ in range(4)] == [200, 200, 200, 404]
            await connection.send((HEALTH + b"\r\n") * 100)
            answers = (await connection.rest()).count(b"HTTP/1.1")
            assert answers < 100
        await eventually(lambda: served(centre) == 0)


class TestSlowness:
    async def test_half_a_head_is_not_waited_for(self, hurried: Centre) -> None:
        async with open_connection(hurried) as connection:
            await connection.send(b"GET /healthz HT")
            await connection.refusal(408, "request_timeout")

    async def test_a_connection_that_sends_nothing_is_closed(self, hurried: Centre) -> None:
        async with open_connection(hurried) as connection:
            assert await connection.rest() == b""

    async def test_a_connection_that_is_idle_after_an_answer_is_closed(self, hurried: Centre) -> None:
        hurried.server.config.timeout_keep_alive = 0
        async with open_connection(hurried) as connection:
            await connection.send(HEALTH + b"\r\n")
            assert (await connection.answer())[0] == 200
            assert await connection.rest() == b""

    async def test_an_empty_line_after_an_answer_keeps_nothing_open(self, hurried: Centre) -> None:
        async with open_connection(hurried) as connection:
            await connection.send(HEALTH + b"\r\n")
            await connection.answer()
            await connection.send(b"\r\n")
            await connection.rest()

    async def test_half_a_body_is_not_waited_for(self, hurried: Centre) -> None:
        async with open_connection(hurried) as connection:
            await connection.send(POST + b"Content-Length: 100\r\n\r\n{")
            await connection.refusal(408, "request_timeout")
        await eventually(lambda: not hurried.calls)

    async def test_the_rest_of_a_refused_body_is_not_waited_for(self, hurried: Centre) -> None:
        async with open_connection(hurried) as connection:
            await connection.send(b"POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
            assert (await connection.answer())[0] == 404
            assert await connection.rest() == b""

    async def test_the_rest_of_a_huge_refused_body_is_not_taken(self, centre: Centre) -> None:
        async with open_connection(centre) as connection:
            await connection.send(POST + b"Content-Length: 100000000000\r\n\r\n")
            assert (await connection.answer())[0] == 413
            await connection.send(*[b"x" * 65536] * 512)
        await eventually(lambda: served(centre) == 0)

    async def test_a_body_that_keeps_coming_is_waited_for(self, tmp_path: Path) -> None:
        patient = HURRY | {"min_bytes_per_second": 1}
        async with open_centre(tmp_path, connections=patient) as centre, open_connection(centre) as connection:
            body = b'{"channel": "web-direct"}'
            await connection.send(POST + b"Content-Length: %d\r\n\r\n" % len(body))
            await connection.send(body[:1])
            late = time.monotonic() + 3 * HURRY["body_seconds"]
            await eventually(lambda: time.monotonic() > late)
            await connection.send(body[1:])
            assert (await connection.answer())[0] == 201

    async def test_an_answer_that_is_not_read_is_not_kept(self, hurried: Centre) -> None:
        customer = await Customer.start(hurried)
        for _ in range(60):
            assert (await customer.write("x" * 4000)).status == 201
        page = f"GET {customer.path}/events?limit=1000 HTTP/1.1\r\nHost: localhost\r\n"
        async with open_connection(hurried) as connection:
            await connection.send(f"{page}Authorization: Bearer {customer.token}\r\n\r\n".encode())
            await eventually(lambda: served(hurried) == 2)
            await eventually(lambda: served(hurried) == 1)


class TestOpenConnections:
    async def test_one_connection_too_many_is_told_to_come_back(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path, connections={"max_open": 2}) as centre:
            async with open_connection(centre) as first, open_connection(centre), open_connection(centre) as third:
                headers = await third.refusal(503, "overloaded")
                assert headers["retry-after"] == "1"
                await served_by(first)
            await eventually(lambda: served(centre) == 0)
            assert (await Caller(centre).get("/healthz")).status == 200

    async def test_an_address_has_its_share_of_the_connections(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path, connections={"max_open_per_address": 1}) as centre:
            async with open_connection(centre, "127.0.0.2"), open_connection(centre, "127.0.0.2") as second:
                headers = await second.refusal(429, "too_many_connections")
                assert headers["retry-after"] == "5"
                async with open_connection(centre, "127.0.0.3") as other:
                    await served_by(other)
            await eventually(lambda: served(centre) == 0)
            async with open_connection(centre, "127.0.0.2") as again:
                await served_by(again)

    async def test_a_web_socket_counts_as_long_as_it_is_open(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path, connections={"max_open": 1}) as centre:
            customer = await Customer.start(centre)
            async with customer.follow() as feed:
                await feed.next()
                async with open_connection(centre) as second:
                    await second.refusal(503, "overloaded")
            await eventually(lambda: served(centre) == 0)
            assert (await customer.write("Hello")).status == 201


async def served_by(connection: RawConnection) -> None:
    await connection.send(HEALTH + b"\r\n")
    assert (await connection.answer())[0] == 200

"""Calls that outlive a server's troubles, and those that do not."""

import asyncio
from collections.abc import Awaitable, Callable

import msgspec
import pytest
from aiohttp import web

from gateways.command_line.play.exceptions import PlayError, RefusedError, ServerGoneError
from gateways.command_line.play.server import Server, bearer, decoded
from tests.gateways.command_line.play.servers import Handler, scripted

pytestmark = pytest.mark.asyncio

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def answering(*answers: web.Response | None) -> Handler:
    """One answer after the other; None drops the connection."""
    remaining = iter(answers)

    async def handle(request: web.Request) -> web.StreamResponse:
        answer = next(remaining)
        if answer is None:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        return answer

    return handle


async def call(server: Server) -> bytes:
    return await server.call("POST", server.at("/anything"), bearer("token"), b"{}")


@pytest.mark.parametrize("status", [429, 502, 503, 504])
async def test_a_call_is_repeated_while_the_server_asks_to_come_back(status: int) -> None:
    async with scripted(answering(web.Response(status=status), web.Response(status=status), web.Response())) as server:
        assert await call(server) == b""
        assert (server.retried, server.troubled) == (1, 0)


async def test_a_call_is_repeated_when_the_connection_drops() -> None:
    async with scripted(answering(None, None, web.Response(body=b"here"))) as server:
        assert await call(server) == b"here"
        assert server.retried == 1


async def test_a_call_says_who_calls_and_what() -> None:
    async def mirror(request: web.Request) -> web.Response:
        return web.Response(text=f"{request.method} {request.headers['Authorization']} {await request.text()}")

    async with scripted(mirror) as server:
        assert await call(server) == b"POST Bearer token {}"


async def test_a_server_that_wants_to_be_left_alone_for_longer_is_given_up() -> None:
    later = web.Response(status=503, headers={"Retry-After": "60"}, body=b'{"code": "x", "detail": "not now"}')
    async with scripted(answering(web.Response(status=503), later)) as server:
        with pytest.raises(ServerGoneError, match="did not come back in 10 s: not now"):
            await call(server)
        assert server.troubled == 0


async def test_without_patience_nothing_is_repeated_for_long() -> None:
    async def away(request: web.Request) -> web.Response:
        return web.Response(status=503)

    async with scripted(away, keep_trying=0) as server:
        with pytest.raises(ServerGoneError, match="POST /anything was answered with 503"):
            await call(server)


async def test_giving_up_ends_what_is_being_repeated() -> None:
    asked = asyncio.Event()

    async def away(request: web.Request) -> web.Response:
        asked.set()
        return web.Response(status=503)

    async with scripted(away, keep_trying=3600) as server:
        calling = asyncio.ensure_future(call(server))
        await asked.wait()
        server.give_up()
        with pytest.raises(ServerGoneError, match="did not come back: "):
            await calling


async def test_a_refusal_is_not_repeated() -> None:
    problem = web.Response(status=409, body=b'{"code": "offer_gone", "detail": "the offer is gone"}')
    async with scripted(answering(problem)) as server:
        with pytest.raises(RefusedError, match="the offer is gone") as raised:
            await call(server)
        assert (raised.value.status, raised.value.code) == (409, "offer_gone")


@pytest.mark.parametrize("status", [301, 404, 500])
async def test_a_refusal_without_reasons_is_told_by_its_status(status: int) -> None:
    async with scripted(answering(web.Response(status=status, text="<html>"))) as server:
        with pytest.raises(RefusedError, match=f"POST /anything was answered with {status}"):
            await call(server)


async def test_the_first_contact_is_tried_once() -> None:
    async with scripted(answering(web.Response(status=503, body=b'{"detail": "starting"}'))) as server:
        with pytest.raises(ServerGoneError, match="starting; is the server running"):
            await server.reach()


@pytest.mark.parametrize(
    "answer",
    [
        web.Response(status=404),
        web.Response(text="<!doctype html>"),
        web.Response(text='{"status": "ok"}'),
    ],
)
async def test_the_first_contact_knows_another_server(answer: web.Response) -> None:
    async with scripted(answering(answer)) as server:
        with pytest.raises(PlayError, match="does not answer as Hybrid Chat does; check --url"):
            await server.reach()


async def test_the_first_contact_reads_the_servers_readiness() -> None:
    async with scripted(answering(web.Response(text='{"status": "ready", "position": 7}'))) as server:
        await server.reach()


async def test_an_address_where_nobody_listens_is_told_in_words() -> None:
    async with scripted(answering()) as server:
        url = server.url
    async with Server(url, keep_trying=1) as gone:
        with pytest.raises(ServerGoneError, match=f"cannot reach {url}: connection refused"):
            await gone.reach()


async def test_an_answer_of_another_kind_is_an_error() -> None:
    class Wanted(msgspec.Struct):
        version: int

    assert decoded(b'{"version": 3}', Wanted).version == 3
    for answer in (b"", b"<html>", b'{"version": "3"}'):
        with pytest.raises(PlayError, match="the server's answer is no Wanted"):
            decoded(answer, Wanted)

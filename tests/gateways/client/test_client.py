"""The client tries calls again while a server is away or busy, and reports every other failure at once."""

import asyncio
from collections.abc import Awaitable, Callable

import msgspec
import pytest
from aiohttp import web

from gateways.client.client import Client, bearer, decoded
from gateways.client.exceptions import (
    BusyError,
    CallRefusedError,
    ServerGoneError,
    UnexpectedAnswerError,
    UnreachableError,
)
from tests.gateways.client.scripted import Handler, scripted

pytestmark = pytest.mark.asyncio

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def answering(*answers: web.Response | None) -> Handler:
    """Returns a handler that gives one answer after the other; None drops the connection."""
    remaining = iter(answers)

    async def handle(request: web.Request) -> web.StreamResponse:
        answer = next(remaining)
        if answer is None:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        return answer

    return handle


async def call(client: Client) -> bytes:
    return await client.call("POST", client.at("/anything"), bearer("token"), b"{}")


@pytest.mark.parametrize("status", [429, 502, 503, 504])
async def test_a_call_is_repeated_while_the_server_asks_to_come_back(status: int) -> None:
    async with scripted(answering(web.Response(status=status), web.Response(status=status), web.Response())) as client:
        assert await call(client) == b""
        assert (client.retried, client.retrying) == (1, 0)


async def test_a_call_is_repeated_when_the_connection_drops() -> None:
    async with scripted(answering(None, None, web.Response(body=b"here"))) as client:
        assert await call(client) == b"here"
        assert client.retried == 1


async def test_a_call_sends_its_method_headers_and_body() -> None:
    async def mirror(request: web.Request) -> web.Response:
        return web.Response(text=f"{request.method} {request.headers['Authorization']} {await request.text()}")

    async with scripted(mirror) as client:
        assert await call(client) == b"POST Bearer token {}"


async def test_a_server_that_asks_for_a_longer_pause_than_the_client_keeps_trying_is_given_up() -> None:
    later = web.Response(status=503, headers={"Retry-After": "60"}, body=b'{"code": "x", "detail": "not now"}')
    async with scripted(answering(web.Response(status=503), later)) as client:
        with pytest.raises(ServerGoneError, match="did not come back in 10 s: not now"):
            await call(client)
        assert client.retrying == 0


async def test_a_client_that_keeps_trying_for_zero_seconds_gives_up_at_once() -> None:
    async def away(request: web.Request) -> web.Response:
        return web.Response(status=503)

    async with scripted(away, keep_trying=0) as client:
        with pytest.raises(ServerGoneError, match="POST /anything was answered with 503"):
            await call(client)


async def test_giving_up_ends_a_call_that_is_being_repeated() -> None:
    asked = asyncio.Event()

    async def away(request: web.Request) -> web.Response:
        asked.set()
        return web.Response(status=503)

    async with scripted(away, keep_trying=3600) as client:
        calling = asyncio.ensure_future(call(client))
        await asked.wait()
        client.give_up()
        with pytest.raises(ServerGoneError, match="did not come back: "):
            await calling


async def test_a_refusal_is_not_repeated() -> None:
    problem = web.Response(status=409, body=b'{"code": "offer_gone", "detail": "the offer is gone"}')
    async with scripted(answering(problem)) as client:
        with pytest.raises(CallRefusedError, match="the offer is gone") as raised:
            await call(client)
        assert (raised.value.status, raised.value.code) == (409, "offer_gone")


@pytest.mark.parametrize("status", [301, 404, 500])
async def test_a_refusal_without_problem_details_is_reported_with_its_status(status: int) -> None:
    async with scripted(answering(web.Response(status=status, text="<html>"))) as client:
        with pytest.raises(CallRefusedError, match=f"POST /anything was answered with {status}"):
            await call(client)


async def test_reaching_the_server_is_tried_once() -> None:
    async with scripted(answering(web.Response(status=503, body=b'{"detail": "starting"}'))) as client:
        with pytest.raises(ServerGoneError, match="starting; is the server running"):
            await client.reach()


@pytest.mark.parametrize(
    "answer",
    [
        web.Response(status=404),
        web.Response(text="<!doctype html>"),
        web.Response(text='{"status": "ok"}'),
    ],
)
async def test_reaching_another_program_is_an_error(answer: web.Response) -> None:
    async with scripted(answering(answer)) as client:
        with pytest.raises(UnexpectedAnswerError, match="does not answer as Hybrid Chat does; check --url"):
            await client.reach()


async def test_reaching_a_server_that_is_ready_succeeds() -> None:
    async with scripted(answering(web.Response(text='{"status": "ready", "position": 7}'))) as client:
        await client.reach()


async def test_an_address_where_nobody_listens_is_reported_in_words() -> None:
    async with scripted(answering()) as client:
        url = client.url
    async with Client(url, keep_trying=1) as gone:
        with pytest.raises(ServerGoneError, match=f"cannot reach {url}: connection refused"):
            await gone.reach()


async def test_an_answer_of_another_kind_is_an_error() -> None:
    class Wanted(msgspec.Struct):
        version: int

    assert decoded(b'{"version": 3}', Wanted).version == 3
    for answer in (b"", b"<html>", b'{"version": "3"}'):
        with pytest.raises(UnexpectedAnswerError, match="the server's answer is no Wanted"):
            decoded(answer, Wanted)


async def test_a_call_made_once_reports_when_it_may_be_repeated() -> None:
    later = web.Response(status=503, headers={"Retry-After": "7"}, body=b'{"code": "x", "detail": "not now"}')
    async with scripted(answering(None, later)) as client:
        with pytest.raises(UnreachableError):
            await client.call_once("POST", client.at("/anything"))
        with pytest.raises(BusyError, match="not now") as raised:
            await client.call_once("POST", client.at("/anything"))
        assert raised.value.retry_after == 7
        assert client.retried == 0


async def test_a_refusal_carries_the_errors_of_its_problem_details() -> None:
    errors = b'[{"path": "name", "message": "is missing"}]'
    problem = web.Response(status=422, body=b'{"code": "invalid_input", "detail": "no", "errors": %s}' % errors)
    page = web.Response(status=404, body=b"\xff<html>")
    async with scripted(answering(problem, page)) as client:
        with pytest.raises(CallRefusedError) as raised:
            await call(client)
        assert [(error.path, error.message) for error in raised.value.errors] == [("name", "is missing")]
        with pytest.raises(CallRefusedError) as raised:
            await call(client)
        assert (raised.value.status, raised.value.code, raised.value.errors) == (404, "", [])

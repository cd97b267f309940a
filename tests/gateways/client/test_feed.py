"""A feed is followed across dropped connections."""

import asyncio

import pytest
from aiohttp import WSMsgType, web

from gateways.client.client import Client
from gateways.client.exceptions import CallRefusedError, UnexpectedAnswerError
from gateways.client.feed import Event, Feed
from gateways.client.interruptions import Interruptions
from tests.gateways.client.scripted import scripted

pytestmark = pytest.mark.asyncio


class Follower:
    """Follows a feed until ``wanted`` events have come."""

    def __init__(self, client: Client, wanted: int) -> None:
        self.events: list[Event] = []
        self._wanted = wanted
        self._done = asyncio.Event()
        self._feed = Feed(client, "/events", lambda path: client.open_feed(path, {}), self._take, cursor=4)

    async def follow(self) -> list[Event]:
        following = asyncio.ensure_future(self._feed.follow())
        enough = asyncio.ensure_future(self._done.wait())
        done, _ = await asyncio.wait((following, enough), return_when=asyncio.FIRST_COMPLETED)
        for task in (following, enough):
            task.cancel()
        await asyncio.wait((following, enough))
        if following in done:
            following.result()
        return self.events

    def _take(self, event: Event) -> None:
        self.events.append(event)
        if len(self.events) == self._wanted:
            self._done.set()


async def test_a_dropped_feed_is_resumed_at_its_cursor() -> None:
    asked: list[str] = []

    async def one_event_at_a_time(request: web.Request) -> web.StreamResponse:
        asked.append(request.query["after"])
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(f'{{"type": "A", "data": {{}}, "position": {int(asked[-1]) + 3}, "version": 1}}')
        assert request.transport is not None
        request.transport.close()
        return socket

    async with scripted(one_event_at_a_time) as client:
        events = await Follower(client, 3).follow()
        assert [event.position for event in events] == [7, 10, 13]
        assert asked[:3] == ["4", "7", "10"]
        assert client.resumed >= 2


async def test_a_feed_that_is_cut_on_purpose_is_resumed_at_its_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server receives no closing frame, and the cut feed takes no further event."""
    pauses = iter([0.0])
    monkeypatch.setattr(Interruptions, "next_in", lambda self: next(pauses, None))
    asked: list[str] = []
    ends: list[WSMsgType] = []

    async def one_event_a_feed(request: web.Request) -> web.StreamResponse:
        asked.append(request.query["after"])
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(asked) > 1:
            await socket.send_str('{"type": "A", "data": {}, "position": 5}')
        ends.append((await socket.receive()).type)
        return socket

    async with scripted(one_event_a_feed) as client:
        events = await Follower(client, 1).follow()
        assert [event.position for event in events] == [5]
        assert asked == ["4", "4"]
        assert ends[0] is not WSMsgType.CLOSE
        assert (client.interruptions.made, client.resumed) == (1, 1)


async def test_a_feed_is_tried_again_while_the_server_is_away() -> None:
    answers = iter([503, 429, 502])

    async def away_at_first(request: web.Request) -> web.StreamResponse:
        status = next(answers, None)
        if status is not None:
            return web.Response(status=status)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str('{"type": "A", "data": {}, "version": 5}')
        await socket.receive()
        return socket

    async with scripted(away_at_first) as client:
        assert [event.version for event in await Follower(client, 1).follow()] == [5]
        assert client.retried == 1


async def test_signals_leave_the_cursor_where_it_is() -> None:
    asked: list[str] = []

    async def typing(request: web.Request) -> web.StreamResponse:
        asked.append(request.query["after"])
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str('{"type": "TypingChanged", "data": {"active": true}}')
        await socket.close()
        return socket

    async with scripted(typing) as client:
        await Follower(client, 2).follow()
        assert asked[:2] == ["4", "4"]


async def test_a_feed_that_is_refused_is_an_error() -> None:
    async def refuse(request: web.Request) -> web.StreamResponse:
        return web.Response(status=403)

    async with scripted(refuse) as client:
        with pytest.raises(CallRefusedError, match="the feed /events was answered with 403"):
            await Follower(client, 1).follow()


@pytest.mark.parametrize("frame", ["rubbish", '{"type": 7, "data": {}}', "{}"])
async def test_a_frame_that_is_no_event_is_an_error(frame: str) -> None:
    async def rubbish(request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(frame)
        await socket.receive()
        return socket

    async with scripted(rubbish) as client:
        with pytest.raises(UnexpectedAnswerError, match="/events sent a frame that is no event"):
            await Follower(client, 1).follow()

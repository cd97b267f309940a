"""A feed is delivered as a page, as an event stream and over a WebSocket, and withstands clients that misbehave."""

from pathlib import Path

import aiohttp
import pytest

from actors.journal import JournalUnavailableError
from gateways.feeds import delivery
from gateways.feeds.sources import ConversationSource
from tests.gateways.centre import Centre, eventually, open_centre
from tests.gateways.clients import Agent, Caller, Customer

pytestmark = pytest.mark.asyncio


class TestPages:
    async def test_pages_continue_at_next(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        for number in range(5):
            await customer.write(str(number))
        page = (await customer.get(f"{customer.path}/events?after=2&limit=3")).of(200)
        assert [event["version"] for event in page["events"]] == [3, 4, 5]
        assert page["next"] == 5
        page = (await customer.get(f"{customer.path}/events?after=5")).of(200)
        assert [event["version"] for event in page["events"]] == [6, 7]
        assert page["next"] == 7

    async def test_pages_are_filled_across_events_that_the_customer_does_not_see(self, centre: Centre) -> None:
        alice, customer = await Agent.ready(centre), await Customer.start(centre)
        await alice.accept_only_offer()
        for number in range(30):
            await alice.note(customer, str(number))
        await alice.write(customer, "There you are")
        page = (await customer.get(f"{customer.path}/events?after=3&limit=1")).of(200)
        assert [event["data"]["content"]["text"] for event in page["events"]] == ["There you are"]

    async def test_pages_hold_at_most_a_thousand_events(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        page = (await customer.get(f"{customer.path}/events?limit=999999999999999999")).of(200)
        assert len(page["events"]) == 2

    async def test_pages_contain_events_as_they_were_recorded(self, centre: Centre) -> None:
        customer = await Customer.start(centre, text="Hello")
        event = (await customer.events(1))[0]
        record = centre.services.journal.read_stream(customer.stream)[1]
        assert (event["type"], event["at"], event["version"]) == ("MessagePosted", record.at, 2)
        assert set(event) == {"type", "at", "version", "data"}
        assert set(event["data"]) == {"message_id", "sender", "content"}

    async def test_pages_are_empty_at_the_end_of_the_feed(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        assert (await customer.get(f"{customer.path}/events?after=2")).of(200) == {"events": [], "next": 2}

    @pytest.mark.parametrize("after", [99, 999999999999999999])
    async def test_a_future_cursor_is_refused_in_every_form(self, centre: Centre, after: int) -> None:
        customer, alice = await Customer.start(centre), await Agent.ready(centre)
        for caller, path in ((customer, f"{customer.path}/events"), (alice, "/agent/v1/events")):
            for answer in (
                await caller.get(f"{path}?after={after}"),
                await caller.call("GET", f"{path}?after={after}", headers={"Accept": "text/event-stream"}),
                await caller.call("GET", path, headers={"Accept": "text/event-stream", "Last-Event-ID": str(after)}),
                await caller.knock(f"{path}?after={after}", Authorization=f"Bearer {caller.token}"),
            ):
                assert answer.problem(422, "invalid_input").errors[0].path == "after"
        assert centre.services.hub.listener_count == 0


class TestEventStreams:
    async def test_last_event_id_takes_precedence_over_the_after_parameter(self, centre: Centre) -> None:
        customer = await Customer.start(centre, text="Hello")
        async with customer.event_stream(f"{customer.path}/events?after=0", **{"Last-Event-ID": "2"}) as stream:
            assert (await stream.next())["version"] == 3
            assert stream.last_id == 3

    @pytest.mark.parametrize("rubbish", ["", "x", "-1", "2.0", "\u00b2", "9" * 40])
    async def test_event_streams_ignore_a_malformed_last_event_id(self, centre: Centre, rubbish: str) -> None:
        customer = await Customer.start(centre, text="Hello")
        async with customer.event_stream(f"{customer.path}/events?after=1", **{"Last-Event-ID": rubbish}) as stream:
            assert (await stream.next())["version"] == 2

    async def test_event_streams_send_heartbeats(self, centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(centre.services.hub, "heartbeat_seconds", 0.01)
        customer = await Customer.start(centre)
        async with customer.event_stream(f"{customer.path}/events?after=2") as stream:
            for expected in (b": hello\n", b"\n", b": alive\n", b"\n", b": alive\n"):
                assert await stream.response.content.readline() == expected
            await customer.write("still there")
            assert (await stream.next())["version"] == 3

    async def test_event_streams_give_signals_no_id(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        alice = await Agent.ready(centre)
        await alice.accept_only_offer()
        async with customer.event_stream(f"{customer.path}/events?after=2") as stream:
            await stream.next()
            await alice.write(customer, "live")
            await stream.next()
            await alice.post(alice.path(customer, "typing"), {"active": True})
            assert (await stream.next())["type"] == "TypingChanged"
            assert stream.last_id == 4

    async def test_event_streams_are_not_cached(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        async with customer.event_stream(f"{customer.path}/events") as stream:
            assert stream.response.headers["Cache-Control"] == "no-store, no-transform"

    async def test_event_streams_end_with_the_server(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        async with customer.event_stream(f"{customer.path}/events") as stream:
            await stream.until("AgentRequested")
            centre.services.hub.close()
            assert await stream.rest() == b""


class TestWebSockets:
    async def test_web_sockets_take_the_token_as_a_subprotocol(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        protocols = ["hybridchat.v1", f"bearer.{customer.token}"]
        async with Caller(centre).web_socket(f"{customer.path}/events", protocols=protocols) as feed:
            assert feed.socket.protocol == "hybridchat.v1"
            assert (await feed.next())["type"] == "ConversationStarted"

    async def test_an_unknown_subprotocol_is_not_accepted(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        answer = await customer.knock(f"{customer.path}/events", **{"Sec-WebSocket-Protocol": "graphql-ws"})
        assert answer.status == 101
        assert "Sec-WebSocket-Protocol" not in answer.headers

    @pytest.mark.parametrize(
        ("token", "status", "code"),
        [(None, 401, "token_missing"), ("rubbish", 401, "token_invalid"), ("foreign", 403, "foreign_token")],
    )
    async def test_web_sockets_are_refused_with_a_problem(
        self, centre: Centre, token: str | None, status: int, code: str
    ) -> None:
        mine, other = [await Customer.start(centre) for _ in range(2)]
        given = other.token if token == "foreign" else token
        answer = await Caller(centre, given).knock(f"{mine.path}/events")
        answer.problem(status, code)
        if status == 401:
            assert answer.headers["WWW-Authenticate"] == "Bearer"

    async def test_the_token_of_another_audience_is_refused_with_a_problem(self, centre: Centre) -> None:
        customer, alice = await Customer.start(centre), await Agent.log_in(centre)
        (await customer.knock("/agent/v1/events")).problem(403, "wrong_audience")
        (await alice.knock(f"{customer.path}/events")).problem(403, "wrong_audience")
        subprotocol = {"Sec-WebSocket-Protocol": f"hybridchat.v1, bearer.{customer.token}"}
        (await Caller(centre).knock("/agent/v1/events", **subprotocol)).problem(403, "wrong_audience")

    async def test_a_malformed_cursor_is_refused_with_a_problem(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        details = (await customer.knock(f"{customer.path}/events?after=x")).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == ["after"]

    async def test_a_path_without_a_feed_is_refused_with_a_problem(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        for path in ("/nowhere", customer.path, "/agent/v1/me", "/healthz", f"{customer.path}/messages"):
            (await customer.knock(path)).problem(404, "not_found")

    async def test_web_sockets_end_with_the_server(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        async with customer.follow() as feed:
            await feed.take(2)
            centre.services.hub.close()
            assert await feed.close_code() == 1000

    async def test_feeds_end_with_the_agents_session(self, centre: Centre) -> None:
        alice, bob = await Agent.ready(centre), await Agent.ready(centre, "bob")
        async with alice.follow() as feed, alice.event_stream("/agent/v1/events") as stream, bob.follow() as other:
            await stream.until("AgentStateChanged")
            await feed.until("AgentStateChanged")
            await alice.log_out()
            assert await feed.close_code() == 4003
            await stream.until("AgentLoggedOut")
            await bob.go("not_ready")
            await other.until("AgentStateChanged", state="not_ready")

    @pytest.mark.parametrize("form", ["_serve_websocket", "_serve_event_stream"])
    async def test_feeds_end_when_the_session_ends_while_they_open(
        self, centre: Centre, monkeypatch: pytest.MonkeyPatch, form: str
    ) -> None:
        alice = await Agent.ready(centre)
        serve = getattr(delivery, form)

        async def after_the_logout(*arguments: object) -> None:
            await alice.log_out()
            await serve(*arguments)

        monkeypatch.setattr(delivery, form, after_the_logout)
        if form == "_serve_websocket":
            async with alice.follow() as feed:
                assert await feed.close_code() == 4003
        else:
            async with alice.event_stream("/agent/v1/events") as stream:
                await stream.until("AgentLoggedOut")
                await stream.rest()

    async def test_feeds_end_when_the_journal_fails(self, centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
        customer = await Customer.start(centre)

        def fail(*_: object) -> None:
            raise JournalUnavailableError("the disk is gone")

        monkeypatch.setattr(ConversationSource, "read", fail)
        async with customer.follow() as feed:
            assert await feed.close_code() == 1011
        async with customer.event_stream(f"{customer.path}/events") as stream:
            await stream.response.content.readuntil(b"\n\n")
            assert await stream.rest() == b""
        (await customer.get(f"{customer.path}/events")).problem(503, "journal_unavailable")


class TestMisbehavingClients:
    @pytest.mark.parametrize("rubbish", ["{}", "", '{"type":"MessagePosted"}', "x" * 60_000])
    async def test_a_text_message_closes_the_feed(self, centre: Centre, rubbish: str) -> None:
        customer = await Customer.start(centre)
        async with customer.follow() as feed:
            await feed.socket.send_str(rubbish)
            assert await feed.close_code() == 4000
        assert len(centre.types(customer.stream)) == 2

    async def test_a_binary_message_closes_the_feed(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        async with customer.follow() as feed:
            for _ in range(100):
                await feed.socket.send_bytes(b"\x00\xff" * 20_000)
            assert await feed.close_code() == 4000

    async def test_frames_beyond_64_kib_are_refused(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        async with customer.follow() as feed:
            await feed.socket.send_bytes(bytes(70_000))
            assert await feed.close_code() == 1009

    async def test_text_that_is_not_utf_8_is_refused(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        async with customer.follow() as feed:
            await feed.socket.send_frame(b"\xff\xfe", aiohttp.WSMsgType.TEXT)
            assert await feed.close_code() == 1007
        (logged,) = centre.tracebacks
        assert logged.name == "uvicorn.error", "uvicorn logs this itself, and cannot be told not to"
        centre.tracebacks.clear()

    async def test_pings_are_answered(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        async with customer.web_socket(f"{customer.path}/events?after=2", autoping=False) as feed:
            await feed.socket.ping(b"are you there?")
            message = await feed.socket.receive()
            assert (message.type, message.data) == (aiohttp.WSMsgType.PONG, b"are you there?")
            await customer.write("yes")
            assert (await feed.next())["version"] == 3

    async def test_a_misbehaving_client_does_not_disturb_others(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        async with customer.follow() as good, customer.follow() as bad:
            await bad.socket.send_str("rubbish")
            assert await bad.close_code() == 4000
            await customer.write("Hello")
            assert (await good.until("MessagePosted"))["version"] == 3


async def test_a_caller_has_only_so_many_feeds(tmp_path: Path, quick_passwords: None) -> None:
    async with open_centre(tmp_path, feeds={"max_per_caller": 2}) as centre:
        customer, other = await Customer.start(centre), await Customer.start(centre)
        events = f"{customer.path}/events"
        async with customer.follow() as feed:
            async with customer.event_stream(events):
                (await customer.knock(events)).problem(429, "too_many_feeds")
                refused = await customer.call("GET", events, headers={"Accept": "text/event-stream"})
                refused.problem(429, "too_many_feeds")
                assert refused.headers["Retry-After"] == "5"
                assert (await customer.get(events)).status == 200
                async with other.follow() as feed_of_other:
                    await feed_of_other.next()
            await eventually(lambda: centre.services.hub.listener_count == 1)
            async with customer.follow() as again:
                await again.next()
            await feed.next()

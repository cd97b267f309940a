"""Of the places where an agent's desktop is open, exactly one is primary, and all of them know which."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.feeds import Hub, Listener
from gateways.feeds.hub import Ending, Signal, feed_owner
from gateways.feeds.primary_places import PrimaryPlaces
from schemas.identifiers import new_id
from schemas.instants import utc_now
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent
from tests.gateways.followers import WebSocketFeed

pytestmark = pytest.mark.asyncio

TAB, FRAME, GADGET = new_id(), new_id(), new_id()
ALICE = feed_owner("alice")


@asynccontextmanager
async def at(agent: Agent, place: str, *, claims: bool = False) -> AsyncGenerator[WebSocketFeed, None]:
    query = f"?after={(await agent.me())['position']}&place={place}" + ("&primary=true" if claims else "")
    async with agent.web_socket(f"/agent/v1/events{query}") as feed:
        yield feed


async def primary_on(feed: WebSocketFeed) -> str | None:
    """The place that the next signal names."""
    signal = await feed.until("PrimaryChanged")
    assert set(signal) == {"type", "at", "data"}
    place: str | None = signal["data"]["place"]
    return place


class TestThePrimaryPlace:
    async def test_is_the_one_that_opened_first_until_another_claims_it(self, centre: Centre) -> None:
        alice = await Agent.on_shift(centre)
        async with at(alice, TAB) as tab, at(alice, FRAME) as frame:
            assert [await primary_on(tab), await primary_on(frame)] == [TAB, TAB]
            claimed = await alice.post("/agent/v1/me/primary", {"place": FRAME})
            assert claimed.of(200) == {"place": FRAME}
            assert [await primary_on(tab), await primary_on(frame)] == [FRAME, FRAME]
            assert (await alice.me())["primary"] == FRAME
            async with at(alice, GADGET, claims=True) as gadget:
                assert [await primary_on(feed) for feed in (tab, frame, gadget)] == [GADGET] * 3
            assert [await primary_on(tab), await primary_on(frame)] == [FRAME, FRAME]

    async def test_comes_back_with_its_feed(self, centre: Centre) -> None:
        alice = await Agent.on_shift(centre)
        async with at(alice, TAB) as tab:
            async with at(alice, FRAME, claims=True) as frame:
                assert [await primary_on(tab), await primary_on(tab), await primary_on(frame)] == [TAB, FRAME, FRAME]
            assert await primary_on(tab) == TAB
            async with at(alice, FRAME) as frame:
                assert [await primary_on(tab), await primary_on(frame)] == [FRAME, FRAME]

    async def test_is_none_while_only_feeds_without_a_place_are_open(self, centre: Centre) -> None:
        alice = await Agent.on_shift(centre)
        async with alice.follow() as feed:
            async with at(alice, TAB):
                assert await primary_on(feed) == TAB
            assert await primary_on(feed) is None
            assert (await alice.me())["primary"] is None

    async def test_may_be_claimed_before_its_feed_is_open(self, centre: Centre) -> None:
        alice = await Agent.on_shift(centre)
        async with at(alice, TAB) as tab:
            assert await primary_on(tab) == TAB
            assert (await alice.post("/agent/v1/me/primary", {"place": FRAME})).of(200) == {"place": TAB}
            async with at(alice, FRAME) as frame:
                assert [await primary_on(tab), await primary_on(frame)] == [FRAME, FRAME]

    async def test_is_each_agents_own(self, centre: Centre) -> None:
        alice, bob = await Agent.on_shift(centre), await Agent.on_shift(centre, "bob")
        async with at(alice, TAB) as tab, at(bob, FRAME, claims=True) as frame:
            assert [await primary_on(tab), await primary_on(frame)] == [TAB, FRAME]
            assert (await bob.post("/agent/v1/me/primary", {"place": TAB})).of(200) == {"place": FRAME}
            assert ((await alice.me())["primary"], (await bob.me())["primary"]) == (TAB, FRAME)

    async def test_is_in_every_heartbeat(self, centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(centre.services.hub, "heartbeat_seconds", 0.01)
        alice = await Agent.on_shift(centre)
        async with at(alice, TAB) as tab:
            assert (await tab.until("Heartbeat"))["data"]["primary"] == TAB

    @pytest.mark.parametrize("query", ["&primary=true", "&primary=false"])
    async def test_is_claimed_by_a_place_alone(self, centre: Centre, query: str) -> None:
        alice = await Agent.on_shift(centre)
        refused = await alice.call("GET", f"/agent/v1/events?after=0{query}", headers={"Accept": "text/event-stream"})
        (error,) = refused.problem(422, "invalid_input").errors
        assert (error.path, error.message) == ("primary", "applies only with place")

    async def test_is_for_live_feeds_alone(self, centre: Centre) -> None:
        alice = await Agent.on_shift(centre)
        refused = await alice.get(f"/agent/v1/events?place={TAB}&primary=true")
        assert [error.path for error in refused.problem(422, "invalid_input").errors] == ["place", "primary"]


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("open"), st.sampled_from([TAB, FRAME, GADGET, None]), st.booleans()),
            st.tuples(st.just("close"), st.integers(0, 9), st.just(False)),
            st.tuples(st.just("claim"), st.sampled_from([TAB, FRAME, GADGET]), st.just(False)),
        )
    )
)
async def test_every_feed_knows_the_one_open_place_that_is_primary(
    steps: list[tuple[str, str | int | None, bool]],
) -> None:
    hub, places = Hub(1_000, 1_000), PrimaryPlaces(utc_now)
    known: dict[Listener, str | None] = {}
    opened: dict[Listener, str | None] = {}
    for step, what, claims in steps:
        if step == "open":
            listener = hub.listen(ALICE)
            assert what is None or isinstance(what, str)
            opened[listener], known[listener] = what, None
            places.open(listener, what, claims=claims)
        elif step == "claim":
            assert isinstance(what, str)
            assert places.claim(ALICE, what) == places.holder(ALICE)
        elif opened:
            assert isinstance(what, int)
            leaving = list(opened)[what % len(opened)]
            leaving.close()
            del opened[leaving]
        for listener in opened:
            if listener.filled:
                known[listener] = [place_of(item) for item in await listener.take()][-1]
        holder = places.holder(ALICE)
        assert {known[listener] for listener in opened} <= {holder}
        assert holder in opened.values() if any(opened.values()) else holder is None


def place_of(item: object) -> str | None:
    assert isinstance(item, Signal)
    place: str | None = msgspec.json.decode(item.data)["place"]
    return place


async def test_only_so_many_claims_are_remembered() -> None:
    hub, places = Hub(1_000), PrimaryPlaces(utc_now)
    places.claim(ALICE, TAB)
    for _ in range(20):
        places.claim(ALICE, new_id())
    with_claim, without = new_id(), hub.listen(ALICE)
    places.open(without, FRAME)
    places.open(hub.listen(ALICE), TAB)
    assert places.holder(ALICE) == FRAME, "the claim of the tab is forgotten"
    places.open(hub.listen(ALICE), with_claim, claims=True)
    assert places.holder(ALICE) == with_claim


async def test_a_server_that_stops_makes_no_other_place_ring() -> None:
    hub, places = Hub(1_000), PrimaryPlaces(utc_now)
    first, second = hub.listen(ALICE), hub.listen(ALICE)
    places.open(first, TAB)
    places.open(second, FRAME)
    assert [place_of(item) for item in await second.take()] == [TAB]
    hub.close()
    assert await second.take() == []


async def test_the_listeners_of_an_agent_who_logs_out_end_one_after_another() -> None:
    hub, places = Hub(1_000), PrimaryPlaces(utc_now)
    places.open(hub.listen(ALICE), TAB)
    places.open(hub.listen(ALICE), FRAME)
    hub.close_owner(ALICE, Ending.SESSION_ENDED)
    assert places.holder(ALICE) is None

"""The agent's state, as a whole and in each MRD."""

import pytest

from schemas.instants import parse_instant
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Customer

pytestmark = pytest.mark.asyncio


def mrd_states(view: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    return {mrd["mrd"]: mrd["state"] for mrd in view["mrds"]}


class TestTheState:
    async def test_goes_ready_and_not_ready(self, centre: Centre) -> None:
        alice = await Agent.on_shift(centre)
        states = await alice.go("ready")
        assert states["state"] == "ready"
        assert mrd_states(states) == {"chat": "ready", "callback": "ready"}
        states = await alice.go("not_ready", reason="lunch")
        assert (states["state"], states["reason"]) == ("not_ready", "lunch")
        assert mrd_states(states) == {"chat": "not_ready", "callback": "not_ready"}

    async def test_is_durable(self, centre: Centre) -> None:
        alice = await Agent.on_shift(centre)
        await alice.go("not_ready", reason="lunch")
        (changed,) = [item for item in centre.committed if item.record.type == "AgentStateChanged"]
        assert changed.record.actor == "agent:alice"

    async def test_the_same_again_changes_nothing(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        position = centre.services.journal.last_position()
        await alice.go("ready")
        assert centre.services.journal.last_position() == position

    async def test_ready_brings_waiting_tasks(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        alice = await Agent.ready(centre)
        (offer,) = await alice.offers()
        assert offer["conversation_id"] == customer.id
        assert {"task_id", "mrd", "queue", "expires_at"} <= set(offer)

    async def test_not_ready_withdraws_the_offer_and_not_the_conversation(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        await Customer.start(centre)
        kept = await alice.accept_only_offer()
        waiting = await Customer.start(centre)
        states = await alice.go("not_ready")
        assert mrd_states(states)["chat"] == "pending_not_ready"
        assert [task["task_id"] for task in (await alice.me())["tasks"]] == [kept["task_id"]]
        assert (await waiting.state())["position"] == 1


class TestTheClock:
    async def test_me_has_the_time_by_which_offers_end(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        before = centre.services.clock()
        read = parse_instant((await alice.me())["server_time"])
        assert before <= read <= centre.services.clock()

    @pytest.mark.parametrize("form", ["follow", "event_stream"])
    async def test_live_feeds_carry_it(self, centre: Centre, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
        monkeypatch.setattr(centre.services.hub, "heartbeat_seconds", 0.01)
        alice = await Agent.ready(centre)
        opened = alice.follow() if form == "follow" else alice.event_stream("/agent/v1/events")
        async with opened as feed:
            beat = await feed.until("Heartbeat")
            assert set(beat) == {"type", "at", "data"}, "a signal has no cursor"
            assert parse_instant(beat["data"]["server_time"]) == parse_instant(beat["at"])
            later = await feed.until("Heartbeat")
            assert parse_instant(later["at"]) > parse_instant(beat["at"])


class TestMrds:
    async def test_go_ready_one_by_one(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        path = "/agent/v1/me/mrds/chat/state"
        states = (await alice.put(path, {"state": "not_ready", "reason": "training"})).of(200)
        assert states["state"] == "ready"
        assert mrd_states(states) == {"chat": "not_ready", "callback": "ready"}
        await Customer.start(centre)
        assert await alice.offers() == []
        states = (await alice.put(path, {"state": "ready"})).of(200)
        assert mrd_states(states)["chat"] == "reserved"

    async def test_have_a_reason_while_they_are_not_ready(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        path = "/agent/v1/me/mrds/chat/state"
        (await alice.put(path, {"state": "not_ready", "reason": "training"})).of(200)
        assert {mrd["mrd"]: mrd.get("reason") for mrd in (await alice.me())["mrds"]} == {
            "chat": "training",
            "callback": None,
        }
        (await alice.put(path, {"state": "ready"})).of(200)
        assert not any("reason" in mrd for mrd in (await alice.me())["mrds"])

    async def test_hold_the_number_of_tasks(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        for held, state in ((1, "active"), (2, "active"), (3, "busy")):
            await Customer.start(centre)
            await alice.accept_only_offer()
            chat = next(mrd for mrd in (await alice.me())["mrds"] if mrd["mrd"] == "chat")
            assert (chat["tasks"], chat["max_tasks"], chat["state"]) == (held, 3, state)
        await Customer.start(centre)
        assert await alice.offers() == []


class TestMe:
    async def test_holds_all_that_a_page_needs_and_the_cursor_to_go_on_from(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        customer = await Customer.start(centre, customer={"name": "Ada"}, text="Hello")
        await alice.accept_only_offer()
        await Customer.start(centre)
        me = await alice.me()
        assert [task["state"] for task in me["tasks"]] == ["active", "reserved"]
        (conversation,) = me["conversations"]
        assert conversation["conversation_id"] == customer.id
        assert conversation["last_message"] == "Hello"
        assert me["position"] == centre.services.journal.last_position()
        async with alice.follow(me["position"]) as feed:
            await customer.write("news")
            assert (await feed.next())["data"]["content"]["text"] == "news"

    async def test_is_there_before_anything_happened(self, centre: Centre) -> None:
        alice = await Agent.on_shift(centre)
        me = await alice.me()
        assert (me["tasks"], me["conversations"]) == ([], [])

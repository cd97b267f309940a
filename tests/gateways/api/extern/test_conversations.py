"""Applications read conversations, and change their labels and attributes."""

from pathlib import Path
from typing import Any

import pytest

from schemas.identifiers import new_id
from tests.gateways.api.extern.conftest import KEY, KEYS
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Caller, Customer

pytestmark = pytest.mark.asyncio

PATH = "/extern/v1/conversations"
ADA = {"id": "c-7", "name": "Ada", "email": "ada@example.org", "attributes": {"vip": True}}


async def ids(caller: Caller, query: str = "") -> list[str]:
    found = (await caller.get(PATH + query)).of(200)["conversations"]
    return [each["conversation_id"] for each in found]


async def serve(centre: Centre, words: str = "Where is my order?") -> Customer:
    """A conversation of Ada with Alice."""
    alice = await Agent.ready(centre)
    customer = await Customer.start(centre, text=words, customer=ADA, attributes={"order": "4711"})
    await alice.accept_only_offer()
    (await alice.write(customer, "Let me look it up.")).of(201)
    (await alice.note(customer, "She is in a hurry")).of(201)
    return customer


class TestListing:
    async def test_all_conversations_are_listed_page_by_page(self, centre: Centre, crm: Caller) -> None:
        started = [(await Customer.start(centre)).id for _ in range(3)]
        assert await ids(crm) == started[::-1]
        first = (await crm.get(f"{PATH}?limit=2")).of(200)
        assert first["next"] == started[1]
        assert await ids(crm, f"?limit=2&after={first['next']}") == [started[0]]

    async def test_the_list_holds_what_matches_the_filter(self, tmp_path: Path, quick_passwords: None) -> None:
        teams: dict[str, Any] = {
            "teams": {"blue": {}, "red": {}},
            "agents": {"alice": {"name": "Alice", "team": "blue"}},
        }
        async with open_centre(tmp_path, api_keys=KEYS, **teams) as centre:
            crm = Caller(centre, KEY)
            served = await serve(centre)
            (await crm.post(f"{PATH}/{served.id}/labels", {"add": ["refund"]})).of(200)
            bots = await Customer.start(centre, "web")
            for query in ("status=with_agent", "channel=web-direct", "team=blue", "label=refund"):
                assert await ids(crm, f"?{query}") == [served.id], query
            assert await ids(crm, "?channel=web") == [bots.id]
            assert await ids(crm, "?queue=support") == [bots.id, served.id]
            assert await ids(crm, "?team=red") == []

    async def test_words_are_looked_for_by_those_who_may_read_them(
        self, centre: Centre, crm: Caller, archive: Caller
    ) -> None:
        customer = await serve(centre, "My umbrella is broken")
        assert await ids(archive, "?q=umbrella") == [customer.id]
        assert await ids(archive, "?q=parasol") == []
        (await crm.get(f"{PATH}?q=umbrella")).problem(403, "scope_missing")

    async def test_personal_data_is_masked(self, centre: Centre, crm: Caller, archive: Caller) -> None:
        await serve(centre)
        (clear,) = (await archive.get(PATH)).of(200)["conversations"]
        (masked,) = (await crm.get(PATH)).of(200)["conversations"]
        assert clear["participants"][0]["name"] == "Ada"
        assert masked["participants"][0] == {
            "type": "customer",
            "role": "customer",
            "id": "•••",
            "name": "•••",
        }
        assert masked["participants"][1]["id"] == "alice"
        assert (clear["last_message"], masked["last_message"]) == ("Let me look it up.", "•••")
        same = {"conversation_id", "status", "queue", "version", "messages", "started_at"}
        assert {name: clear[name] for name in same} == {name: masked[name] for name in same}


class TestReading:
    async def test_a_conversation_is_read_with_its_events(self, centre: Centre, archive: Caller) -> None:
        customer = await serve(centre)
        read = (await archive.get(f"{PATH}/{customer.id}")).of(200)
        assert read["customer"] == ADA
        assert read["attributes"] == {"order": "4711"}
        assert [event["type"] for event in read["events"]] == [
            "ConversationStarted",
            "MessagePosted",
            "AgentRequested",
            "AgentJoined",
            "MessagePosted",
            "NoteAdded",
        ]
        assert read["events"][-1]["data"]["text"] == "She is in a hurry"

    async def test_nothing_personal_is_left_without_the_scope(self, centre: Centre, crm: Caller) -> None:
        customer = await serve(centre)
        answered = await crm.get(f"{PATH}/{customer.id}")
        read = answered.of(200)
        assert read["events"][1]["data"]["content"] == {"type": "text", "text": "•••"}
        assert read["customer"]["name"] == "•••"
        assert read["attributes"] == {}
        for word in (b"Ada", b'"c-7"', b"ada@example.org", b"order?", b'"4711"', b"vip", b"hurry", b"Alice"):
            assert word not in answered.content, word

    async def test_a_conversation_that_never_was_is_not_found(self, crm: Caller) -> None:
        (await crm.get(f"{PATH}/{new_id()}")).problem(404, "not_found")
        (await crm.get(f"{PATH}/{new_id()}/transcript")).problem(404, "not_found")

    async def test_a_transcript_comes_in_three_forms(self, centre: Centre, archive: Caller) -> None:
        customer = await serve(centre)
        path = f"{PATH}/{customer.id}/transcript"
        entries = (await archive.get(path)).of(200)["entries"]
        assert [entry["text"] for entry in entries if entry["type"] == "message"] == [
            "Where is my order?",
            "Let me look it up.",
        ]
        plain = await archive.get(f"{path}?format=text&zone=Europe/Vienna")
        assert plain.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert b"Ada: Where is my order?" in plain.content
        assert b"<!doctype html>" in (await archive.get(f"{path}?format=html")).content

    @pytest.mark.parametrize("form", ["json", "text", "html"])
    async def test_a_transcript_without_the_scope_has_no_words(self, centre: Centre, crm: Caller, form: str) -> None:
        customer = await serve(centre)
        content = (await crm.get(f"{PATH}/{customer.id}/transcript?format={form}")).content
        assert "•••".encode() in content
        for word in (b"Ada", b'"c-7"', b"order?", b"look it up", b"Alice"):
            assert word not in content, word


class TestChanging:
    async def test_labels_are_added_and_removed(self, centre: Centre, crm: Caller) -> None:
        customer = await Customer.start(centre)
        path = f"{PATH}/{customer.id}/labels"
        (await crm.post(path, {"add": ["refund", "vip"]})).of(200)
        assert (await crm.post(path, {"add": ["vip"]})).replayed
        (await crm.post(path, {"remove": ["refund"]})).of(200)
        (found,) = (await crm.get(PATH)).of(200)["conversations"]
        assert found["labels"] == ["vip"]
        record = centre.services.journal.read_stream(customer.stream)[-1]
        assert record.actor == "application:crm"

    async def test_attributes_are_set_and_removed(self, centre: Centre, crm: Caller, archive: Caller) -> None:
        customer = await Customer.start(centre)
        path = f"{PATH}/{customer.id}/attributes"
        (await crm.post(path, {"attributes": {"order": "4711", "plan": "gold"}})).of(200)
        (await crm.post(path, {"attributes": {"plan": None}})).of(200)
        read: Any = (await archive.get(f"{PATH}/{customer.id}")).of(200)
        assert read["attributes"] == {"order": "4711"}
        assert read["events"][-1]["data"]["changed_by"] == {"type": "application", "id": "crm"}

    async def test_a_conversation_that_never_was_is_not_changed(self, crm: Caller) -> None:
        for action, body in (("labels", {"add": ["a"]}), ("attributes", {"attributes": {"a": 1}})):
            (await crm.post(f"{PATH}/{new_id()}/{action}", body)).problem(404, "not_found")

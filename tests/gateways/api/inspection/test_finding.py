"""Finding streams and the events of a conversation in the projections."""

import urllib.parse
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from gateways.inspection.belonging import find_by_scan, with_causes
from projections.inspection import belongs_to
from schemas.identifiers import command_id, new_id
from tests.gateways.api.inspection.conftest import KEYS
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Caller, Customer

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None, reporting: dict[str, Any]) -> AsyncIterator[Centre]:
    """A centre whose events are projected."""
    async with open_centre(tmp_path, api_keys=KEYS, reporting=reporting) as opened:
        yield opened


async def streams(caller: Caller, query: str = "") -> Any:
    return (await caller.get(f"/inspect/v1/streams{query}")).of(200)


async def trace(caller: Caller, identifier: str, query: str = "") -> Any:
    return (await caller.get(f"/inspect/v1/correlations/{identifier}{query}")).of(200)


async def test_streams_are_listed_with_the_newest_activity_first(centre: Centre, looker: Caller) -> None:
    alice = await Agent.ready(centre)
    customers = [await Customer.start(centre) for _ in range(3)]
    await customers[0].write("Hello")
    page = await streams(looker)
    journal = centre.services.journal
    found = {head["stream"]: head for head in page["streams"]}
    recorded = journal.read_all(0, 10_000)
    assert set(found) == {record.stream for record in recorded}
    assert page["streams"][0]["stream"] == customers[0].stream
    assert (page["next"], page["masked"]) == (None, True)
    for stream, head in found.items():
        records = journal.read_stream(stream)
        about: dict[str, Any] = {"channel": "web-direct", "status": "waiting_for_agent", "customer": None, "agents": []}
        assert head == {
            "stream": stream,
            "category": stream.partition("-")[0],
            "entity_id": stream.partition("-")[2],
            "events": len(records),
            "first_at": records[0].at,
            "last_at": records[-1].at,
            "last_type": records[-1].type,
            "conversation": about if stream.startswith("conversation-") else None,
        }
    assert alice.id in {head["entity_id"] for head in page["streams"]}


async def test_streams_are_searched_and_paged(centre: Centre, looker: Caller) -> None:
    customers = [await Customer.start(centre) for _ in range(5)]
    names, cursor = [], ""
    while True:
        page = await streams(looker, f"?category=conversation&limit=2{cursor}")
        names += [head["stream"] for head in page["streams"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert names == [customer.stream for customer in reversed(customers)]
    for q in (customers[2].id, customers[2].id[-12:], customers[2].id.upper(), f"conversation-{customers[2].id[:24]}"):
        assert customers[2].stream in [head["stream"] for head in (await streams(looker, f"?q={q}"))["streams"]]
    assert len((await streams(looker, "?q=ROUTER"))["streams"]) == 2


async def test_wildcards_find_only_themselves(centre: Centre, looker: Caller) -> None:
    await Customer.start(centre)
    for q in (
        "%",
        "_",
        "\\",
        "%25",
        "conversation_",
        "'",
        "' OR 1=1 --",
        "\U0001f600",
        "\ufffd",
        "a" * 256,
        "*",
        "[a]",
    ):
        assert (await streams(looker, f"?q={urllib.parse.quote(q)}"))["streams"] == [], q


async def test_invalid_parameters_of_the_list_are_refused(looker: Caller) -> None:
    for query in (
        "category=",
        "category=nonsense",
        "category=%27",
        "q=" + "a" * 257,
        "q=a%00",
        "cursor=x",
        "cursor=0",
        "cursor=-1",
        "limit=0",
        "limit=x",
    ):
        details = (await looker.get(f"/inspect/v1/streams?{query}")).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == [query.partition("=")[0]]


async def conversations(centre: Centre) -> list[Customer]:
    """Two conversations, of which one is handed over and ended."""
    alice, bob = await Agent.ready(centre), await Agent.ready(centre, "bob")
    ada = await Customer.start(centre, text="Hello", customer={"name": "Ada"})
    await Customer.start(centre, text="Me too")
    eve = await Customer.start(centre)
    for agent in (alice, bob):
        for offer in await agent.offers():
            if offer["conversation_id"] == ada.id:
                await agent.accept(offer["task_id"])
                await agent.write(ada, "Good morning")
                (await agent.post(agent.path(ada, "transfer"), {"to": {"queue": "sales"}})).of(200)
    await ada.end()
    return [ada, eve]


async def test_all_that_belongs_to_a_conversation_is_traced(centre: Centre, looker: Caller) -> None:
    for customer in await conversations(centre):
        answered = await trace(looker, customer.id)
        journal = centre.services.journal
        expected = [
            record
            for record in journal.read_all(0, 10_000)
            if record.stream == customer.stream
            or record.correlation_id == customer.id
            or (customer.id.encode() in record.data and not record.stream.startswith("conversation-"))
        ]
        with_all = {record.event_id for record in with_causes(journal, expected)}
        assert [event["event_id"] for event in answered["events"] if event["event_id"] in with_all]
        assert {event["event_id"] for event in answered["events"]} == with_all
        assert [event["position"] for event in answered["events"]] == sorted(e["position"] for e in answered["events"])
        assert {event["stream"].partition("-")[0] for event in answered["events"]} >= {"conversation", "router"}
        causes = {event["event_id"]: event["causation_id"] for event in answered["events"]}
        assert all(causes[edge["to"]] == edge["from"] for edge in answered["edges"])
        assert len(answered["edges"]) == sum(cause in causes for cause in causes.values())
        assert find_by_scan(journal, customer.id) == expected


async def test_lanes_name_the_actors(centre: Centre, looker: Caller) -> None:
    ada, _ = await conversations(centre)
    answered = await trace(looker, ada.id)
    lanes = {event["lane"] for event in answered["events"]}
    assert {"customer", "conversation", "router:chat"} < lanes
    assert lanes & {"agent:alice", "agent:bob"}
    assert answered["events"][0]["lane"] in ("customer", "agent:alice", "agent:bob")


async def test_a_trace_is_read_in_parts(centre: Centre, looker: Caller) -> None:
    ada, _ = await conversations(centre)
    whole = {event["event_id"] for event in (await trace(looker, ada.id))["events"]}
    found: set[str] = set()
    after: int | None = 0
    while after is not None:
        page = await trace(looker, ada.id, f"?limit=3&after={after}")
        found |= {event["event_id"] for event in page["events"]}
        after = page["next"]
    assert found == whole


async def test_a_command_s_correlation_is_traced(centre: Centre, looker: Caller) -> None:
    await Agent.ready(centre)
    record = centre.services.journal.read_stream("agent-alice")[-1]
    assert record.correlation_id == command_id(record.event_id)
    answered = await trace(looker, record.correlation_id)
    own = [r for r in centre.services.journal.read_all(0, 1_000) if r.correlation_id == record.correlation_id]
    assert [event["event_id"] for event in answered["events"]] == [each.event_id for each in own]
    assert not any(belongs_to(each) for each in own)


async def test_unknown_ids_are_not_found(looker: Caller) -> None:
    for identifier in (new_id(), command_id(new_id()), "nonsense", "%00", "conversation-1"):
        (await looker.get(f"/inspect/v1/correlations/{identifier}")).problem(404, "not_found")


async def test_whatever_the_pages_show_is_found(centre: Centre, seer: Caller, looker: Caller) -> None:
    alice = await Agent.ready(centre)
    customer = await Customer.start(centre, text="Hello")
    (offer,) = await alice.offers()
    record = centre.services.journal.read_stream(customer.stream)[0]
    went_ready = centre.services.journal.read_stream("agent-alice")[-1]
    conversation = ("correlation", customer.id)
    for text, expected in {
        customer.stream: ("stream", customer.stream),
        customer.id: conversation,
        customer.id[-6:]: conversation,
        f"…{customer.id[-6:]}": conversation,
        offer["task_id"]: conversation,
        offer["task_id"][-6:]: conversation,
        record.event_id: ("event", record.event_id),
        str(record.position): ("event", record.event_id),
        record.correlation_id: ("correlation", record.correlation_id),
        went_ready.correlation_id: ("correlation", went_ready.correlation_id),
        "alice": ("stream", "agent-alice"),
        "Alice": ("stream", "agent-alice"),
        "support": ("stream", "router-chat"),
        "chat": ("stream", "router-chat"),
        "web-direct": ("stream", "configuration-centre"),
    }.items():
        found = (await seer.get(f"/inspect/v1/find?q={urllib.parse.quote(text)}")).of(200)["found"]
        assert expected in [(each["kind"], each["id"]) for each in found], text
    assert (await seer.get("/inspect/v1/find?q=nobody")).of(200)["found"] == []
    assert (await looker.get("/inspect/v1/find?q=alice")).of(200)["found"], "an id is not personal"
    (await seer.get("/inspect/v1/find?q=%20")).problem(422, "invalid_input")


async def test_conversations_are_found_by_channel_status_customer_and_agent(
    centre: Centre, seer: Caller, looker: Caller
) -> None:
    alice = await Agent.ready(centre)
    ada = await Customer.start(centre, customer={"name": "Ada Lovelace", "id": "c-1815"}, text="Hello")
    await alice.accept_only_offer()
    bot = await Customer.start(centre, "web", text="Hello")
    sales = await Customer.start(centre, queue="sales", customer={"name": "Bert"}, text="Hello")
    for query, expected in {
        "channel=web": {bot.stream},
        "channel=web-direct": {ada.stream, sales.stream},
        "status=with_agent": {ada.stream},
        "customer=lovelace": {ada.stream},
        "customer=c-1815": {ada.stream},
        "agent=alice": {ada.stream},
        "agent=alice&channel=web": set(),
    }.items():
        assert {head["stream"] for head in (await streams(seer, f"?{query}"))["streams"]} == expected, query
    (head,) = (await streams(seer, "?agent=alice"))["streams"]
    described = {"channel": "web-direct", "status": "with_agent", "customer": "Ada Lovelace", "agents": ["alice"]}
    assert head["conversation"] == described
    (head,) = (await streams(looker, "?agent=alice"))["streams"]
    assert head["conversation"] == {**described, "customer": "•••"}
    assert (await streams(looker, "?customer=lovelace"))["streams"] == [], "masked values cannot be guessed"
    (await seer.get("/inspect/v1/streams?status=lost")).problem(422, "invalid_input")

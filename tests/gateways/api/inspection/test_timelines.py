"""The events of streams, those of the journal, and single events."""

import urllib.parse
from typing import Any

import msgspec
import pytest

from schemas.events import REGISTRY
from schemas.identifiers import new_id
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Caller, Customer

pytestmark = pytest.mark.asyncio


async def talk(centre: Centre) -> tuple[Customer, Agent]:
    """A conversation with an agent, from the customer's first message to the end."""
    alice = await Agent.ready(centre)
    ada = await Customer.start(centre, text="Hello", customer={"name": "Ada"})
    await alice.accept_only_offer()
    await alice.write(ada, "Good morning")
    await alice.end(ada)
    return ada, alice


async def test_a_stream_is_read_event_by_event(centre: Centre, seer: Caller) -> None:
    ada, _ = await talk(centre)
    page = (await seer.get(f"/inspect/v1/streams/{ada.stream}")).of(200)
    records = centre.services.journal.read_stream(ada.stream)
    assert [event["event_id"] for event in page["events"]] == [record.event_id for record in records]
    assert (page["stream"], page["next"], page["version"], page["masked"]) == (ada.stream, 7, 7, False)
    for event, record in zip(page["events"], records, strict=True):
        assert event["data"] == msgspec.json.decode(REGISTRY.current_data(record))
        for name in ("position", "stream", "version", "type", "at", "schema_version", "actor", "causation_id"):
            assert event[name] == getattr(record, name)
    assert [event["summary"] for event in page["events"]] == [
        "Customer Ada started the conversation over web-direct, for queue support",
        "customer Ada: Hello",
        "customer Ada asked for an agent of queue support",
        "alice answers from now on",
        "agent alice: Good morning",
        "agent alice ended the conversation (agent_ended)",
        "alice left (conversation_ended)",
    ]


async def test_a_stream_is_read_in_parts_and_backwards(centre: Centre, looker: Caller) -> None:
    ada, _ = await talk(centre)
    path = f"/inspect/v1/streams/{ada.stream}"

    async def versions(query: str) -> tuple[list[int], int]:
        page = (await looker.get(f"{path}?{query}")).of(200)
        return [event["version"] for event in page["events"]], page["next"]

    assert await versions("limit=2") == ([1, 2], 2)
    assert await versions("after=2&limit=2") == ([3, 4], 4)
    assert await versions("after=7") == ([], 7)
    assert await versions("before=5&limit=2") == ([3, 4], 4)
    assert await versions("before=3&limit=100") == ([1, 2], 2)
    assert await versions("before=1") == ([], 0)
    assert await versions("before=4000000000&limit=2") == ([6, 7], 7)
    assert await versions("limit=999999999") == ([1, 2, 3, 4, 5, 6, 7], 7)
    details = (await looker.get(f"{path}?after=8")).problem(422, "invalid_input")
    assert [error.path for error in details.errors] == ["after"]


@pytest.mark.parametrize(
    "stream",
    [
        "conversation-",
        "conversation",
        "agent-nobody",
        "nonsense-1",
        "-",
        "%",
        "router-%25",
        "agent-%F0%9F%98%80",
        "a" * 4000,
    ],
)
async def test_unknown_streams_are_not_found(looker: Caller, stream: str) -> None:
    for tail in ("", "/state"):
        answer = await looker.get(f"/inspect/v1/streams/{stream}{tail}")
        assert len(answer.problem(404, "not_found").detail) < 200
    (await looker.knock("/inspect/v1/streams/agent-nobody")).problem(404, "not_found")


async def test_the_journal_is_read_in_parts(centre: Centre, looker: Caller) -> None:
    await talk(centre)
    last = centre.services.journal.last_position()
    found: list[int] = []
    after = 0
    while after < last:
        page = (await looker.get(f"/inspect/v1/events?after={after}&limit=7")).of(200)
        assert page["last_position"] == last
        found += [event["position"] for event in page["events"]]
        after = page["next"]
    assert found == list(range(1, last + 1))
    details = (await looker.get(f"/inspect/v1/events?after={last + 1}")).problem(422, "invalid_input")
    assert [error.path for error in details.errors] == ["after"]


async def where(caller: Caller, expression: str, more: str = "") -> Any:
    return await caller.get(f"/inspect/v1/events?where={urllib.parse.quote(expression)}{more}")


async def test_the_journal_is_filtered_by_a_condition(centre: Centre, looker: Caller) -> None:
    ada, _ = await talk(centre)
    page = (await where(looker, "type=='TaskOffered' && data.queue=='support'")).of(200)
    assert [event["data"]["conversation_id"] for event in page["events"]] == [ada.id]
    assert page["next"] == page["last_position"]
    page = (await where(looker, f"stream=='{ada.stream}'", "&limit=2")).of(200)
    assert [event["version"] for event in page["events"]] == [1, 2]
    page = (await where(looker, f"stream=='{ada.stream}'", f"&limit=2&after={page['next']}")).of(200)
    assert [event["version"] for event in page["events"]] == [3, 4]
    assert (await where(looker, "")).of(200)["events"]


@pytest.mark.parametrize(
    "expression",
    [
        "type==",
        "]",
        "'",
        "type=='x",
        "nonsense(type)",
        "length(position, 1)",
        "\x00",
        "[" * 2000,
        "!" * 2000,
        "(" * 900,
    ],
)
async def test_invalid_conditions_are_refused(looker: Caller, expression: str) -> None:
    for answer in (
        await where(looker, expression),
        await looker.knock(f"/inspect/v1/events?where={urllib.parse.quote(expression)}"),
    ):
        details = answer.problem(422, "invalid_input")
        assert [error.path for error in details.errors] == ["where"]
        assert len(details.detail) < 500


@pytest.mark.parametrize(
    "expression",
    [
        "length(position) > `1`",
        "[@,@] | " * 60 + "[@,@][]",
        "[@,@][] | " * 60 + "[@,@][]",
        "data.* | " * 100 + "@",
        "abs('x')",
    ],
)
async def test_conditions_that_cost_or_fail_do_no_harm(looker: Caller, expression: str) -> None:
    answer = await where(looker, expression)
    assert answer.status in (200, 422)


async def test_an_event_is_read_with_its_cause_and_effects(centre: Centre, looker: Caller) -> None:
    ada, _ = await talk(centre)
    offered = (await where(looker, "type=='TaskOffered'")).of(200)["events"][0]
    answered = (await looker.get(f"/inspect/v1/events/{offered['event_id']}")).of(200)
    assert answered["event"] == offered
    assert answered["cause"]["type"] == "TaskQueued"
    assert [effect["type"] for effect in answered["effects"]] == ["TaskReserved", "AgentMrdStateChanged"]
    first = centre.services.journal.read_stream(ada.stream, 0, 1)[0]
    answered = (await looker.get(f"/inspect/v1/events/{first.event_id}")).of(200)
    assert answered["cause"] is None
    (await looker.get(f"/inspect/v1/events/{new_id()}")).problem(404, "not_found")

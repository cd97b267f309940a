"""The actions of an agent in a conversation."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import pytest_asyncio

from schemas.identifiers import new_id
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Customer

pytestmark = pytest.mark.asyncio


class Talk(NamedTuple):
    centre: Centre
    customer: Customer
    alice: Agent
    bob: Agent


async def talk_in(centre: Centre) -> Talk:
    alice, bob = await Agent.ready(centre), await Agent.log_in(centre, "bob")
    customer = await Customer.start(centre, customer={"name": "Ada"})
    await alice.accept_only_offer()
    return Talk(centre, customer, alice, bob)


@pytest_asyncio.fixture
async def talk(centre: Centre) -> Talk:
    """A customer and the agent alice; bob is logged in."""
    return await talk_in(centre)


class TestMessages:
    async def test_reach_the_customer(self, talk: Talk) -> None:
        async with talk.customer.follow() as feed:
            answer = await talk.alice.write(talk.customer, "Good morning")
            message = await feed.until("MessagePosted")
        assert message["data"]["sender"] == {"type": "agent", "id": "alice", "name": "Alice"}
        assert message["data"]["content"] == {"type": "text", "text": "Good morning"}
        assert message["version"] == answer.of(201)["version"]

    async def test_repeated_get_the_same_answer(self, talk: Talk) -> None:
        id_ = new_id()
        answers = await asyncio.gather(*(talk.alice.write(talk.customer, "Hello", id_) for _ in range(10)))
        assert {answer.content for answer in answers} == {answers[0].content}
        assert [answer.replayed for answer in answers].count(False) == 1
        (await talk.alice.write(talk.customer, "Bye", id_)).problem(409, "id_conflict")

    async def test_repeated_after_the_end_get_the_same_answer(self, talk: Talk) -> None:
        id_ = new_id()
        first = await talk.alice.write(talk.customer, "Hello", id_)
        await talk.alice.end(talk.customer)
        assert (await talk.alice.write(talk.customer, "Hello", id_)).content == first.content

    async def test_to_an_ended_conversation_are_refused(self, talk: Talk) -> None:
        await talk.customer.end()
        (await talk.alice.write(talk.customer, "Hello?")).problem(409, "conversation_ended")
        (await talk.alice.note(talk.customer, "gone")).problem(409, "conversation_ended")
        typing = await talk.alice.post(talk.alice.path(talk.customer, "typing"), {"active": True})
        typing.problem(409, "conversation_ended")

    async def test_of_agents_who_are_only_offered_the_task_are_refused(self, talk: Talk) -> None:
        waiting = await Customer.start(talk.centre)
        (await talk.alice.write(waiting, "too early")).problem(403, "not_participant")


class TestNotes:
    async def test_are_for_agents_only(self, talk: Talk) -> None:
        position = await talk.alice.position()
        async with talk.customer.follow() as customers, talk.alice.follow(position) as agents:
            assert not (await talk.alice.note(talk.customer, "has called before")).replayed
            note = await agents.until("NoteAdded")
            await talk.alice.end(talk.customer)
            seen = [await customers.next()]
            while seen[-1]["type"] != "AgentLeft":
                seen.append(await customers.next())
        assert note["data"]["text"] == "has called before"
        for what in (seen, await talk.customer.events(), (await transcripts(talk.customer))):
            assert "has called before" not in str(what)

    async def test_repeated_get_the_same_answer(self, talk: Talk) -> None:
        id_ = new_id()
        first, again = [await talk.alice.note(talk.customer, "noted", id_) for _ in range(2)]
        assert (first.replayed, again.replayed) == (False, True)
        assert again.content == first.content
        (await talk.alice.note(talk.customer, "otherwise", id_)).problem(409, "id_conflict")
        (await talk.alice.write(talk.customer, "noted", id_)).problem(409, "id_conflict")


async def transcripts(customer: Customer) -> list[bytes]:
    formats = ("json", "text", "html")
    return [(await customer.get(f"{customer.path}/transcript?format={format_}")).content for format_ in formats]


class TestTyping:
    async def test_reaches_the_customer_and_not_the_agent(self, talk: Talk) -> None:
        position = await talk.alice.position()
        async with talk.customer.follow() as feed, talk.alice.follow(position) as own:
            await talk.alice.write(talk.customer, "One")
            await feed.until("MessagePosted")
            await own.until("MessagePosted")
            answer = await talk.alice.post(talk.alice.path(talk.customer, "typing"), {"active": False})
            assert answer.status == 204
            signal = await feed.next()
            await talk.alice.write(talk.customer, "Two")
            assert (await own.next())["type"] == "MessagePosted"
        assert signal["type"] == "TypingChanged"
        assert signal["data"] == {"sender": {"type": "agent", "id": "alice", "name": "Alice"}, "active": False}


class TestEnding:
    async def test_ends_the_conversation_for_the_customer_and_frees_the_agent(self, talk: Talk) -> None:
        answer = await talk.alice.end(talk.customer)
        assert not answer.replayed
        assert (await talk.customer.state())["status"] == "ended"
        assert (await talk.alice.me())["tasks"] == []

    async def test_again_changes_nothing(self, talk: Talk) -> None:
        first, again = [await talk.alice.end(talk.customer) for _ in range(2)]
        assert (first.replayed, again.replayed) == (False, True)
        assert again.content == first.content

    async def test_has_no_wrap_up_where_the_queue_has_none(self, talk: Talk) -> None:
        await talk.alice.end(talk.customer)
        answer = await talk.alice.post(talk.alice.path(talk.customer, "wrap-up"), {"codes": ["sale"]})
        assert answer.status == 200
        (await talk.alice.post(talk.alice.path(talk.customer, "wrap-up"))).problem(409, "no_wrap_up")


class TestWrapUp:
    @pytest_asyncio.fixture
    async def talk(self, tmp_path: Path, quick_passwords: None) -> AsyncIterator[Talk]:
        async with open_centre(tmp_path, queues={"support": {"wrap_up_seconds": 3600}}) as centre:
            yield await talk_in(centre)

    async def test_keeps_the_agent_busy_until_it_is_complete(self, talk: Talk) -> None:
        async with talk.alice.follow(await talk.alice.position()) as feed:
            await talk.alice.end(talk.customer)
            await feed.until("WrapUpStarted")
            assert [task["state"] for task in (await talk.alice.me())["tasks"]] == ["wrap_up"]
            assert (await talk.customer.state())["status"] == "ended"
            body = {"codes": ["order_status", "complaint"], "note": "sent back"}
            answer = await talk.alice.post(talk.alice.path(talk.customer, "wrap-up"), body)
            completed = await feed.until("WrapUpCompleted")
            await feed.until("TaskClosed")
        assert answer.of(200)["version"] == len(talk.centre.types(talk.customer.stream))
        assert completed["data"] == {"agent_id": "alice", **body, "reason": "submitted"}
        assert (await talk.alice.me())["tasks"] == []
        assert "sent back" not in str(await talk.customer.events())

    async def test_is_not_seen_by_the_customer(self, talk: Talk) -> None:
        await talk.alice.end(talk.customer)
        (await talk.customer.write("one more thing")).problem(409, "conversation_ended")
        await talk.alice.post(talk.alice.path(talk.customer, "wrap-up"), {})
        assert [event["type"] for event in await talk.customer.events()][-2:] == ["ConversationEnded", "AgentLeft"]

    async def test_takes_notes(self, talk: Talk) -> None:
        await talk.alice.end(talk.customer)
        assert (await talk.alice.note(talk.customer, "afterthought")).status == 201

    async def test_of_a_conversation_that_goes_on_is_refused(self, talk: Talk) -> None:
        (await talk.alice.post(talk.alice.path(talk.customer, "wrap-up"))).problem(409, "no_wrap_up")

    async def test_of_someone_elses_conversation_is_refused(self, talk: Talk) -> None:
        await talk.alice.end(talk.customer)
        refused = await talk.bob.post(talk.bob.path(talk.customer, "wrap-up"))
        assert refused.status in (403, 409)
        assert "WrapUpCompleted" not in talk.centre.types(talk.customer.stream)

    async def test_repeated_gets_the_same_answer_and_another_one_is_refused(self, talk: Talk) -> None:
        await talk.alice.end(talk.customer)
        path = talk.alice.path(talk.customer, "wrap-up")
        first, again = await talk.alice.post(path), await talk.alice.post(path)
        assert (first.of(200), again.of(200), again.replayed) == (first.json, first.json, True)
        (await talk.alice.post(path, {"codes": ["sale"]})).problem(409, "no_wrap_up")

    async def test_ends_after_the_configured_time(self, tmp_path: Path, quick_passwords: None) -> None:
        async with open_centre(tmp_path / "other", queues={"support": {"wrap_up_seconds": 0.05}}) as centre:
            talk = await talk_in(centre)
            await talk.alice.end(talk.customer)
            (completed,) = await centre.recorded("WrapUpCompleted")
            await centre.recorded("TaskClosed")
            assert completed.record.stream == talk.customer.stream
            assert (await talk.alice.me())["tasks"] == []


class TestWrapUpCodes:
    async def test_are_five_at_most(self, talk: Talk) -> None:
        await talk.alice.end(talk.customer)
        path = talk.alice.path(talk.customer, "wrap-up")
        refused = await talk.alice.post(path, {"codes": ["a", "b", "c", "d", "e", "f"]})
        assert refused.problem(422, "invalid_input").errors[0].path == "codes"
        (await talk.alice.post(path, {"codes": ["sale"] * 5})).of(200)


class TestLabels:
    async def test_are_added_and_removed_and_not_seen_by_the_customer(self, talk: Talk) -> None:
        path = talk.alice.path(talk.customer, "labels")
        (await talk.alice.post(path, {"add": ["refund", "angry", "refund"]})).of(200)
        (await talk.alice.post(path, {"add": ["vip"], "remove": ["angry", "unknown"]})).of(200)
        assert (await talk.alice.post(path, {"add": ["vip"]})).replayed
        assert (await talk.alice.post(path, {})).replayed
        assert (await detail(talk))["conversation"]["labels"] == ["refund", "vip"]
        assert "refund" not in str(await talk.customer.events())
        (await talk.bob.post(path, {"add": ["mine"]})).problem(403, "not_participant")

    async def test_are_fifty_at_most(self, talk: Talk) -> None:
        path = talk.alice.path(talk.customer, "labels")
        (await talk.alice.post(path, {"add": [str(number) for number in range(50)]})).of(200)
        (await talk.alice.post(path, {"add": ["one more"]})).problem(409, "too_many_labels")
        (await talk.alice.post(path, {"add": ["x" * 65]})).problem(422, "invalid_input")

    async def test_may_be_given_after_the_end(self, talk: Talk) -> None:
        await talk.alice.end(talk.customer)
        (await talk.alice.post(talk.alice.path(talk.customer, "labels"), {"add": ["late"]})).of(200)


class TestAttributes:
    async def test_are_changed_and_removed(self, talk: Talk) -> None:
        path = talk.alice.path(talk.customer, "attributes")
        (await talk.alice.post(path, {"attributes": {"order": "4711", "items": [1, {"n": None}]}})).of(200)
        (await talk.alice.post(path, {"attributes": {"items": None, "paid": True}})).of(200)
        assert (await talk.alice.post(path, {"attributes": {"paid": True}})).replayed
        assert (await detail(talk))["attributes"] == {"order": "4711", "paid": True}
        assert "4711" not in str(await talk.customer.events())

    async def test_that_nest_too_deeply_or_are_too_many_are_refused(self, talk: Talk) -> None:
        path = talk.alice.path(talk.customer, "attributes")
        deep: object = 1
        for _ in range(40):
            deep = [deep]
        for attributes in ({"deep": deep}, dict.fromkeys(map(str, range(101)), 1)):
            answer = await talk.alice.post(path, {"attributes": attributes})
            assert answer.problem(422, "invalid_input").errors[0].path == "attributes"


class TestHands:
    async def test_are_raised_for_supervisors_and_lowered(self, talk: Talk) -> None:
        path = talk.alice.path(talk.customer, "raise-hand")
        sue = await Agent.log_in(talk.centre, "sue")
        (await talk.alice.post(path, {"raised": True, "reason": "a refund"})).of(200)
        assert (await talk.alice.post(path, {"raised": True})).replayed
        assert (await detail(talk))["conversation"]["hands"] == [{"agent_id": "alice", "reason": "a refund"}]
        assert await raised(sue, "true") == [talk.customer.id]
        (await talk.alice.post(path, {"raised": False})).of(200)
        assert (await raised(sue, "true"), await raised(sue, "false")) == ([], [talk.customer.id])
        (await talk.bob.post(path, {"raised": True})).problem(403, "not_participant")
        assert "Hand" not in str(await talk.customer.events())


class TestReceipts:
    async def test_show_the_customer_that_a_message_was_read(self, talk: Talk) -> None:
        message_id = (await talk.customer.write("Hello")).of(201)["message_id"]
        path = talk.alice.path(talk.customer, "receipts")
        async with talk.customer.follow() as feed:
            (await talk.alice.post(path, {"message_id": message_id, "status": "read"})).of(200)
            receipt = await feed.until("ReceiptRecorded")
        assert receipt["data"] == {
            "message_id": message_id,
            "status": "read",
            "by": {"type": "agent", "id": "alice", "name": "Alice"},
        }
        for status in ("read", "delivered"):
            assert (await talk.alice.post(path, {"message_id": message_id, "status": status})).replayed
        (await talk.alice.post(path, {"message_id": new_id(), "status": "read"})).problem(404, "unknown_message")
        (await talk.bob.post(path, {"message_id": message_id, "status": "failed"})).problem(403, "not_participant")


async def detail(talk: Talk) -> Any:
    return (await talk.alice.get(f"/agent/v1/conversations/{talk.customer.id}")).of(200)


async def raised(agent: Agent, value: str) -> list[str]:
    page = (await agent.get(f"/agent/v1/conversations?hand_raised={value}")).of(200)
    return [conversation["conversation_id"] for conversation in page["conversations"]]

"""The actions of a customer in a conversation."""

import asyncio
import itertools
from pathlib import Path
from typing import Any

import pytest

from gateways.services.asking import ask
from schemas.commands import SuperviseConversation
from schemas.content import Sender
from schemas.events import ConversationRated, CustomerActivityNoticed, CustomerReminded, ReceiptRecorded
from schemas.identifiers import new_id
from schemas.replies import Done
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Customer, text
from tests.gateways.uploads import PNG

pytestmark = pytest.mark.asyncio


class TestMessages:
    async def test_are_durable_and_numbered(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        first = (await customer.write("One")).of(201)
        second = (await customer.write("Two")).of(201)
        assert (first["version"], second["version"]) == (3, 4)
        texts = [event["data"]["content"]["text"] for event in (await customer.events(2))]
        assert texts == ["One", "Two"]

    async def test_keep_every_character(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        words = "a\u0001b\n\t\"\\ \u2028 \U0001f600 e\u0301 \u202e right to left </script> ' -- %s {0}"
        await customer.write(words)
        assert (await customer.events(2))[0]["data"]["content"]["text"] == words

    async def test_of_4096_characters_fit_whatever_their_bytes(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        assert (await customer.write("\U0001f600" * 4096)).status == 201

    async def test_repeated_get_the_same_answer_byte_for_byte(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        id_ = new_id()
        first = await customer.write("Hello", id_)
        await customer.write("More")
        again = await customer.write("Hello", id_)
        assert first.of(201)["message_id"] == id_
        assert (first.replayed, again.replayed) == (False, True)
        assert (again.status, again.content) == (first.status, first.content)
        assert centre.types(customer.stream).count("MessagePosted") == 2

    async def test_repeated_after_the_end_get_the_same_answer(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        id_ = new_id()
        first = await customer.write("Hello", id_)
        await customer.end()
        assert (await customer.write("Hello", id_)).content == first.content

    async def test_with_other_content_under_the_same_id_are_refused(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        id_ = new_id()
        await customer.write("Hello", id_)
        (await customer.write("Bye", id_)).problem(409, "id_conflict")
        assert centre.types(customer.stream).count("MessagePosted") == 1

    async def test_under_an_agents_message_id_are_refused(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        alice = await Agent.ready(centre)
        await alice.accept_only_offer()
        id_ = new_id()
        (await alice.write(customer, "Hello", id_)).of(201)
        (await customer.write("Hello", id_)).problem(409, "id_conflict")

    async def test_posted_at_once_under_one_id_are_one(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        id_ = new_id()
        answers = await asyncio.gather(*(customer.write("Hello", id_) for _ in range(20)))
        assert {answer.content for answer in answers} == {answers[0].content}
        assert [answer.replayed for answer in answers].count(False) == 1
        assert centre.types(customer.stream).count("MessagePosted") == 1

    async def test_may_have_the_same_id_in_another_conversation(self, centre: Centre) -> None:
        id_ = new_id()
        for customer in [await Customer.start(centre) for _ in range(2)]:
            assert not (await customer.write("Hello", id_)).replayed

    async def test_to_an_ended_conversation_are_refused(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        await customer.end()
        position = centre.services.journal.last_position()
        (await customer.write("Hello?")).problem(409, "conversation_ended")
        (await customer.post(f"{customer.path}/typing", {"active": True})).problem(409, "conversation_ended")
        (await customer.post(f"{customer.path}/agent-request")).problem(409, "conversation_ended")
        assert centre.services.journal.last_position() == position


class TestState:
    async def test_holds_the_place_in_the_line(self, centre: Centre) -> None:
        customers = [await Customer.start(centre) for _ in range(3)]
        assert [(await customer.state())["position"] for customer in customers] == [1, 2, 3]
        await customers[0].end()
        assert [(await customer.state()).get("position") for customer in customers] == [None, 1, 2]

    async def test_holds_an_estimated_wait_once_there_is_something_to_base_it_on(self, centre: Centre) -> None:
        customers = [await Customer.start(centre) for _ in range(5)]
        assert "estimated_wait_seconds" not in await customers[4].state()
        alice = await Agent.ready(centre)
        for offer in await alice.offers():
            (await alice.accept(offer["task_id"])).of(200)
        assert "estimated_wait_seconds" not in await customers[4].state()
        (await customers[0].end()).of(200)
        state = await customers[4].state()
        assert state["position"] == 1
        assert state["estimated_wait_seconds"] > 0
        await alice.go("not_ready", reason="lunch")
        assert "estimated_wait_seconds" not in await customers[4].state(), "nobody is there any more"

    async def test_shows_no_agent_of_whom_the_customer_does_not_know(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        alice = await Agent.ready(centre)
        task = await alice.accept_only_offer()
        services = centre.services
        queue = services.configuration.queue_settings("support")
        monitor = SuperviseConversation(
            at=services.clock(), agent_id="sue", agent_name="Sue", task_id=new_id(), mode="monitor", queue=queue
        )
        await ask(services, customer.stream, monitor, "agent:sue", Done)
        assert [participant.get("id") for participant in (await customer.state())["participants"]] == [None, "alice"]
        assert (await customer.state())["status"] == "with_agent"
        assert (await alice.me())["tasks"][0]["task_id"] == task["task_id"]

    async def test_follows_the_conversation(self, centre: Centre) -> None:
        customer = await Customer.start(centre, customer={"name": "Ada"})
        alice = await Agent.ready(centre)
        assert (await customer.state())["position"] == 1
        await alice.accept_only_offer()
        state = await customer.state()
        assert state["status"] == "with_agent"
        assert "position" not in state
        assert [participant["type"] for participant in state["participants"]] == ["customer", "agent"]
        assert state["participants"][1] == {"type": "agent", "role": "primary", "id": "alice", "name": "Alice"}
        await customer.end()
        state = await customer.state()
        assert state["status"] == "ended"
        assert state["version"] == len(centre.types(customer.stream))


class TestAskingForAnAgent:
    async def test_puts_the_customer_into_the_line(self, centre: Centre) -> None:
        customer = await Customer.start(centre, "web")
        answer = await customer.post(f"{customer.path}/agent-request", {"queue": "sales", "reason": "a person, please"})
        assert not answer.replayed
        state = await customer.state()
        assert (state["status"], state["queue"], state["position"]) == ("waiting_for_agent", "sales", 1)
        assert answer.of(200)["version"] == state["version"]

    async def test_needs_no_body(self, centre: Centre) -> None:
        customer = await Customer.start(centre, "web")
        (await customer.post(f"{customer.path}/agent-request")).of(200)
        assert (await customer.state())["queue"] == "support"

    async def test_again_changes_nothing(self, centre: Centre) -> None:
        customer = await Customer.start(centre, "web")
        await customer.post(f"{customer.path}/agent-request")
        again = await customer.post(f"{customer.path}/agent-request")
        assert again.replayed
        assert centre.types(customer.stream).count("AgentRequested") == 1

    @pytest.mark.parametrize("queue", ["nowhere", "callback"])
    async def test_of_a_queue_to_which_the_channel_does_not_lead_is_refused(self, centre: Centre, queue: str) -> None:
        customer = await Customer.start(centre, "web")
        answer = await customer.post(f"{customer.path}/agent-request", {"queue": queue})
        assert [error.path for error in answer.problem(422, "invalid_input").errors] == ["queue"]
        assert (await customer.state())["status"] == "with_bot"


class TestEnding:
    async def test_ends_the_conversation_for_everyone(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        alice = await Agent.ready(centre)
        await alice.accept_only_offer()
        ended = await customer.end()
        assert not ended.replayed
        assert ended.of(200)["version"] == (await customer.state())["version"]
        assert (await alice.me())["tasks"] == []
        assert centre.types(customer.stream)[-2:] == ["ConversationEnded", "AgentLeft"]

    async def test_again_changes_nothing(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        first = await customer.end()
        again = await customer.end()
        assert (first.replayed, again.replayed) == (False, True)
        assert again.content == first.content

    async def test_takes_the_task_out_of_the_line(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        await customer.end()
        alice = await Agent.ready(centre)
        assert await alice.offers() == []

    async def test_withdraws_the_offer(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        customer = await Customer.start(centre)
        (offer,) = await alice.offers()
        await customer.end()
        assert await alice.offers() == []
        (await alice.accept(offer["task_id"])).problem(409, "offer_gone")


class TestTyping:
    async def test_reaches_the_agent_and_is_not_kept(self, centre: Centre) -> None:
        customer = await Customer.start(centre, customer={"name": "Ada"})
        alice = await Agent.ready(centre)
        await alice.accept_only_offer()
        position = await alice.position()
        async with alice.follow(position) as feed, customer.follow(3) as own:
            await customer.write("A sign that the feed is live")
            await feed.until("MessagePosted")
            answer = await customer.post(f"{customer.path}/typing", {"active": True})
            assert (answer.status, answer.content) == (204, b"")
            signal = await feed.next()
            assert signal["type"] == "TypingChanged"
            assert signal["conversation_id"] == customer.id
            assert signal["data"] == {"sender": {"type": "customer", "name": "Ada"}, "active": True}
            assert not {"version", "position"} & set(signal)
            await customer.end()
            assert [event["type"] for event in await feed.take(2)] == ["ConversationEnded", "AgentLeft"]
            assert own.socket.close_code is None
        assert "TypingChanged" not in {record.type for record in centre.services.journal.read_all()}

    async def test_ends_when_nothing_more_is_heard(self, tmp_path: Path, quick_passwords: None) -> None:
        """The page of the one who types may be gone."""
        async with open_centre(tmp_path, feeds={"typing_seconds": 0.05}) as centre:
            customer, alice = await Customer.start(centre), await Agent.ready(centre)
            await alice.accept_only_offer()
            async with alice.follow(await alice.position()) as feed, customer.follow() as own:
                await centre.followed(customer.stream, 2)
                await customer.post(f"{customer.path}/typing", {"active": True})
                assert [(await feed.until("TypingChanged"))["data"]["active"] for _ in range(2)] == [True, False]
                await alice.post(alice.path(customer, "typing"), {"active": True})
                assert [(await own.until("TypingChanged"))["data"]["active"] for _ in range(2)] == [True, False]

    async def test_ends_with_the_message(self, centre: Centre) -> None:
        customer, alice = await Customer.start(centre), await Agent.ready(centre)
        await alice.accept_only_offer()
        async with alice.follow(await alice.position()) as feed:
            await centre.followed(customer.stream)
            await customer.post(f"{customer.path}/typing", {"active": True})
            await feed.until("TypingChanged", active=True)
            await customer.write("Here I am")
            seen: dict[str, Any] = {}
            while not {"MessagePosted", "TypingChanged"} <= seen.keys():
                event = await feed.next()
                seen[event["type"]] = event
            assert seen["TypingChanged"]["data"]["active"] is False

    @pytest.mark.parametrize("activity", ["typing", "upload"])
    async def test_counts_as_activity_as_uploads_do(self, tmp_path: Path, quick_passwords: None, activity: str) -> None:
        """The customer has been reminded, and has the whole time again."""
        channels = {"web-direct": {"queue": "support", "inactivity_seconds": 4.0}}
        async with open_centre(tmp_path, channels=channels) as centre:
            customer, alice = await Customer.start(centre), await Agent.ready(centre)
            await alice.accept_only_offer()
            await alice.write(customer, "And your number?")
            (reminded,) = await centre.recorded("CustomerReminded")
            if activity == "typing":
                (await customer.post(f"{customer.path}/typing", {"active": True})).of(204)
            else:
                (await customer.upload(PNG, "photo.png", "image/png")).of(201)
            (noticed,) = await centre.recorded("CustomerActivityNoticed")
            assert isinstance(reminded.event, CustomerReminded)
            assert isinstance(noticed.event, CustomerActivityNoticed)
            assert noticed.event.activity == activity
            assert noticed.event.expects.until > reminded.event.ends_at
            assert "CustomerActivityNoticed" not in [event["type"] for event in await customer.events()]

    async def test_is_not_sent_to_the_one_who_types(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        async with customer.follow() as feed:
            await feed.take(2)
            await customer.write("One")
            await feed.until("MessagePosted")
            await customer.post(f"{customer.path}/typing", {"active": True})
            await customer.write("Two")
            assert (await feed.next())["type"] == "MessagePosted"


async def test_ids_sort_in_the_order_in_which_they_were_made(centre: Centre) -> None:
    customer = await Customer.start(centre)
    ids = [(await customer.post(f"{customer.path}/messages", text("x"))).json["message_id"] for _ in range(5)]
    assert all(first[:13] <= second[:13] for first, second in itertools.pairwise(ids))


class TestReceipts:
    async def test_are_recorded(self, centre: Centre) -> None:
        customer, message_id = await with_agents_message(centre)
        answer = await customer.post(f"{customer.path}/receipts", {"message_id": message_id, "status": "delivered"})
        assert answer.of(200)["version"] == len(centre.types(customer.stream))
        (recorded,) = await centre.recorded("ReceiptRecorded")
        assert isinstance(recorded.event, ReceiptRecorded)
        assert recorded.event == ReceiptRecorded(message_id=message_id, status="delivered", by=Sender("customer"))

    async def test_that_repeat_or_come_after_read_change_nothing(self, centre: Centre) -> None:
        customer, message_id = await with_agents_message(centre)
        statuses = ("delivered", "delivered", "read", "delivered", "read")
        answers = [
            await customer.post(f"{customer.path}/receipts", {"message_id": message_id, "status": status})
            for status in statuses
        ]
        assert [answer.replayed for answer in answers] == [False, True, False, True, True]
        assert centre.types(customer.stream).count("ReceiptRecorded") == 2

    async def test_of_another_conversations_message_are_refused(self, centre: Centre) -> None:
        _, message_id = await with_agents_message(centre)
        other = await Customer.start(centre)
        answer = await other.post(f"{other.path}/receipts", {"message_id": message_id, "status": "read"})
        answer.problem(404, "unknown_message")

    async def test_are_recorded_after_the_end_too(self, centre: Centre) -> None:
        customer, message_id = await with_agents_message(centre)
        await customer.end()
        (await customer.post(f"{customer.path}/receipts", {"message_id": message_id, "status": "read"})).of(200)


class TestRating:
    async def test_is_recorded(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        await customer.end()
        answer = await customer.post(f"{customer.path}/rating", {"score": 4, "comment": "Quick"})
        assert answer.of(200)["version"] == len(centre.types(customer.stream))
        (rated,) = await centre.recorded("ConversationRated")
        assert rated.event == ConversationRated(score=4, comment="Quick")

    async def test_before_the_end_is_refused(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        (await customer.post(f"{customer.path}/rating", {"score": 4})).problem(409, "not_ended")

    async def test_is_given_once(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        await customer.end()
        first = await customer.post(f"{customer.path}/rating", {"score": 4})
        again = await customer.post(f"{customer.path}/rating", {"score": 4})
        assert (first.replayed, again.replayed) == (False, True)
        assert again.content == first.content
        (await customer.post(f"{customer.path}/rating", {"score": 5})).problem(409, "already_rated")

    @pytest.mark.parametrize("score", [0, 6, -1, 3.5, 10**30])
    async def test_out_of_range_is_refused(self, centre: Centre, score: float) -> None:
        customer = await Customer.start(centre)
        await customer.end()
        details = (await customer.post(f"{customer.path}/rating", {"score": score})).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == ["score"]


async def with_agents_message(centre: Centre) -> tuple[Customer, str]:
    """A customer with whom an agent speaks, and the message that the agent has sent."""
    customer = await Customer.start(centre)
    alice = await Agent.ready(centre)
    await alice.accept_only_offer()
    return customer, (await alice.write(customer, "Hello")).of(201)["message_id"]

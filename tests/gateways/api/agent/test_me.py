"""What a desktop reads at its start is what the events of the feed make of an earlier answer."""

from typing import Any

import pytest

from actors.conversation import CONVERSATION, Conversation
from schemas.events import REGISTRY
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.api.agent.reducing import reduced, reduced_agent
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Answer, Customer

pytestmark = pytest.mark.asyncio


class Desktop:
    """A desktop of Alice that knows her tasks and a conversation by the first answer and the events alone."""

    def __init__(self, alice: Agent, me: Any) -> None:
        self.alice = alice
        self.position: int = me["position"]
        self.me = me
        (self.body,) = me["conversations"]

    async def check(self, *answers: Answer) -> Any:
        """Takes the events that there are by now, and compares what they make of the answer."""
        assert [answer.status for answer in answers if answer.status >= 300] == []
        me = await self.alice.me()
        page = (await self.alice.get(f"/agent/v1/events?after={self.position}&limit=1000")).of(200)
        for event in page["events"]:
            if event["position"] <= me["position"] and "conversation_id" not in event:
                self.me = reduced_agent(self.me, event)
            if event.get("conversation_id") == self.body["conversation_id"] and event["position"] <= me["position"]:
                self.body = reduced(self.body, event, "alice")
        self.position = me["position"]
        for name in ("state", "reason", "mrds", "tasks"):
            assert self.me[name] == me[name], name
        (fresh,) = [each for each in me["conversations"] if each["conversation_id"] == self.body["conversation_id"]]
        assert {name: value for name, value in self.body.items() if name != "_unread"} == fresh
        return fresh


async def at_work(centre: Centre) -> tuple[Desktop, Customer]:
    root, alice = await Administrator.come(centre), await Agent.ready(centre)
    (await root.configure("queues/support", {"mrd": "chat", "response_seconds": 600, "wrap_up_seconds": 600})).of(200)
    customer = await Customer.start(centre, text="Hello", language="de")
    await alice.accept_only_offer()
    return Desktop(alice, await alice.me()), customer


async def test_the_conversation_follows_from_the_feed(centre: Centre) -> None:
    desktop, customer = await at_work(centre)
    alice, bob, sue = desktop.alice, await Agent.on_shift(centre, "bob"), await Agent.on_shift(centre, "sue")
    await bob.go("ready")
    path = alice.path
    asked = await desktop.check(await customer.write("Where is it?"))
    assert (asked["unread"], asked["expected"]["of"], asked["last_message_by"]) == (1, "agent", "customer")
    again = await desktop.check(await customer.write("Hello?"))
    assert (again["unread"], again["unanswered_since"]) == (2, asked["unanswered_since"])
    assert again["expected"] == asked["expected"]
    answered = await desktop.check(await alice.write(customer, "Let me see"))
    assert not answered.keys() & {"unread", "unanswered_since", "expected"}
    await desktop.check(await alice.post(path(customer, "labels"), {"add": ["refund"], "remove": []}))
    await desktop.check(await alice.post(path(customer, "raise-hand"), {"raised": True, "reason": "a refund"}))
    await desktop.check(await sue.post(path(customer, "monitor")))
    assert (await desktop.check(await sue.post(path(customer, "whisper"), {"text": "Grant it"})))["unread"] == 1
    await desktop.check(await alice.post(path(customer, "raise-hand"), {"raised": False}))
    assert "unread" not in await desktop.check(await alice.note(customer, "granted"))
    await desktop.check(await alice.post(path(customer, "consult"), {"to": {"agent": "bob"}}))
    await bob.accept_only_offer()
    assert (await desktop.check(await bob.note(customer, "seen it")))["unread"] == 1
    await desktop.check(await alice.post(path(customer, "conference"), {"to": {"agent": "bob"}}))
    assert (await desktop.check(await bob.write(customer, "Bob here")))["unread"] == 2
    await desktop.check(await bob.post(path(customer, "leave")))
    ended = await desktop.check(await customer.end())
    assert (ended["status"], ended["end_reason"]) == ("wrap_up", "customer_left")


async def test_states_and_tasks_follow_from_the_feed(centre: Centre) -> None:
    desktop, customer = await at_work(centre)
    alice, mrd = desktop.alice, "/agent/v1/me/mrds/callback/state"
    await desktop.check(await alice.put(mrd, {"state": "not_ready", "reason": "training"}))
    await desktop.check(await alice.put(mrd, {"state": "ready"}))
    others = [await Customer.start(centre) for _ in range(2)]
    await desktop.check()
    declined, accepted = await alice.offers()
    await desktop.check(await alice.decline(declined["task_id"]))
    await desktop.check(await alice.accept(accepted["task_id"]))
    await desktop.check(await alice.put("/agent/v1/me/state", {"state": "not_ready", "reason": "lunch"}))
    gone = next(other for other in others if other.id == accepted["conversation_id"])
    await desktop.check(await gone.end())
    await desktop.check(await alice.post(alice.path(gone, "wrap-up"), {"codes": ["sale"]}))
    await desktop.check(await alice.put("/agent/v1/me/state", {"state": "ready"}))
    bob = await Agent.ready(centre, "bob")
    (await alice.post(alice.path(customer, "conference"), {"to": {"agent": "bob"}})).of(200)
    await bob.accept_only_offer()
    await desktop.check(await alice.put("/agent/v1/me/state", {"state": "not_ready"}))


async def test_a_receipt_marks_all_before_it_as_read(centre: Centre) -> None:
    desktop, customer = await at_work(centre)
    ids = [(await customer.write(words)).of(201)["message_id"] for words in ("one", "two", "three")]
    receipts = desktop.alice.path(customer, "receipts")
    for status, number, unread in (("delivered", 2, 3), ("read", 1, 1), ("read", 0, 1), ("read", 2, 0)):
        marked = await desktop.alice.post(receipts, {"message_id": ids[number], "status": status})
        assert (await desktop.check(marked)).get("unread", 0) == unread


async def test_each_agent_has_read_for_oneself(centre: Centre) -> None:
    desktop, customer = await at_work(centre)
    bob = await Agent.ready(centre, "bob")
    (await desktop.alice.post(desktop.alice.path(customer, "conference"), {"to": {"agent": "bob"}})).of(200)
    await bob.accept_only_offer()
    await customer.write("Who are you?")
    await bob.write(customer, "Bob")
    (of_bob,) = (await bob.me())["conversations"]
    assert "unread" not in of_bob
    (of_alice,) = (await desktop.alice.me())["conversations"]
    assert of_alice["unread"] == 2
    (listed,) = (await desktop.alice.get("/agent/v1/conversations")).of(200)["conversations"]
    assert listed == of_alice


async def test_the_expected_answer_is_the_one_that_the_conversation_expects(centre: Centre) -> None:
    desktop, customer = await at_work(centre)
    alice, bob = desktop.alice, await Agent.ready(centre, "bob")
    await customer.write("Where is it?")
    await check_expected(centre, customer)
    (await alice.post(alice.path(customer, "conference"), {"to": {"agent": "bob"}})).of(200)
    await bob.accept_only_offer()
    (await alice.post(alice.path(customer, "transfer"), {"to": {"agent": "bob"}})).of(200)
    await check_expected(centre, customer)
    await bob.write(customer, "Here")
    await check_expected(centre, customer)
    (await bob.post(bob.path(customer, "transfer"), {"to": {"bot": "greeter"}})).of(200)
    await check_expected(centre, customer)
    await customer.end()
    await check_expected(centre, customer)


async def check_expected(centre: Centre, customer: Customer) -> None:
    state: Conversation = CONVERSATION.initial(customer.id)
    for record in centre.services.journal.read_stream(customer.stream):
        CONVERSATION.evolve(state, REGISTRY.decode(record))  # type: ignore[arg-type] # the stream's own events
    view = centre.services.conversations.get(customer.id)
    assert view is not None
    assert view.expected == state.expected

"""The explanation of a task lists the router's decisions in sentences."""

import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from gateways.inspection.explanations import conversation_of_task
from projections import ConversationDirectory
from schemas.configuration import Overflow, Queue, Step
from schemas.identifiers import new_id
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Customer
from tests.gateways.routing import give_attributes, set_queue

pytestmark = pytest.mark.asyncio

TIME = r"\d\d:\d\d:\d\d UTC"


async def explanation(agent: Agent, task_id: str) -> Any:  # JSON
    return (await agent.get(f"/agent/v1/tasks/{task_id}/explain")).of(200)


async def sentences(agent: Agent, task_id: str) -> list[str]:
    """The sentences without the times at their beginnings. All other times are replaced by TIME."""
    found = [decision["sentence"] for decision in (await explanation(agent, task_id))["decisions"]]
    assert all(re.match(f"{TIME} ", sentence) for sentence in found)
    return [re.sub(TIME, "TIME", sentence[13:]) for sentence in found]


async def task_of(centre: Centre, customer: Customer) -> str:
    view = centre.services.conversations.get(customer.id)
    assert view is not None
    return str(view.task_id)


async def test_an_offer_names_eligible_and_excluded_agents(centre: Centre) -> None:
    steps = [Step(criterion="french >= 9", seconds=0.001), Step(criterion="english >= 5", seconds=3600), Step()]
    await set_queue(centre, "support", Queue(mrd="chat", steps=steps))
    for name, english in (("alice", 7), ("bob", 5), ("carol", 1)):
        await Agent.ready(centre, name)
        await give_attributes(centre, name, english=english)
    sue = await Agent.log_in(centre, "sue")
    await sue.go("ready")
    await sue.go("not_ready")
    customer = await Customer.start(centre)
    await centre.recorded("TaskOffered")
    task_id = await task_of(centre, customer)
    explained = await explanation(sue, task_id)
    assert (explained["task_id"], explained["conversation_id"]) == (task_id, customer.id)
    assert (explained["mrd"], explained["queue"]) == ("chat", "support")
    types = [decision["type"] for decision in explained["decisions"]]
    assert types == ["TaskQueued", "EligibilityWidened", "TaskOffered"]
    offered = explained["decisions"][2]["data"]
    assert offered["criterion"] == "english >= 5"
    assert offered["excluded_counts"] == {"not_ready": 1, "criterion": 1}
    assert offered["rule_version"] >= 2
    others = "1 not ready, 1 free but not eligible; step 2 of 3: english >= 5"
    assert await sentences(sue, task_id) == [
        "queued in support with priority 5 as number 1 in line; estimated wait 0 s",
        "nobody has taken it in the step before: step 2 of 3 is in force",
        f"offered to Alice (longest available, since TIME) among 2 eligible agents of 4; {others}",
    ]


async def test_names_the_agents_who_declined_and_accepted(centre: Centre) -> None:
    alice, bob = await Agent.ready(centre), await Agent.ready(centre, "bob")
    customer = await Customer.start(centre)
    task_id = await task_of(centre, customer)
    await alice.decline(task_id)
    await bob.accept(task_id)
    await customer.write("Hello")
    later = await Customer.start(centre)
    not_alice = "1 free but not eligible; without Alice, who declined"
    assert await sentences(bob, task_id) == [
        "queued in support with priority 5 as number 1 in line; estimated wait 0 s",
        "offered to Alice (longest available, since TIME) among 2 eligible agents of 2",
        "Alice declined; back at its old place; not for Alice before TIME while others may take it",
        f"offered to Bob (longest available, since TIME) among 1 eligible agent of 2; {not_alice}",
        "accepted by Bob after 0 s in the line",
    ]
    assert len(await sentences(alice, await task_of(centre, later))) == 2


async def test_says_that_nobody_else_may_take_it(centre: Centre) -> None:
    alice = await Agent.ready(centre)
    customer = await Customer.start(centre)
    task_id = await task_of(centre, customer)
    await alice.decline(task_id)
    again = "again to Alice, who let it go, because nobody else may take it"
    assert (await sentences(alice, task_id))[3:] == [
        f"offered to Alice (longest available, since TIME) among 1 eligible agent of 1; {again}"
    ]


async def test_explains_transfers_and_excludes_the_agent_who_transferred(centre: Centre) -> None:
    alice, bob = await Agent.ready(centre), await Agent.on_shift(centre, "bob")
    customer = await Customer.start(centre)
    await alice.accept_only_offer()
    body = {"to": {"agent": "bob"}}
    task_id = (await alice.post(alice.path(customer, "transfer"), body)).of(200)["task_id"]
    (queued,) = await sentences(alice, task_id)
    assert queued == (
        "queued in support with priority 10 as number 1 in line; estimated wait 1200 s; "
        "for Bob first, until TIME; not for Alice, who had it"
    ), "after the two offers to Bob, Alice may take it, because nobody else is ready"
    await bob.go("ready")
    assert (await sentences(alice, task_id))[1:] == ["offered to Bob, who is wanted for it or served the customer last"]
    await customer.end()
    assert (await sentences(alice, task_id))[2:] == ["left the line without an agent: customer_left"]


async def test_explains_moves_between_queues_and_expiry(centre: Centre) -> None:
    overflow = Overflow(queue="sales", after_seconds=0.01)
    await set_queue(centre, "support", Queue(mrd="chat", overflow=overflow))
    await set_queue(centre, "sales", Queue(mrd="chat", time_to_live_seconds=0.05))
    customer = await Customer.start(centre)
    task_id = await task_of(centre, customer)
    await centre.recorded("TaskExpired")
    sue = await Agent.log_in(centre, "sue")
    assert await sentences(sue, task_id) == [
        "queued in support with priority 5 as number 1 in line",
        "moved from support to sales (overflow)",
        "given up in sales: no_agent_available",
    ]


async def test_explains_picked_tasks_and_tasks_of_supervisors(centre: Centre) -> None:
    await set_queue(centre, "support", Queue(mrd="chat", distribution="pull"))
    alice, sue = await Agent.ready(centre), await Agent.on_shift(centre, "sue")
    customer = await Customer.start(centre)
    task_id = await task_of(centre, customer)
    await alice.accept(task_id)
    assert (await sentences(alice, task_id))[1:] == [
        "picked by Alice out of 1 waiting task",
        "accepted by Alice after 0 s in the line",
    ]
    await sue.post(sue.path(customer, "monitor"))
    (assigned,) = (await sue.me())["tasks"]
    assert await sentences(sue, assigned["task_id"]) == [
        "Sue came in as a supervisor to monitor in silence; nothing was routed"
    ]
    other = await Customer.start(centre)
    await sue.post(sue.path(other, "take-over"))
    taken = next(task for task in (await sue.me())["tasks"] if task["conversation_id"] == other.id)
    assert await sentences(sue, taken["task_id"]) == ["Sue came in as a supervisor and took over; nothing was routed"]


async def test_an_explanation_is_refused_to_agents_who_may_not_see_the_conversation(centre: Centre) -> None:
    alice, bob = await Agent.ready(centre), await Agent.on_shift(centre, "bob")
    customer = await Customer.start(centre)
    task_id = await task_of(centre, customer)
    (await bob.get(f"/agent/v1/tasks/{task_id}/explain")).problem(403, "not_participant")
    assert (await alice.get(f"/agent/v1/tasks/{task_id}/explain")).status == 200
    (await alice.get(f"/agent/v1/tasks/{new_id()}/explain")).problem(404, "not_found")
    (await alice.get(f"/agent/v1/tasks/{customer.id}/explain")).problem(404, "not_found")


async def test_a_task_that_left_the_live_view_is_explained_from_the_journal(
    tmp_path: Path, quick_passwords: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projections.live.views.ConversationDirectory", partial(ConversationDirectory, 1))
    async with open_centre(tmp_path) as centre:
        customers = [await Customer.start(centre) for _ in range(6)]
        task_ids = [await task_of(centre, customer) for customer in customers]
        for customer in customers:
            await customer.end()
        assert centre.services.conversations.of_task(task_ids[0]) is None
        sue = await Agent.log_in(centre, "sue")
        for task_id in task_ids:
            assert [decision["type"] for decision in (await explanation(sue, task_id))["decisions"]] == [
                "TaskQueued",
                "TaskCancelled",
            ]
        journal = centre.services.journal
        assert conversation_of_task(journal, task_ids[3]) == customers[3].id
        assert conversation_of_task(journal, "ffffffff" + task_ids[3][8:]) is None
        assert conversation_of_task(journal, task_ids[3], max_records=1) is None

"""Those to whom a conversation may go now, and what stands in the way of each."""

from typing import Any

import pytest

from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Customer
from tests.gateways.hours import closed_for_days

pytestmark = pytest.mark.asyncio

OF_ALICE_ALONE = "english >= 9 and german >= 6"
OF_NOBODY = "english >= 10 and german >= 10"
WAYS = ("transfer", "consult", "conference")


async def targets(agent: Agent, customer: Customer) -> Any:
    return (await agent.get(agent.path(customer, "targets"))).of(200)


def obstacles(found: Any, kind: str, name: str) -> dict[str, dict[str, str]]:
    return {target[name]: target["obstacles"] for target in found[kind]}


def everywhere(code: str) -> dict[str, str]:
    return dict.fromkeys(WAYS, code)


async def a_centre(centre: Centre) -> tuple[Customer, Agent, Any]:
    """Alice owns the conversation, which Sue monitors. Bob is ready, and Carol not there."""
    root, alice, bob = await Administrator.come(centre), await Agent.ready(centre), await Agent.on_shift(centre, "bob")
    sue = await Agent.on_shift(centre, "sue")
    calendar, _ = closed_for_days(3)
    (await root.configure("calendars/later", calendar)).of(201)
    (await root.configure("queues/later", {"mrd": "chat", "calendar": "later"})).of(201)
    for name, criterion in (("vip", OF_ALICE_ALONE), ("nobody", OF_NOBODY)):
        (await root.configure(f"queues/{name}", {"mrd": "chat", "steps": [{"criterion": criterion}]})).of(201)
    customer = await Customer.start(centre)
    await alice.accept_only_offer()
    await bob.go("ready")
    (await sue.post(sue.path(customer, "monitor"))).of(200)
    return customer, alice, await targets(alice, customer)


class TestTargets:
    async def test_say_who_has_room_and_who_waits(self, centre: Centre) -> None:
        _, alice, found = await a_centre(centre)
        listed = {queue["queue"]: queue for queue in (await alice.get("/agent/v1/queues")).of(200)["queues"]}
        for queue in found["queues"]:
            # The estimate is that of the moment, and differs in its digits.
            known = listed[queue["queue"]]
            assert {name: queue[name] for name in known.keys() - {"estimated_wait_seconds"}} == {
                name: value for name, value in known.items() if name != "estimated_wait_seconds"
            }
        agents = {agent["agent_id"]: agent for agent in found["agents"]}
        assert set(agents) == {"bob", "carol", "sue", "root"}
        assert (agents["bob"]["state"], agents["bob"]["free_slots"]) == ("ready", 3)
        assert (agents["carol"]["state"], agents["carol"]["free_slots"]) == ("logged_out", 0)
        assert agents["sue"]["role"] == "monitor"
        assert "role" not in agents["bob"]
        assert found["bots"] == [{"bot": "greeter", "suggests": False}]
        assert found["mrd"] == "chat"

    async def test_have_the_obstacles_that_the_calls_meet(self, centre: Centre) -> None:
        customer, alice, found = await a_centre(centre)
        assert obstacles(found, "queues", "queue") == {
            "support": {},
            "sales": {},
            "callback": {},
            "later": everywhere("out_of_hours"),
            "vip": {"consult": "nobody_eligible", "conference": "nobody_eligible"},
            "nobody": everywhere("nobody_eligible"),
        }
        assert obstacles(found, "agents", "agent_id") == {
            "bob": {},
            "carol": everywhere("agent_unavailable"),
            "sue": everywhere("already_takes_part"),
            "root": everywhere("agent_unavailable"),
        }
        for kind, name in (("queues", "queue"), ("agents", "agent_id")):
            for target in found[kind]:
                to = {kind.removesuffix("s"): target[name]}
                for way, code in target["obstacles"].items():
                    (await alice.post(alice.path(customer, way), {"to": to})).problem(409, code)

    async def test_who_take_part_are_known_by_their_role(self, centre: Centre) -> None:
        customer, alice, _ = await a_centre(centre)
        bob = await Agent.log_in(centre, "bob")
        found: list[Any] = []
        for way in ("consult", "conference"):
            (await alice.post(alice.path(customer, way), {"to": {"agent": "bob"}})).of(200)
            if way == "consult":
                await bob.accept_only_offer()
            (of_bob,) = [each for each in (await targets(alice, customer))["agents"] if each["agent_id"] == "bob"]
            found.append((of_bob["role"], of_bob["obstacles"]))
        assert found == [
            ("consultant", {"consult": "already_takes_part"}),
            ("assistant", {"consult": "already_takes_part", "conference": "already_takes_part"}),
        ]
        (await alice.post(alice.path(customer, "transfer"), {"to": {"agent": "bob"}})).of(200)
        (await alice.get(alice.path(customer, "targets"))).problem(403, "not_participant")

    async def test_are_listed_for_the_owner_alone(self, centre: Centre) -> None:
        customer, alice, _ = await a_centre(centre)
        sue, bob = await Agent.log_in(centre, "sue"), await Agent.log_in(centre, "bob")
        (await sue.get(sue.path(customer, "targets"))).problem(403, "not_primary")
        (await bob.get(bob.path(customer, "targets"))).problem(403, "not_participant")
        await customer.end()
        (await alice.get(alice.path(customer, "targets"))).problem(409, "conversation_ended")

    async def test_do_not_hold_agents_who_are_disabled(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        (await root.configure("agents/carol", {"name": "Carol", "disabled": True})).of(200)
        _, _, found = await a_centre(centre)
        assert "carol" not in obstacles(found, "agents", "agent_id")

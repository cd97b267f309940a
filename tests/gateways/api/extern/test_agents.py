"""The agents' states as other applications see them."""

from pathlib import Path

import pytest

from tests.gateways.api.extern.conftest import KEY, KEYS
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Caller, Customer

pytestmark = pytest.mark.asyncio

PATH = "/extern/v1/agents/states"
NOT_READY = {"state": "not_ready", "tasks": 0}


async def test_every_agent_has_a_state_in_every_mrd(crm: Caller) -> None:
    agents = (await crm.get(PATH)).of(200)["agents"]
    assert [agent["agent_id"] for agent in agents] == ["alice", "bob", "carol", "sue", "root"]
    assert agents[0] == {
        "agent_id": "alice",
        "name": "Alice",
        "state": "logged_out",
        "mrds": [{"mrd": "chat", "max_tasks": 3, **NOT_READY}, {"mrd": "callback", "max_tasks": 1, **NOT_READY}],
        "tasks": [],
    }


async def test_an_agents_state_holds_the_tasks_and_the_time_of_the_last_change(centre: Centre, crm: Caller) -> None:
    alice = await Agent.ready(centre)
    customer = await Customer.start(centre)
    task = await alice.accept_only_offer()
    answered = (await crm.get(PATH)).of(200)["agents"][0]
    assert answered["state"] == "ready"
    states = {state["mrd"]: (state["state"], state["tasks"]) for state in answered["mrds"]}
    assert states == {"chat": ("active", 1), "callback": ("ready", 0)}
    assert [(held["task_id"], held["conversation_id"], held["state"]) for held in answered["tasks"]] == [
        (task["task_id"], customer.id, "active")
    ]
    assert answered["since"].endswith("Z")
    await alice.go("not_ready", reason="lunch")
    answered = (await crm.get(PATH)).of(200)["agents"][0]
    assert (answered["state"], answered["reason"]) == ("not_ready", "lunch")


async def test_the_states_of_one_mrd_hold_no_others(tmp_path: Path, quick_passwords: None) -> None:
    agents = {"alice": {"name": "Alice", "mrds": ["chat"]}, "bob": {"name": "Bob", "mrds": ["callback"]}}
    async with open_centre(tmp_path, api_keys=KEYS, agents=agents) as centre:
        crm = Caller(centre, KEY)
        alice = await Agent.ready(centre)
        await Customer.start(centre)
        assert len(await alice.offers()) == 1
        callback = (await crm.get(f"{PATH}?mrd=callback")).of(200)["agents"]
        assert [agent["agent_id"] for agent in callback] == ["bob", "carol", "sue", "root"]
        assert {state["mrd"] for agent in callback for state in agent["mrds"]} == {"callback"}
        (first, *_) = (await crm.get(f"{PATH}?mrd=chat")).of(200)["agents"]
        assert (first["agent_id"], len(first["tasks"])) == ("alice", 1)


@pytest.mark.parametrize("mrd", ["voice", "", "%00", "x" * 3000])
async def test_the_states_of_an_unknown_mrd_are_refused(crm: Caller, mrd: str) -> None:
    details = (await crm.get(f"{PATH}?mrd={mrd}")).problem(422, "invalid_input")
    assert [error.path for error in details.errors] == ["mrd"]

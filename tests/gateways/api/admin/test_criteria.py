"""A criterion is checked as it is typed."""

from typing import Any

import pytest

from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Customer

pytestmark = pytest.mark.asyncio


async def check(root: Administrator, criterion: str, **more: str) -> Any:
    return (await root.post("/admin/v1/criteria/check", {"criterion": criterion, **more})).of(200)


async def test_the_agents_who_meet_it_are_counted(centre: Centre) -> None:
    root = await Administrator.come(centre)
    (await root.configure("agents/dave", {"name": "Dave", "mrds": ["callback"], "attributes": {"english": 9}})).of(201)
    (await root.configure("agents/eve", {"name": "Eve", "attributes": {"english": 9}, "disabled": True})).of(201)
    position = centre.services.journal.last_position()
    found = await check(root, "english >= 9")
    assert (found["valid"], found["faults"]) == (True, [])
    expected = [
        agent.name
        for _, agent in sorted(centre.services.configuration.agents.items())
        if not agent.disabled and int(agent.attributes.get("english", 0)) >= 9
    ]
    assert found["agents"] == {"eligible": len(expected), "ready_now": 0, "names": expected}
    assert "Dave" in expected
    in_chat = await check(root, "english >= 9", mrd="chat")
    assert in_chat["agents"]["names"] == [name for name in expected if name != "Dave"]
    assert centre.services.journal.last_position() == position


async def test_those_who_could_be_offered_a_task_are_ready(centre: Centre) -> None:
    root, alice = await Administrator.come(centre), await Agent.ready(centre)
    await root.configure("mrds/chat", {"max_tasks": 1})
    assert (await check(root, ""))["agents"]["ready_now"] == 1
    assert (await check(root, "", mrd="chat"))["agents"]["ready_now"] == 1
    await Customer.start(centre)
    await alice.accept_only_offer()
    assert (await check(root, "", mrd="chat"))["agents"]["ready_now"] == 0


async def test_the_first_twenty_are_named(centre: Centre) -> None:
    root = await Administrator.come(centre)
    for number in range(25):
        await root.configure(f"agents/z{number:02}", {"name": f"Z {number}"})
    found = (await check(root, ""))["agents"]
    assert (found["eligible"], len(found["names"])) == (len(centre.services.configuration.agents), 20)


@pytest.mark.parametrize(
    ("criterion", "positions"),
    [
        ("english >=", [10]),
        ("english >= 5 and", [16]),
        ("english = 5", [8]),
        ("klingon and martian", [0, 12]),
        ("\u00e9\U0001f600", [0]),
        ("(" * 40, [32]),
    ],
)
async def test_every_fault_is_named_with_its_place(centre: Centre, criterion: str, positions: list[int]) -> None:
    root = await Administrator.come(centre)
    found = await check(root, criterion)
    assert (found["valid"], found["agents"]) == (False, None)
    assert [fault["position"] for fault in found["faults"]] == positions
    assert all(fault["message"] for fault in found["faults"])


async def test_an_mrd_that_is_not_there_is_refused(centre: Centre) -> None:
    root = await Administrator.come(centre)
    body = {"criterion": "", "mrd": "fax"}
    details = (await root.post("/admin/v1/criteria/check", body)).problem(422, "invalid_input")
    assert [error.path for error in details.errors] == ["mrd"]

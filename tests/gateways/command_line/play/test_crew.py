"""The agents of a run: how they log in, and how many conversations they can hold."""

import asyncio

import msgspec
import pytest
from aiohttp import web

from gateways.client.agent_session import Credentials
from gateways.command_line.play.crew import Crew, free_places
from gateways.command_line.play.open_performances import OpenPerformances
from schemas.api.agent import Me, MrdState, Profile, Session, Task
from schemas.instants import utc_now
from tests.gateways.client.scripted import scripted


def me(*tasks: Task, mrds: dict[str, int]) -> Me:
    states = [
        MrdState(mrd, "ready", len([task for task in tasks if task.mrd == mrd]), max_tasks)
        for mrd, max_tasks in mrds.items()
    ]
    return Me(Profile("alice", "Alice", "agent"), "ready", None, states, list(tasks), [], 0, utc_now())


def task(state: str, mrd: str = "chat") -> Task:
    return Task("task", "conversation", mrd, "support", state)


def test_the_mrd_with_most_places_counts() -> None:
    assert free_places(me(mrds={"callback": 1, "chat": 3})) == 3
    assert free_places(me(mrds={"one": 1, "other": 1})) == 1


def test_a_task_takes_a_place_until_it_is_wrapped_up() -> None:
    assert free_places(me(task("active"), task("wrap_up"), mrds={"chat": 3, "callback": 1})) == 1
    assert free_places(me(task("active"), task("active"), task("active"), mrds={"chat": 3, "callback": 1})) == 0


def test_offers_and_tasks_of_other_mrds_take_no_place() -> None:
    assert free_places(me(task("reserved"), task("active", "callback"), mrds={"chat": 3, "callback": 1})) == 3


def test_an_agent_without_an_mrd_has_no_place() -> None:
    assert free_places(me(mrds={})) == 0


@pytest.mark.asyncio
async def test_many_agents_log_in_four_at_once() -> None:
    """The four logins that are let in wait for each other, so that a fifth at the same time would be seen."""
    four = asyncio.Barrier(4)
    inside = max_inside = 0

    async def doorkeeper(request: web.Request) -> web.Response:
        nonlocal inside, max_inside
        if not request.path.endswith("/login"):
            return web.Response(body=msgspec.json.encode(me(mrds={"chat": 10})))
        inside += 1
        max_inside = max(inside, max_inside)
        await four.wait()
        inside -= 1
        return web.Response(body=msgspec.json.encode(Session("token", 900, "again", Profile("a", "A", "agent"))))

    crowd = [Credentials(f"agent-{number}", "secret") for number in range(12)]
    async with scripted(doorkeeper) as client:
        crew = Crew(client, crowd, OpenPerformances(), lambda work: work.close(), clear=False)
        assert await crew.work(print) == 120
    assert max_inside == 4

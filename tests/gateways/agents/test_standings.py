"""How agents stand, without HTTP."""

import msgspec
import pytest

from gateways.agents.standings import list_standings
from gateways.services import Services
from projections import MrdView
from schemas.replies import RefusalCode
from tests.gateways.calling import ready, refused, serve

pytestmark = pytest.mark.asyncio


def timeless(mrds: list[MrdView]) -> list[MrdView]:
    """The same, without since when."""
    return [msgspec.structs.replace(mrd, since=None) for mrd in mrds]


async def test_of_every_agent(services: Services) -> None:
    conversation_id = await serve(services)
    await ready(services, "bob")
    found = {standing.agent.agent_id: standing for standing in list_standings(services)}
    assert set(found) == set(services.configuration.agents)
    assert [(task.conversation_id, task.state) for task in found["alice"].tasks] == [(conversation_id, "active")]
    assert MrdView("chat", "active", 1, 3) in timeless(found["alice"].agent.mrds)
    assert MrdView("chat", "ready", 0, 3) in timeless(found["bob"].agent.mrds)
    assert (found["carol"].agent.state, found["carol"].agent.mrds[0]) == (
        "logged_out",
        MrdView("chat", "not_ready", 0, 3),
    )


async def test_in_one_media_routing_domain(services: Services) -> None:
    await serve(services)
    found = {standing.agent.agent_id: standing for standing in list_standings(services, "callback")}
    assert [standing.mrd for standing in found["alice"].agent.mrds] == ["callback"]
    assert found["alice"].tasks == []
    with refused(services, RefusalCode.INVALID_INPUT, "mrd"):
        list_standings(services, "email")

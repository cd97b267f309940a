"""What supervisors read in clear."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.api.inspection.test_access import PERSONAL, started
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Customer

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Centre]:
    async with open_centre(tmp_path, reporting={"runner": "thread"}) as opened:
        yield opened


async def test_a_supervisor_reads_in_clear_what_the_agent_api_shows_and_nothing_else(centre: Centre) -> None:
    root = await Administrator.come(centre)
    (await root.configure("teams/others", {"supervisors": []})).of(201)
    (await root.configure("agents/bob", {"name": "Robert", "team": "others"})).of(200)
    (await root.configure("agents/alice", {"name": "Alice", "team": "service"})).of(200)
    sue = await Agent.log_in(centre, "sue")
    own, others = await taken(centre, "alice"), await taken(centre, "bob")
    for customer, in_clear in ((own, True), (others, False)):
        by_agent_api = await sue.get(f"/agent/v1/conversations/{customer.id}")
        assert (by_agent_api.status == 200) is in_clear
        for path in (f"streams/{customer.stream}", f"streams/{customer.stream}/state", f"correlations/{customer.id}"):
            answer = await sue.get(f"/inspect/v1/{path}")
            assert answer.of(200)["masked"] is not in_clear or path.startswith("correlations")
            assert (PERSONAL[0] in answer.content.decode()) is in_clear, path
    conversations = (await sue.get("/inspect/v1/floor")).of(200)["conversations"]
    names = {each["conversation_id"]: each["participants"][0]["name"] for each in conversations}
    assert names == {own.id: PERSONAL[0], others.id: "•••"}


async def taken(centre: Centre, name: str) -> Customer:
    """A customer whose conversation the agent took, and who alone is ready."""
    agent = await Agent.ready(centre, name)
    customer, _ = await started(centre)
    await agent.accept_only_offer()
    await agent.go("not_ready")
    return customer

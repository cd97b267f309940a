"""The right to inspect, and the right to see personal data."""

import pytest

from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Caller, Customer

pytestmark = pytest.mark.asyncio

PATHS = ["/events", "/streams/{stream}", "/streams/{stream}/state", "/events/{event_id}"]
PERSONAL = ("Ada Lovelace", "ada@example.org", "+44 1815", "where is it?", "Analytical")


async def started(centre: Centre) -> tuple[Customer, dict[str, str]]:
    customer = {"name": PERSONAL[0], "email": PERSONAL[1], "phone": PERSONAL[2], "id": "c-1815"}
    ada = await Customer.start(centre, customer=customer, text=PERSONAL[3], attributes={"Analytical": "Engine"})
    first = centre.services.journal.read_stream(ada.stream, 0, 1)[0]
    return ada, {"stream": ada.stream, "event_id": first.event_id}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("key", "masked"), [("looks", True), ("sees", False), ("rules", False)])
async def test_a_key_sees_personal_data_only_with_the_scope_for_it(
    centre: Centre, path: str, key: str, masked: bool
) -> None:
    _, parts = await started(centre)
    answer = await Caller(centre, key).get(f"/inspect/v1{path}".format(**parts))
    assert answer.of(200)["masked"] is masked
    text = answer.content.decode()
    assert "c-1815" not in text or not masked
    if masked:
        assert [word for word in PERSONAL if word in text] == []
    else:
        assert PERSONAL[0] in text


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("name", ["sue", "root"])
async def test_supervisors_and_administrators_read_a_conversation_in_clear(
    centre: Centre, path: str, name: str
) -> None:
    _, parts = await started(centre)
    inspector = await Agent.log_in(centre, name)
    answer = await inspector.get(f"/inspect/v1{path}".format(**parts))
    assert answer.of(200)["masked"] is (name == "sue" and path == "/events")
    assert PERSONAL[0] in answer.content.decode()


@pytest.mark.parametrize("path", PATHS)
async def test_other_callers_may_not_inspect(centre: Centre, path: str) -> None:
    ada, parts = await started(centre)
    path = f"/inspect/v1{path}".format(**parts)
    (await (await Agent.log_in(centre, "alice")).get(path)).problem(403, "role_missing")
    (await ada.get(path)).problem(403, "wrong_audience")
    (await Caller(centre).get(path)).problem(401, "token_missing")
    for key in ("works", "knows"):
        details = (await Caller(centre, key).get(path)).problem(403, "scope_missing")
        assert details.detail == f"the API key {key} lacks the scope inspect or admin"
    for key in ("looks", "sees"):
        (await Caller(centre, key).get("/admin/v1/agents")).problem(403, "scope_missing")


async def test_a_condition_does_not_see_masked_values(centre: Centre, looker: Caller, seer: Caller) -> None:
    await started(centre)
    path = "/inspect/v1/events?where=contains(to_string(data),%20'Ada%20Lovelace')"
    assert (await looker.get(path)).of(200)["events"] == []
    assert (await seer.get(path)).of(200)["events"]


async def test_a_keys_digest_is_hidden_from_everyone(centre: Centre, seer: Caller) -> None:
    for path in ("streams/configuration-centre", "streams/configuration-centre/state", "events?limit=1000"):
        content = (await seer.get(f"/inspect/v1/{path}")).content.decode()
        assert '"sha256":"•••"' in content
        for name in ("looks", "rules"):
            digest = centre.services.configuration.api_keys[name].sha256
            assert digest not in content


async def test_a_feed_ends_when_the_inspector_is_configured_anew(centre: Centre, looker: Caller, sue: Agent) -> None:
    root = await Administrator.come(centre)
    path = f"/inspect/v1/events?after={centre.services.hub.position}"
    async with looker.event_stream(path) as by_key, sue.web_socket(path) as by_role:
        (await root.configure("teams/service", {"supervisors": []})).of(200)
        (await root.configure("agents/sue", {"name": "Sue", "role": "agent"})).of(200)
        await by_role.close_code()
        (await root.remove("api-keys/looks")).of(204)
        await by_key.rest()
    (await looker.get(path)).problem(401, "token_invalid")
    (await sue.get(path)).problem(403, "role_missing")


async def test_a_feed_ends_with_its_session_and_takes_no_part_in_presence(centre: Centre, sue: Agent) -> None:
    async with sue.web_socket("/inspect/v1/events") as feed:
        await feed.take(3)
        assert (await sue.me())["connected"] is False
        assert "AgentConnected" not in centre.types("agent-sue")
        (await sue.log_out()).of(204)
        assert await feed.close_code() == 4003

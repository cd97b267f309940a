"""The history of the configuration names who changed what and when, and its changes are undone."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import pytest_asyncio

from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Answer, Customer
from tests.postgresql import PostgresqlServer

pytestmark = pytest.mark.asyncio(loop_scope="module")

KEYS = {"backoffice": {"sha256": "0" * 64, "scopes": ["admin"]}}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def centre(tmp_path_factory: pytest.TempPathFactory, quick_passwords: None) -> AsyncIterator[Centre]:
    """One centre for all tests, each of which changes items of its own."""
    data_dir: Path = tmp_path_factory.mktemp("centre")
    async with open_centre(data_dir, api_keys=KEYS, reporting={"runner": "thread"}) as opened:
        yield opened


async def changes(root: Administrator, query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await root.read(f"history?{query}"))["changes"]
    return found


async def last_change(root: Administrator, kind: str, name: str) -> dict[str, Any]:
    return (await changes(root, f"kind={kind}&name={name}&limit=1"))[0]


async def undo(root: Administrator, change: dict[str, Any]) -> Answer:
    return await root.post(f"/admin/v1/history/{change['event_id']}/undo")


class TestHistory:
    async def test_holds_each_change_with_what_was_before(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        await root.configure("mrds/mail", {})
        await root.configure("mrds/mail", {"max_tasks": 2})
        await root.remove("mrds/mail")
        found = await changes(root, "kind=mrds&name=mail")
        assert [(change["before"], change["after"]) for change in found] == [
            ({"max_tasks": 2}, None),
            ({}, {"max_tasks": 2}),
            (None, {}),
        ]
        assert {(change["actor"], change["together"]) for change in found} == {("agent:root", 1)}
        assert [change["undoable"] for change in found] == [True, False, False]
        record = centre.services.journal.read_event(found[0]["event_id"])
        assert record is not None
        assert (record.position, record.version) == (found[0]["position"], found[0]["version"])

    async def test_is_read_page_by_page(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        for number in range(1, 6):
            await root.configure("mrds/paged", {"max_tasks": number})
        pages, before = [], ""
        while True:
            page = await root.read(f"history?name=paged&limit=2{before}")
            pages.append([change["after"].get("max_tasks", 1) for change in page["changes"]])
            if page["next"] is None:
                break
            before = f"&before={page['next']}"
        assert pages == [[5, 4], [3, 2], [1]]

    async def test_keeps_an_import_together(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        agents = {f"imported-{number}": {"name": str(number)} for number in range(3)}
        body = msgspec.json.encode({"agents": agents})
        (await root.put_text("configuration", body, "application/json")).of(200)
        first = await last_change(root, "agents", "imported-0")
        assert first["together"] == 3
        found = await changes(root, f"correlation_id={first['correlation_id']}")
        assert [change["name"] for change in found] == ["imported-2", "imported-1", "imported-0"]

    async def test_is_found_by_who_made_it(self, centre: Centre) -> None:
        root, opened = await Administrator.come(centre), centre.opened_at
        await root.configure("mrds/mine", {})
        found = await changes(root, "changed_by=agent:root&limit=200")
        assert found[0]["name"] == "mine"
        assert {change["actor"] for change in found} == {"agent:root"}
        assert all(change["position"] > opened for change in found)
        assert await changes(root, "changed_by=agent:nobody") == []

    async def test_shows_no_digest_of_an_api_key(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        await root.configure("api-keys/backoffice", {"sha256": "1" * 64, "scopes": ["reports"]})
        answer = await root.get("/admin/v1/history?kind=api_keys&name=backoffice&limit=1")
        (change,) = answer.of(200)["changes"]
        assert (change["before"], change["after"]) == ({"scopes": ["admin"]}, {"scopes": ["reports"]})
        assert b"sha256" not in answer.content

    @pytest.mark.parametrize("query", ["name=%00", "changed_by=%00", "correlation_id=x", "name=" + "x" * 4000])
    async def test_of_nothing_is_empty(self, centre: Centre, query: str) -> None:
        root = await Administrator.come(centre)
        assert await root.read(f"history?{query}") == {"changes": [], "next": None}

    @pytest.mark.parametrize("query", ["kind=reason-codes", "before=0", "before=x", "limit=0", "who=root"])
    async def test_of_what_cannot_be_is_refused(self, centre: Centre, query: str) -> None:
        root = await Administrator.come(centre)
        (await root.get(f"/admin/v1/history?{query}")).problem(422, "invalid_input")

    async def test_is_the_same_on_postgresql(
        self, tmp_path: Path, quick_passwords: None, postgresql_server: PostgresqlServer
    ) -> None:
        reporting = {"runner": "thread", "database_url": postgresql_server.make_schema()}
        async with open_centre(tmp_path, reporting=reporting) as opened:
            root = await Administrator.come(opened)
            await root.configure("mrds/mail", {"max_tasks": 2})
            await root.configure("mrds/mail", {"max_tasks": 3})
            (change,) = await changes(root, "kind=mrds&name=mail&limit=1&changed_by=agent:root")
            assert (change["before"], change["together"]) == ({"max_tasks": 2}, 1)
            assert (await undo(root, change)).of(200)["item"] == {"max_tasks": 2}


class TestUndoing:
    async def test_puts_back_what_was_before_as_a_new_change(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        await root.configure("mrds/undone", {"max_tasks": 2})
        await root.configure("mrds/undone", {"max_tasks": 3})
        change = await last_change(root, "mrds", "undone")
        answer = await undo(root, change)
        undone = answer.of(200)
        assert (undone["kind"], undone["name"], undone["item"]) == ("mrds", "undone", {"max_tasks": 2})
        assert answer.headers["ETag"] == f'"{undone["version"]}"'
        assert await root.read("mrds/undone") == {"max_tasks": 2}
        after = await last_change(root, "mrds", "undone")
        assert (after["before"], after["after"], after["actor"]) == ({"max_tasks": 3}, {"max_tasks": 2}, "agent:root")

    async def test_of_a_creation_removes_and_of_a_removal_adds_again(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        await root.configure("mrds/made", {"max_tasks": 2})
        creation = await last_change(root, "mrds", "made")
        assert (await undo(root, creation)).of(200)["item"] is None
        (await root.get("/admin/v1/mrds/made")).problem(404, "not_found")
        removal = await last_change(root, "mrds", "made")
        assert (await undo(root, removal)).of(200)["item"] == {"max_tasks": 2}
        assert await root.read("mrds/made") == {"max_tasks": 2}

    @pytest.mark.parametrize("creates", [True, False])
    async def test_again_changes_nothing(self, centre: Centre, creates: bool) -> None:
        root, name = await Administrator.come(centre), f"twice-{str(creates).lower()}"
        await root.configure(f"mrds/{name}", {})
        if not creates:
            await root.configure(f"mrds/{name}", {"max_tasks": 2})
        change = await last_change(root, "mrds", name)
        first = await undo(root, change)
        position = centre.services.journal.last_position()
        again = await undo(root, change)
        assert (again.of(200), again.replayed) == (first.of(200), True)
        assert centre.services.journal.last_position() == position

    async def test_what_was_changed_since_is_refused_with_the_later_change(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        await root.configure("mrds/moved", {"max_tasks": 2})
        await root.configure("mrds/moved", {"max_tasks": 3})
        change = await last_change(root, "mrds", "moved")
        await root.configure("mrds/moved", {"max_tasks": 4})
        details = (await undo(root, change)).problem(412, "changed_meanwhile")
        later = await last_change(root, "mrds", "moved")
        assert details.changed is not None
        assert (details.changed.event_id, details.changed.item) == (later["event_id"], {"max_tasks": 4})

    async def test_what_is_in_use_or_waited_in_is_refused(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        await root.configure("queues/waited", {"mrd": "chat"})
        creation = await last_change(root, "queues", "waited")
        await root.lead_to("waited")
        (await undo(root, creation)).problem(409, "configuration_conflict")
        customer = await Customer.start(centre, queue="waited")
        await root.lead_to()
        details = (await undo(root, creation)).problem(409, "configuration_conflict")
        assert [error.path for error in details.errors] == ["queues.waited"]
        await customer.end()
        assert (await undo(root, creation)).of(200)["item"] is None

    async def test_what_no_longer_fits_is_refused(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        await root.configure("mrds/short", {})
        await root.configure("queues/short", {"mrd": "short"})
        await root.remove("queues/short")
        removal = await last_change(root, "queues", "short")
        await root.remove("mrds/short")
        details = (await undo(root, removal)).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == ["queues.short.mrd"]

    async def test_of_the_last_administrator_is_refused(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        await root.configure("agents/deputy", {"name": "Deputy", "role": "administrator"})
        deputy = await last_change(root, "agents", "deputy")
        key = await root.post("/admin/v1/api-keys/deputy", {"scopes": ["admin"]})
        await root.configure("agents/root", {"name": "Root"})
        app = Administrator(
            centre, {"access_token": key.of(201)["key"], "refresh_token": "", "agent": {"agent_id": ""}}
        )
        (await undo(app, deputy)).problem(409, "configuration_conflict")
        demotion = await last_change(app, "agents", "root")
        assert (await undo(app, demotion)).of(200)["item"]["role"] == "administrator"
        assert (await last_change(app, "agents", "root"))["actor"] == "application:deputy"

    async def test_of_no_change_is_not_found(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        await Agent.log_in(centre)
        await Customer.start(centre)
        other = centre.services.journal.read_all(centre.services.journal.last_position() - 1)[0].event_id
        for event_id in (other, "0193b1f0-9a40-7c3a-8f21-5b7e4d0c0001", "x", "%00"):
            (await root.post(f"/admin/v1/history/{event_id}/undo")).problem(404, "not_found")

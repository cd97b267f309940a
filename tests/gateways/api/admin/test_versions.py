"""Two administrators at once never overwrite each other unnoticed."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from schemas.configuration import TABLES
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre
from tests.gateways.clients import Answer, Body

pytestmark = pytest.mark.asyncio

CSV = {"Content-Type": "text/csv"}
TAGS = ["x", "1", "-1", '"0"', '"9', "9" * 40, "", "*", '"1", "2"', "\u00b2"]


async def change(root: Administrator, path: str, body: Body, **headers: str) -> Answer:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return await root.call("DELETE" if body is None else "PUT", f"/admin/v1/{path}", body, sent)


async def version_of(root: Administrator, path: str) -> str:
    return (await root.get(f"/admin/v1/{path}")).headers["ETag"]


def without_ids(changed: Any) -> Mapping[str, object]:
    """What a refusal says of the later change, but for what differs from run to run."""
    return {name: getattr(changed, name) for name in ("actor", "kind", "name", "item")}


class TestVersions:
    @pytest.mark.parametrize("path", [table.replace("_", "-") for table in TABLES])
    async def test_stand_in_the_list_and_at_each_item(self, centre: Centre, path: str) -> None:
        root = await Administrator.come(centre)
        (await root.post("/admin/v1/api-keys/ops", {"scopes": ["admin"]})).of(201)
        page = await root.read(path)
        assert list(page["versions"]) == list(page["items"])
        for name, version in page["versions"].items():
            assert await version_of(root, f"{path}/{name}") == f'"{version}"'

    async def test_are_those_of_the_last_change_of_the_item(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        created = await root.configure("mrds/mail", {})
        assert created.headers["ETag"] == f'"{centre.services.configuration.version}"'
        await root.configure("mrds/fax", {})
        again = await root.configure("mrds/mail", {})
        assert again.headers["ETag"] == created.headers["ETag"] == await version_of(root, "mrds/mail")
        changed = await root.configure("mrds/mail", {"max_tasks": 2})
        assert changed.headers["ETag"] == await version_of(root, "mrds/mail") != created.headers["ETag"]


class TestChanging:
    async def test_what_another_has_changed_meanwhile_is_refused(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        (await root.configure("mrds/mail", {})).of(201)
        seen = await version_of(root, "mrds/mail")
        (await root.configure("mrds/mail", {"max_tasks": 2})).of(200)
        details = (await change(root, "mrds/mail", {"max_tasks": 3}, If_Match=seen)).problem(412, "changed_meanwhile")
        assert details.changed is not None
        assert without_ids(details.changed) == {
            "actor": "agent:root",
            "kind": "mrds",
            "name": "mail",
            "item": {"max_tasks": 2},
        }
        assert f'"{details.changed.version}"' == await version_of(root, "mrds/mail")
        assert await root.read("mrds/mail") == {"max_tasks": 2}
        (await change(root, "mrds/mail", None, If_Match=seen)).problem(412, "changed_meanwhile")
        now = f'"{details.changed.version}"'
        (await change(root, "mrds/mail", {"max_tasks": 3}, If_Match=now)).of(200)

    async def test_repeated_is_answered_as_the_first_time(self, centre: Centre) -> None:
        """The first answer may have been lost."""
        root = await Administrator.come(centre)
        seen = await version_of(root, "mrds/chat")
        first = await change(root, "mrds/chat", {"max_tasks": 9}, If_Match=seen)
        again = await change(root, "mrds/chat", {"max_tasks": 9}, If_Match=seen)
        assert (again.of(200), again.replayed) == (first.of(200), True)
        assert again.headers["ETag"] == first.headers["ETag"]

    async def test_by_many_at_once_succeeds_once(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        seen = await version_of(root, "mrds/chat")
        answers = await asyncio.gather(
            *(change(root, "mrds/chat", {"max_tasks": number}, If_Match=seen) for number in range(10, 20))
        )
        assert sorted(answer.status for answer in answers) == [200] + [412] * 9

    async def test_what_a_proxy_has_compressed_is_possible(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        seen = await version_of(root, "mrds/chat")
        (await change(root, "mrds/chat", {"max_tasks": 9}, If_Match=f"W/{seen}")).of(200)

    async def test_what_is_gone_or_has_come_again_is_refused(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        (await root.configure("mrds/mail", {})).of(201)
        seen = await version_of(root, "mrds/mail")
        await root.remove("mrds/mail")
        details = (await change(root, "mrds/mail", {"max_tasks": 2}, If_Match=seen)).problem(412, "changed_meanwhile")
        assert details.changed is not None
        assert details.changed.item is None
        (await change(root, "mrds/mail", None, If_Match=seen)).problem(404, "not_found")
        (await root.configure("mrds/mail", {})).of(201)
        (await change(root, "mrds/mail", None, If_Match=seen)).problem(412, "changed_meanwhile")
        details = (await change(root, "mrds/never", {}, If_Match=seen)).problem(412, "changed_meanwhile")
        assert details.changed is None

    async def test_an_api_key_that_changed_meanwhile_shows_no_digest(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        (await root.post("/admin/v1/api-keys/ops", {"scopes": ["admin"]})).of(201)
        key = {"sha256": "0" * 64, "scopes": ["connector"]}
        refused = await change(root, "api-keys/ops", key, If_Match='"1"')
        details = refused.problem(412, "changed_meanwhile")
        assert details.changed is not None
        assert details.changed.item == {"scopes": ["admin"]}

    @pytest.mark.parametrize("tag", TAGS)
    async def test_with_a_tag_that_was_never_given_is_refused(self, centre: Centre, tag: str) -> None:
        root = await Administrator.come(centre)
        position = centre.services.journal.last_position()
        for body in ({"max_tasks": 9}, None):
            refused = await change(root, "mrds/chat", body, If_Match=tag)
            expected = 412 if tag in ("1", '"9') else 422
            assert refused.status == expected, refused.content
        assert centre.services.journal.last_position() == position


class TestAdding:
    async def test_only_what_is_not_there(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        answers = await asyncio.gather(
            *(change(root, "mrds/mail", {"max_tasks": number}, If_None_Match="*") for number in range(1, 6))
        )
        assert sorted(answer.status for answer in answers) == [201, 412, 412, 412, 412]
        refused = next(answer for answer in answers if answer.status == 412)
        details = refused.problem(412, "changed_meanwhile")
        assert details.changed is not None
        assert details.changed.item == await root.read("mrds/mail")
        await root.remove("mrds/mail")
        (await change(root, "mrds/mail", {}, If_None_Match="*")).of(201)

    @pytest.mark.parametrize("headers", [{"If_None_Match": '"1"'}, {"If_None_Match": "*", "If_Match": '"1"'}])
    async def test_on_other_conditions_is_refused(self, centre: Centre, headers: dict[str, str]) -> None:
        root = await Administrator.come(centre)
        (await change(root, "mrds/mail", {}, **headers)).problem(422, "invalid_input")


class TestImportingAgents:
    async def test_over_later_changes_is_refused(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        exported = await root.get("/admin/v1/agents.csv")
        headers = {**CSV, "If-Match": exported.headers["ETag"]}
        (await root.configure("agents/dave", {"name": "Dave"})).of(201)
        refused = await root.call("PUT", "/admin/v1/agents.csv", exported.content, headers)
        details = refused.problem(412, "configuration_changed")
        assert details.changed is not None
        assert without_ids(details.changed) == {
            "actor": "agent:root",
            "kind": "agents",
            "name": "dave",
            "item": {"name": "Dave"},
        }
        headers["If-Match"] = (await root.get("/admin/v1/configuration")).headers["ETag"]
        (await root.call("PUT", "/admin/v1/agents.csv", exported.content, headers)).of(200)

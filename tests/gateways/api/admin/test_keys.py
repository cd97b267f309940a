"""API keys and passwords."""

import asyncio
from typing import get_args

import pytest

from schemas.configuration import Scope
from schemas.identifiers import new_id
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre, eventually
from tests.gateways.clients import Agent, Caller

pytestmark = pytest.mark.asyncio


class TestKeys:
    async def test_administer_with_the_scope_for_it(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        made = (await root.post("/admin/v1/api-keys/ops", {"scopes": ["admin"]})).of(201)
        ops = Caller(centre, made["key"])
        (await ops.put("/admin/v1/mrds/mail", {})).of(201)
        assert centre.services.journal.read_stream("configuration-centre")[-1].actor == "application:ops"

    async def test_are_answered_once_and_not_kept(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        made = (await root.post("/admin/v1/api-keys/ops", {"scopes": ["admin", "extern"]})).of(201)
        assert (made["name"], made["scopes"], len(made["key"])) == ("ops", ["admin", "extern"], 43)
        assert await root.read("api-keys/ops") == {"scopes": ["admin", "extern"]}
        assert made["key"] not in str(centre.services.journal.read_all())

    async def test_are_made_once_under_a_name(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        made = (await root.post("/admin/v1/api-keys/ops", {"scopes": ["admin"]})).of(201)
        (await root.post("/admin/v1/api-keys/ops", {"scopes": ["admin"]})).problem(409, "configuration_conflict")
        assert (await Caller(centre, made["key"]).get("/admin/v1/mrds")).status == 200

    async def test_open_nothing_once_removed(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        made = (await root.post("/admin/v1/api-keys/ops", {"scopes": ["admin"]})).of(201)
        await root.remove("api-keys/ops")
        (await Caller(centre, made["key"]).get("/admin/v1/mrds")).problem(401, "token_invalid")

    async def test_of_another_scope_do_not_administer(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        made = (await root.post("/admin/v1/api-keys/sms", {"scopes": ["connector"]})).of(201)
        (await Caller(centre, made["key"]).get("/admin/v1/mrds")).problem(403, "scope_missing")
        (await Caller(centre, made["key"]).get("/agent/v1/me")).problem(401, "token_invalid")

    async def test_serve_connectors_at_once(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        await root.configure("channels/sms", {"queue": "support", "kind": "connector"})
        made = (await root.post("/admin/v1/api-keys/sms", {"scopes": ["connector"]})).of(201)
        body = {"channel": "sms", "id": new_id()}
        assert (await Caller(centre, made["key"]).post("/customer/v1/conversations", body)).status == 201

    @pytest.mark.parametrize("scopes", [[], ["root"], ["admin"] * 8, "admin", None])
    async def test_with_unknown_scopes_are_refused(self, centre: Centre, scopes: object) -> None:
        root = await Administrator.come(centre)
        details = (await root.post("/admin/v1/api-keys/ops", {"scopes": scopes})).problem(422, "invalid_input")
        assert details.errors[0].path.startswith("scopes")

    async def test_have_every_scope_explained_and_may_have_them_all(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        found = (await root.read("scopes"))["scopes"]
        assert sorted(each["scope"] for each in found) == sorted(get_args(Scope))
        assert all(each["meaning"] for each in found)
        (await root.post("/admin/v1/api-keys/all", {"scopes": list(get_args(Scope))})).of(201)


class TestPasswords:
    async def test_end_the_sessions(self, centre: Centre) -> None:
        root, alice = await Administrator.come(centre), await Agent.log_in(centre)
        answer = await root.put("/admin/v1/agents/alice/password", {"password": "correct horse"})
        assert (answer.status, answer.content) == (204, b"")
        (await alice.get("/agent/v1/me")).problem(401, "session_ended")
        for password, status in (("demo", 401), ("correct horse", 200)):
            body = {"username": "alice", "password": password}
            assert (await Caller(centre).post("/agent/v1/login", body)).status == status
        assert "correct horse" not in str(centre.services.journal.read_all())

    async def test_of_an_agent_who_is_removed_meanwhile_are_not_kept(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        accounts = centre.services.accounts
        async with accounts.hashing.place(), accounts.hashing.place():
            body = {"password": "correct horse"}
            setting = asyncio.create_task(root.put("/admin/v1/agents/carol/password", body))
            await eventually(lambda: centre.calls)
            assert (await root.remove("agents/carol")).status == 204
        (await setting).problem(404, "not_found")
        assert "carol" not in accounts.with_password()

    @pytest.mark.parametrize(
        "password", ["", "short", "x" * 129, "x" * 1025, "Password2026!!", "alice-alice-1", None, 123456789012]
    )
    async def test_that_are_too_short_too_long_or_too_easy_are_refused(self, centre: Centre, password: object) -> None:
        root = await Administrator.come(centre)
        details = (await root.put("/admin/v1/agents/alice/password", {"password": password})).problem(
            422, "invalid_input"
        )
        assert [error.path for error in details.errors] == ["password"]

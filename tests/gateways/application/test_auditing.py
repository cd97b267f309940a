"""Logins, changes of keys and passwords, and refusals stand in the log; and every request has an id."""

import logging
from typing import Any

import pytest

from config.log import FIELDS
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.clients import Caller
from tests.gateways.scene import Scene

pytestmark = pytest.mark.asyncio(loop_scope="module")


def audited(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    lines = [getattr(record, FIELDS) for record in caplog.records if record.name == "hybridchat.audit"]
    return [{name: value for name, value in line.items() if name != "address"} for line in lines]


async def test_logins_and_what_administrators_do_with_keys_and_passwords_are_audited(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    root = await Administrator.come(scene.centre)
    caplog.set_level(logging.INFO, "hybridchat.audit")
    login = "/agent/v1/login"
    await Caller(scene.centre).post(login, {"username": "carol", "password": "wrong"})
    (await Caller(scene.centre).post(login, {"username": "carol", "password": "demo"})).of(200)
    key = (await root.post("/admin/v1/api-keys/crm-2", {"scopes": ["reports"]})).of(201)["key"]
    (await root.put("/admin/v1/api-keys/crm-2", {"sha256": "0" * 64, "scopes": ["extern"]})).of(200)
    (await root.call("DELETE", "/admin/v1/api-keys/crm-2")).of(204)
    (removal,) = (await root.read("history?kind=api_keys&name=crm-2&limit=1"))["changes"]
    undone = (await root.post(f"/admin/v1/history/{removal['event_id']}/undo")).of(200)
    (await root.call("DELETE", "/admin/v1/api-keys/crm-2")).of(204)
    assert undone["item"] == {"scopes": ["extern"]}
    (await root.put("/admin/v1/agents/carol/password", {"password": "correct horse battery"})).of(204)
    new = {"username": "carol", "password": "correct horse battery"}
    carol = Caller(scene.centre, (await Caller(scene.centre).post(login, new)).of(200)["access_token"])
    (await carol.post("/agent/v1/logout", {})).of(204)
    assert audited(caplog) == [
        {"event": "login_failed", "subject": "carol", "code": "invalid_credentials"},
        {"event": "login", "subject": "carol"},
        {"event": "key_created", "by": "agent:root", "subject": "crm-2"},
        {"event": "key_changed", "by": "agent:root", "subject": "crm-2"},
        {"event": "key_removed", "by": "agent:root", "subject": "crm-2"},
        {"event": "change_undone", "by": "agent:root", "subject": removal["event_id"]},
        {"event": "key_removed", "by": "agent:root", "subject": "crm-2"},
        {"event": "password_changed", "by": "agent:root", "subject": "carol"},
        {"event": "login", "subject": "carol"},
        {"event": "logout", "by": "agent:carol"},
    ]
    assert all(secret not in caplog.text for secret in ("wrong", key, "correct horse", str(carol.token)))


async def test_refused_access_is_audited_at_endpoints_and_feeds(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "hybridchat.audit")
    (await scene.agent.get("/admin/v1/configuration")).problem(403, "role_missing")
    (await Caller(scene.centre, "forged").get("/agent/v1/me")).problem(401, "token_invalid")
    (await Caller(scene.centre, "forged").knock("/agent/v1/events")).problem(401, "token_invalid")
    assert audited(caplog) == [
        {
            "event": "access_refused",
            "operation": "GET /admin/v1/configuration",
            "code": "role_missing",
        },
        {"event": "access_refused", "operation": "GET /agent/v1/me", "code": "token_invalid"},
        {"event": "access_refused", "operation": "GET /agent/v1/events", "code": "token_invalid"},
    ]


@pytest.mark.parametrize("path", ["/agent/v1/me", "/healthz", "/openapi.json", "/nowhere", "/docs"])
async def test_every_answer_names_the_request(scene: Scene, path: str) -> None:
    chosen = await scene.agent.call("GET", path, headers={"X-Request-Id": "trace-7:a/b=_.+"})
    assert chosen.headers["X-Request-Id"] == "trace-7:a/b=_.+"
    made = [(await scene.agent.get(path)).headers["X-Request-Id"] for _ in range(2)]
    assert len({*made, ""}) == 3


@pytest.mark.parametrize("hostile", ["a b", "x" * 129, "caf\u00e9", "<script>", ""])
async def test_an_id_that_could_do_harm_is_replaced(scene: Scene, hostile: str) -> None:
    answer = await scene.agent.call("GET", "/healthz", headers={"X-Request-Id": hostile})
    assert answer.headers["X-Request-Id"] != hostile


async def test_a_problem_and_its_log_lines_name_the_request(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    answer = await scene.agent.call("GET", "/agent/v1/tasks?limit=x", headers={"X-Request-Id": "trace-8"})
    assert answer.problem(422, "invalid_input").request_id == "trace-8"
    knocked = await Caller(scene.centre).knock("/agent/v1/events", **{"X-Request-Id": "trace-9"})
    assert knocked.problem(401, "token_missing").request_id == "trace-9"
    assert knocked.headers["X-Request-Id"] == "trace-9"

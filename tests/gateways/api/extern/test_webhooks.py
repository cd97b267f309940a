"""An application makes webhooks, and sees and changes its own. Their secrets are visible once."""

import hashlib
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from config.named_secrets import signing_key
from schemas.identifiers import UUID_PATTERN
from schemas.instants import parse_instant
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.api.extern.conftest import KEYS
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Caller

pytestmark = pytest.mark.asyncio

PATH = "/extern/v1/webhooks"
URL = "https://crm.example/hook"
SCOPES = {"ops": ["admin"], "bi": ["extern", "personal"], "sms": ["connector"]}
CENTRE: dict[str, Any] = {
    "api_keys": KEYS
    | {
        name: {"sha256": hashlib.sha256(name.encode()).hexdigest(), "scopes": scopes} for name, scopes in SCOPES.items()
    },
    "secrets": {"hook": f"whsec_{'A' * 44}"},
}


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Centre]:
    async with open_centre(tmp_path, **CENTRE) as opened:
        yield opened


@pytest_asyncio.fixture
async def ops(centre: Centre) -> Caller:
    """A key with the scope admin."""
    return Caller(centre, "ops")


async def make(caller: Caller, **fields: Any) -> dict[str, Any]:
    made: dict[str, Any] = (await caller.post(PATH, {"url": URL, **fields})).of(201)
    return made


def secrets_of(centre: Centre, webhook: str) -> list[str]:
    return centre.services.webhook_secrets.of(webhook)


class TestMaking:
    async def test_answers_the_secret_once(self, centre: Centre, crm: Caller) -> None:
        made = await make(crm, events=["ConversationEnded"], queues=["support"], teams=[])
        secret = made.pop("secret")
        assert len(signing_key(secret)) == 32
        assert made["made_by"] == "crm"
        assert (made["events"], made["queues"]) == (["ConversationEnded"], ["support"])
        assert (await crm.get(f"{PATH}/{made['id']}")).of(200) == made
        assert (await crm.get(PATH)).of(200) == {"webhooks": [made], "next": None}
        assert secrets_of(centre, made["id"]) == [secret]

    async def test_without_an_id_it_has_a_fresh_one(self, crm: Caller) -> None:
        ids = {(await make(crm))["id"] for _ in range(2)}
        assert len(ids) == 2
        assert all(re.match(UUID_PATTERN, each) for each in ids)

    async def test_a_repetition_makes_nothing_and_shows_no_secret(self, centre: Centre, crm: Caller) -> None:
        secret = (await make(crm, id="endings"))["secret"]
        version = centre.services.configuration.version
        again = await crm.post(PATH, {"url": URL, "id": "endings"})
        assert again.replayed
        assert "secret" not in again.of(201)
        assert secrets_of(centre, "endings") == [secret]
        assert centre.services.configuration.version == version

    async def test_an_id_that_was_used_before_is_a_conflict(self, centre: Centre, crm: Caller, erp: Caller) -> None:
        secret = (await make(crm, id="endings"))["secret"]
        for caller, body in ((crm, {"url": URL + "2"}), (erp, {"url": URL})):
            (await caller.post(PATH, {**body, "id": "endings"})).problem(409, "id_conflict")
        assert secrets_of(centre, "endings") == [secret]

    async def test_a_wrong_field_is_named_and_leaves_no_secret(self, centre: Centre, crm: Caller) -> None:
        wrong = {"id": "x", "url": URL, "queues": ["none"]}
        problem = (await crm.post(PATH, wrong)).problem(422, "invalid_input")
        assert [error.path for error in problem.errors] == ["queues"]
        assert secrets_of(centre, "x") == []
        for fields in ({"url": "ftp://a"}, {"events": ["ItemConfigured"]}, {"signing_secret": "hook"}):
            (await crm.post(PATH, {"url": URL, **fields})).problem(422, "invalid_input")

    async def test_a_key_has_only_so_many(self, crm: Caller, erp: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gateways.configuration.webhooks._MAX_WEBHOOKS", 1)
        await make(crm)
        (await crm.post(PATH, {"url": URL})).problem(409, "configuration_conflict")
        await make(erp)

    async def test_personal_data_in_clear_needs_the_right_to_it(self, centre: Centre, crm: Caller, ops: Caller) -> None:
        (await crm.post(PATH, {"url": URL, "personal": True})).problem(403, "scope_missing")
        for caller in (Caller(centre, "bi"), ops):
            made = await make(caller, personal=True)
            assert made["personal"] is True


class TestOwners:
    async def test_an_application_sees_and_changes_its_own_alone(self, crm: Caller, erp: Caller) -> None:
        one = f"{PATH}/{(await make(crm))['id']}"
        assert (await erp.get(PATH)).of(200) == {"webhooks": [], "next": None}
        (await erp.get(one)).problem(404, "not_found")
        (await erp.put(one, {"url": URL})).problem(404, "not_found")
        (await erp.post(f"{one}/rotate-secret")).problem(404, "not_found")
        (await erp.call("DELETE", one)).problem(404, "not_found")
        (await crm.get(one)).of(200)

    async def test_a_key_with_the_scope_admin_sees_and_changes_all(self, crm: Caller, ops: Caller) -> None:
        made = await make(crm)
        one = f"{PATH}/{made['id']}"
        assert [each["id"] for each in (await ops.get(PATH)).of(200)["webhooks"]] == [made["id"]]
        changed = (await ops.put(one, {"url": URL, "personal": True})).of(200)
        assert (changed["personal"], changed["made_by"]) == (True, "crm")
        (await ops.call("DELETE", one)).of(204)
        (await crm.get(one)).problem(404, "not_found")

    async def test_other_callers_are_refused(self, centre: Centre) -> None:
        (await Caller(centre, None).get(PATH)).problem(401, "key_missing")
        (await Caller(centre, "sms").get(PATH)).problem(403, "scope_missing")

    async def test_they_are_listed_page_by_page(self, crm: Caller, erp: Caller) -> None:
        for name in ("a", "c", "d"):
            await make(crm, id=name)
        await make(erp, id="b")
        first = (await crm.get(f"{PATH}?limit=2")).of(200)
        second = (await crm.get(f"{PATH}?limit=2&after={first['next']}")).of(200)
        assert [[each["id"] for each in page["webhooks"]] for page in (first, second)] == [["a", "c"], ["d"]]
        assert (first["next"], second["next"]) == ("c", None)


class TestChanging:
    async def test_replaces_what_was_chosen_and_keeps_the_secret(self, centre: Centre, crm: Caller) -> None:
        made = await make(crm, id="endings", events=["ConversationEnded"])
        changed = (await crm.put(f"{PATH}/endings", {"url": URL + "2", "enabled": False})).of(200)
        assert (changed["url"], changed["events"], changed["enabled"]) == (URL + "2", [], False)
        assert secrets_of(centre, "endings") == [made["secret"]]
        assert centre.services.configuration.webhooks["endings"].made_by == "crm"

    async def test_enabling_forgets_why_it_was_disabled(self, centre: Centre, crm: Caller) -> None:
        root = await Administrator.come(centre)
        gone = {"url": URL, "enabled": False, "made_by": "crm", "disabled_because": "it is gone"}
        (await root.configure("webhooks/endings", gone)).of(201)
        kept = (await crm.put(f"{PATH}/endings", {"url": URL, "enabled": False})).of(200)
        assert kept["disabled_because"] == "it is gone"
        enabled = (await crm.put(f"{PATH}/endings", {"url": URL})).of(200)
        assert (enabled["enabled"], "disabled_because" in enabled) == (True, False)

    async def test_a_wrong_field_is_named_as_in_the_body(self, crm: Caller) -> None:
        await make(crm, id="endings")
        problem = (await crm.put(f"{PATH}/endings", {"url": URL, "teams": ["none"]})).problem(422, "invalid_input")
        assert [error.path for error in problem.errors] == ["teams"]


class TestRotating:
    async def test_both_secrets_are_valid_for_a_day(self, centre: Centre, crm: Caller) -> None:
        made = await make(crm)
        rotated = (await crm.post(f"{PATH}/{made['id']}/rotate-secret")).of(200)
        assert secrets_of(centre, made["id"]) == [rotated["secret"], made["secret"]]
        day = parse_instant(rotated["former_until"]) - datetime.now(UTC)
        assert timedelta(hours=23) < day <= timedelta(hours=24)

    async def test_a_secret_of_the_settings_is_not_rotated_here(self, centre: Centre, ops: Caller) -> None:
        root = await Administrator.come(centre)
        (await root.configure("webhooks/endings", {"url": URL, "signing_secret": "hook"})).of(201)
        (await ops.post(f"{PATH}/endings/rotate-secret")).problem(409, "configuration_conflict")

    async def test_a_webhook_that_an_administrator_has_made_is_given_one(self, centre: Centre, ops: Caller) -> None:
        root = await Administrator.come(centre)
        (await root.configure("webhooks/endings", {"url": URL})).of(201)
        assert secrets_of(centre, "endings") == []
        secret = (await ops.post(f"{PATH}/endings/rotate-secret")).of(200)["secret"]
        assert secrets_of(centre, "endings") == [secret]


class TestRemoving:
    async def test_removes_the_secret_too(self, centre: Centre, crm: Caller) -> None:
        made = await make(crm)
        (await crm.call("DELETE", f"{PATH}/{made['id']}")).of(204)
        assert secrets_of(centre, made["id"]) == []
        (await crm.call("DELETE", f"{PATH}/{made['id']}")).problem(404, "not_found")

    async def test_so_does_an_administrator_who_removes_it(self, centre: Centre, crm: Caller) -> None:
        root = await Administrator.come(centre)
        await make(crm, id="endings")
        (await root.remove("webhooks/endings")).of(204)
        assert secrets_of(centre, "endings") == []

    async def test_a_secret_that_was_left_over_is_removed_at_the_start(self, tmp_path: Path) -> None:
        directory = tmp_path / "left"
        async with open_centre(directory, **CENTRE) as opened:
            await make(Caller(opened, "crm-key"), id="endings")
            opened.services.webhook_secrets.make("gone")
        async with open_centre(directory, **CENTRE) as opened:
            assert [len(secrets_of(opened, name)) for name in ("endings", "gone")] == [1, 0]


async def test_no_secret_is_recorded_or_exported(centre: Centre, crm: Caller, ops: Caller) -> None:
    made = await make(crm, id="endings")
    rotated = (await crm.post(f"{PATH}/endings/rotate-secret")).of(200)
    visible = [record.data for record in centre.services.journal.read_all(0)]
    visible += [(await ops.get("/admin/v1/configuration")).content, (await ops.get("/admin/v1/webhooks")).content]
    visible += [(await crm.get(PATH)).content, (await crm.get(f"{PATH}/endings")).content]
    assert b"endings" in b"".join(visible)
    for secret in (made["secret"], rotated["secret"]):
        assert secret.encode() not in b"".join(visible)

"""The whole configuration as one file."""

import tomllib
from pathlib import Path

import msgspec
import pytest

from schemas.configuration import read_tables
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Customer

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

TOML, JSON = "application/toml", "application/json"


class TestExporting:
    async def test_holds_the_configured_tables(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        exported = await root.get("/admin/v1/configuration")
        assert exported.headers["Content-Type"] == TOML
        assert read_tables(tomllib.loads(exported.content.decode())) == centre.services.settings.tables
        as_json = await root.get("/admin/v1/configuration?format=json")
        assert read_tables(as_json.of(200)) == centre.services.settings.tables

    @pytest.mark.parametrize("format_", ["toml", "json"])
    async def test_is_the_same_to_the_byte_whatever_the_order_of_configuring(
        self, centre: Centre, tmp_path: Path, format_: str
    ) -> None:
        first = {"name": "Ann", "attributes": {"sales": True, "english": 9}}
        second = {"name": "Ann", "attributes": {"english": 9, "sales": True}}
        shifts = {"monday": ["09:00-17:00"], "friday": ["09:00-12:00"]}
        path = f"/admin/v1/configuration?format={format_}"
        root = await Administrator.come(centre)
        for agent, name in [(first, "zoe"), (first, "ann")]:
            await root.configure(f"agents/{name}", agent)
        await root.configure("calendars/week", {"zone": "UTC", "shifts": shifts})
        async with open_centre(tmp_path / "other") as other:
            newcomer = await Administrator.come(other)
            await newcomer.configure("calendars/week", {"zone": "UTC", "shifts": dict(reversed(shifts.items()))})
            for name in ("ann", "zoe"):
                await newcomer.configure(f"agents/{name}", second)
            exported = (await newcomer.get(path)).content
        assert exported == (await root.get(path)).content
        assert exported.index(b"monday") < exported.index(b"friday")

    async def test_in_another_format_is_refused(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        details = (await root.get("/admin/v1/configuration?format=yaml")).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == ["format"]


class TestImporting:
    async def test_over_later_changes_of_others_is_refused(self, centre: Centre) -> None:
        """Otherwise an API key that was removed meanwhile would be valid again."""
        root = await Administrator.come(centre)
        exported = await root.get("/admin/v1/configuration")
        path, version = "/admin/v1/configuration?replace=true", exported.headers["ETag"]
        headers = {"Content-Type": TOML, "If-Match": version}
        (await root.call("PUT", path, exported.content, headers)).of(200)
        (await root.configure("mrds/mail", {})).of(201)
        (await root.call("PUT", path, exported.content, headers)).problem(412, "configuration_changed")
        assert "mail" in centre.services.configuration.mrds
        (await root.call("PUT", path, exported.content, {**headers, "If-Match": "*"})).of(200)
        assert "mail" not in centre.services.configuration.mrds

    async def test_a_check_answers_what_the_import_would_come_to_and_changes_nothing(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        (await root.configure("mrds/mail", {})).of(201)
        toml = "[mrds.mail]\nmax_tasks = 2\n[mrds.fax]\n"
        position, version = centre.services.journal.last_position(), centre.services.configuration.version
        answer = await root.put_text("configuration?check=true", toml, TOML)
        assert (answer.of(200), answer.replayed) == ({"added": 1, "changed": 1, "removed": 0}, False)
        assert answer.headers["ETag"] == f'"{version}"'
        assert centre.services.journal.last_position() == position

    @pytest.mark.parametrize("query", ["?check=true", ""])
    async def test_a_check_finds_what_the_import_is_refused_for(self, centre: Centre, query: str) -> None:
        root = await Administrator.come(centre)
        faulty = '[queues.vip]\nmrd = "fax"\n'
        details = (await root.put_text(f"configuration{query}", faulty, TOML)).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == ["queues.vip.mrd"]
        headers = {"Content-Type": TOML, "If-Match": '"1"'}
        late = await root.call("PUT", f"/admin/v1/configuration{query}", b"[mrds.mail]", headers)
        assert late.problem(412, "configuration_changed").changed is not None

    @pytest.mark.parametrize("tag", ["x", '"1', "-1", "9" * 40, ""])
    async def test_with_an_invalid_version_is_refused(self, centre: Centre, tag: str) -> None:
        root = await Administrator.come(centre)
        headers = {"Content-Type": TOML, "If-Match": tag}
        answer = await root.call("PUT", "/admin/v1/configuration", b"", headers)
        expected = 412 if tag == '"1' else 422
        assert answer.status == expected

    @pytest.mark.parametrize("media", [TOML, JSON])
    async def test_an_export_changes_nothing(self, centre: Centre, media: str) -> None:
        root = await Administrator.come(centre)
        exported = await root.get(f"/admin/v1/configuration?format={media.removeprefix('application/')}")
        position = centre.services.journal.last_position()
        answer = await root.put_text("configuration?replace=true", exported.content, media)
        assert (answer.of(200), answer.replayed) == ({"added": 0, "changed": 0, "removed": 0}, True)
        assert centre.services.journal.last_position() == position

    async def test_moves_a_configuration_to_another_centre(self, centre: Centre, tmp_path: Path) -> None:
        root = await Administrator.come(centre)
        await root.configure("queues/vip", {"mrd": "chat", "steps": [{"criterion": "english >= 9"}, {}]})
        await root.lead_to("vip")
        exported = (await root.get("/admin/v1/configuration")).content
        async with open_centre(tmp_path / "other") as other:
            newcomer = await Administrator.come(other)
            answer = await newcomer.put_text("configuration", exported, TOML)
            assert answer.of(200) == {"added": 1, "changed": 1, "removed": 0}
            assert other.services.configuration.tables == centre.services.configuration.tables
            await Customer.start(other, queue="vip")

    async def test_survives_a_restart_and_overrides_the_settings(self, tmp_path: Path) -> None:
        async with open_centre(tmp_path) as centre:
            root = await Administrator.come(centre)
            (await root.put_text("configuration", '[mrds.chat]\nmax_tasks = 7\n[mrds."mail"]\n', TOML)).of(200)
        async with open_centre(tmp_path) as centre:
            assert centre.services.configuration.mrds["chat"].max_tasks == 7
            assert list(centre.services.configuration.mrds) == ["chat", "callback", "mail"]

    async def test_with_replace_removes_other_items(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        left = {
            "agents": {"root": {"name": "Root", "role": "administrator"}},
            "mrds": {"mail": {}},
            "queues": {"post": {"mrd": "mail"}},
        }
        answer = await root.put_text("configuration?replace=true", msgspec.json.encode(left), JSON)
        assert answer.of(200)["added"] == 2
        assert (await root.get("/admin/v1/configuration?format=json")).of(200) == left

    @pytest.mark.parametrize(
        ("media", "body", "path"),
        [
            (TOML, "[queues.vip]\nmrd = 'fax'", "queues.vip.mrd"),
            (TOML, "[queues.vip]\nmrd = 7", "queues.vip.mrd"),
            (TOML, "[queues.vip]\nmrd = 'chat'\nsteps = [{criterion = 7}]", "queues.vip.steps[0].criterion"),
            (TOML, "[queues.VIP]\nmrd = 'chat'", "queues.VIP"),
            (TOML, "[queues]\nvip = 1", "queues.vip"),
            (TOML, "queues = 1", "queues"),
            (TOML, "[server]\nport = 1", "server"),
            (TOML, "[calendars.x]\nzone = 'Mars'", "calendars.x.zone"),
            (TOML, "[calendars.x]\nzone = 2026-11-22", "calendars.x.zone"),
            (JSON, "[]", ""),
            (JSON, "null", ""),
            (JSON, '{"agents":{"alice":null}}', "agents.alice"),
            (JSON, '{"agents":{"":{"name":"x"}}}', "agents"),
        ],
    )
    async def test_is_all_or_nothing(self, centre: Centre, media: str, body: str, path: str) -> None:
        root = await Administrator.come(centre)
        position = centre.services.journal.last_position()
        details = (await root.put_text("configuration", body, media)).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == [path]
        assert centre.services.journal.last_position() == position

    async def test_lists_everything_that_does_not_fit(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        body = "".join(f"[channels.c{number}]\nqueue = 'none'\n" for number in range(80))
        details = (await root.put_text("configuration", body, TOML)).problem(422, "invalid_input")
        assert len(details.errors) == 50
        assert "79 more" in details.detail

    @pytest.mark.parametrize(
        ("body", "media", "status", "code"),
        [
            (b"[queues", TOML, 400, "malformed_toml"),
            (b"\xff", TOML, 400, "malformed_toml"),
            (b"\xff", JSON, 400, "malformed_json"),
            (b"x = " + b"[" * 100_000, TOML, 400, "malformed_toml"),
            (b"{", JSON, 400, "malformed_json"),
            (b'{"a":' * 100_000, JSON, 400, "malformed_json"),
            (b"<xml/>", "application/xml", 415, "unsupported_media_type"),
            (b" " * (4 * 1024 * 1024 + 1), TOML, 413, "body_too_large"),
        ],
    )
    async def test_of_another_body_is_refused(
        self, centre: Centre, body: bytes, media: str, status: int, code: str
    ) -> None:
        root = await Administrator.come(centre)
        (await root.put_text("configuration", body, media)).problem(status, code)

    @pytest.mark.parametrize(
        "body",
        [
            b"a." * 100_000 + b"a = 1",
            b"[ 'a' . \"b\"" + b" . a" * 100_000 + b"]",
            b"a = { " + b"a . " * 100_000 + b"a = 1 }",
            b"[[" + b"a." * 100_000 + b"a]]",
        ],
    )
    async def test_with_a_key_of_very_many_parts_is_refused_before_it_is_read(
        self, centre: Centre, body: bytes
    ) -> None:
        root = await Administrator.come(centre)
        details = (await root.put_text("configuration", body, TOML)).problem(400, "malformed_toml")
        assert "more than 32 parts" in details.detail

    async def test_with_a_text_of_many_dots_is_taken(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        body = b"[canned_messages.dots]\nlabel = 'Dots'\ntext = 'Wait" + b"." * 100 + b" please.'\n"
        (await root.put_text("configuration", body, TOML)).of(200)

    async def test_with_an_invalid_replace_is_refused(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        details = (await root.put_text("configuration?replace=yes", "", TOML)).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == ["replace"]

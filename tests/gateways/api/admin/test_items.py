"""Single items are read, configured and removed, and a change takes effect at once."""

import pytest

from schemas.configuration import TABLES
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre, eventually
from tests.gateways.clients import Agent, Caller, Customer

pytestmark = pytest.mark.asyncio

PATHS = [table.replace("_", "-") for table in TABLES]
SHOP = "https://shop.example"


class TestReading:
    @pytest.mark.parametrize("path", PATHS)
    async def test_a_table(self, centre: Centre, path: str) -> None:
        root = await Administrator.come(centre)
        (await root.post("/admin/v1/api-keys/ops", {"scopes": ["admin"]})).of(201)
        (await root.configure("webhooks/crm", {"url": "https://crm.example/hook"})).of(201)
        page = await root.read(path)
        assert page["items"]
        assert page["next"] is None
        for name, item in page["items"].items():
            assert await root.read(f"{path}/{name}") == item

    async def test_page_by_page_in_the_order_of_names(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        first = await root.read("agents?limit=2")
        assert (list(first["items"]), first["next"]) == (["alice", "bob"], "bob")
        second = await root.read("agents?limit=2&after=bob")
        assert (list(second["items"]), second["next"]) == (["carol", "root"], "root")
        last = await root.read("agents?limit=2&after=root")
        assert (last["items"], last["next"], list(last["versions"])) == ({"sue": second_sue()}, None, ["sue"])

    async def test_an_unknown_item_is_not_found(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        for path in PATHS:
            for name in ("nothing", "%00", "..", "x" * 5000, "%ff"):
                (await root.get(f"/admin/v1/{path}/{name}")).problem(404, "not_found")


def second_sue() -> dict[str, object]:
    return {"name": "Sue", "role": "supervisor", "attributes": {"english": 10}}


class TestConfiguring:
    async def test_creates_then_replaces_then_changes_nothing(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        before = len(centre.types("configuration-centre"))
        vip = {"mrd": "chat", "priority": 9}
        created = await root.configure("queues/vip", vip)
        assert (created.of(201), created.replayed) == (vip, False)
        again = await root.configure("queues/vip", vip)
        assert (again.of(200), again.replayed) == (vip, True)
        changed = await root.configure("queues/vip", {"mrd": "chat"})
        assert (changed.of(200), changed.replayed) == ({"mrd": "chat"}, False)
        assert await root.read("queues/vip") == {"mrd": "chat"}
        assert centre.types("configuration-centre")[before:] == ["ItemConfigured"] * 2

    async def test_is_recorded_with_the_administrator_as_its_actor(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        await root.configure("mrds/mail", {})
        assert centre.services.journal.read_stream("configuration-centre")[-1].actor == "agent:root"

    @pytest.mark.parametrize(
        ("path", "body", "field"),
        [
            ("queues/vip", {"mrd": "fax"}, "mrd"),
            ("queues/vip", {"mrd": "chat", "steps": [{"criterion": "english >="}]}, "steps[0].criterion"),
            ("queues/vip", {"mrd": "chat", "steps": [{}] * 11}, "steps"),
            ("queues/vip", {"mrd": "chat", "overflow": {"queue": "vip", "after_seconds": 1}}, "overflow.queue"),
            (
                "channels/sms",
                {"queue": "support", "allowed_origins": ["https://a.example/b"]},
                "allowed_origins[0]",
            ),
            ("calendars/x", {"zone": "Europe/Wien"}, "zone"),
            ("calendars/x", {"zone": "UTC", "shifts": {"monday": ["17:00-09:00"]}}, "shifts.monday[0]"),
            ("calendars/x", {"zone": "UTC", "holidays": ["2026-02-30"]}, "holidays[0]"),
            ("agents/dave", {"name": "Dave", "team": "none"}, "team"),
            ("agents/dave", {"name": ""}, "name"),
            ("agents/dave", {"name": "Dave", "attributes": {"english": 11}}, "attributes.english"),
            ("agents/Dave", {"name": "Dave"}, "name"),
            ("agents/%20", {"name": "Dave"}, "name"),
            ("teams/x", {"supervisors": ["alice"]}, "supervisors"),
            ("bots/x", {"url": "file:///etc/passwd"}, "url"),
        ],
    )
    async def test_names_faulty_fields_as_the_body_does(
        self, centre: Centre, path: str, body: dict[str, object], field: str
    ) -> None:
        root = await Administrator.come(centre)
        position = centre.services.journal.last_position()
        details = (await root.configure(path, body)).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == [field]
        assert centre.services.journal.last_position() == position

    async def test_against_other_items_is_a_conflict(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        details = (await root.configure("queues/support", {"mrd": "callback"})).problem(409, "configuration_conflict")
        assert [error.path for error in details.errors] == ["mrd"]
        details = (await root.configure("agents/sue", {"name": "Sue"})).problem(409, "configuration_conflict")
        assert [error.path for error in details.errors] == ["teams.service.supervisors"]
        (await root.configure("agents/root", {"name": "Root"})).problem(409, "configuration_conflict")


class TestRemoving:
    async def test_an_unused_item_is_possible(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        answer = await root.remove("channels/web")
        assert (answer.status, answer.content) == (204, b"")
        (await root.remove("channels/web")).problem(404, "not_found")
        (await Caller(centre).post("/customer/v1/conversations", {"channel": "web"})).problem(422, "invalid_input")

    async def test_an_item_in_use_is_refused_with_the_names_of_its_users(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        details = (await root.remove("queues/support")).problem(409, "configuration_conflict")
        assert [error.path for error in details.errors] == [
            "channels.web.queue",
            "channels.web-direct.queue",
            "channels.task.queue",
        ]
        assert "channels.web.queue, channels.web-direct.queue" in details.detail

    async def test_a_queue_in_which_customers_wait_is_refused(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        await root.configure("queues/vip", {"mrd": "chat"})
        await root.lead_to("vip")
        customer = await Customer.start(centre, queue="vip")
        await root.lead_to()
        (await root.remove("queues/vip")).problem(409, "configuration_conflict")
        toml = "[agents.root]\nname = 'Root'\nrole = 'administrator'\n"
        replace = await root.put_text("configuration?replace=true", toml, "application/toml")
        assert replace.problem(409, "configuration_conflict").errors[0].path == "queues.vip"
        alice = await Agent.ready(centre)
        await alice.accept_only_offer()
        assert (await root.remove("queues/vip")).status == 204
        await alice.log_out()
        assert (await customer.state())["status"] == "waiting_for_agent"
        bob = await Agent.ready(centre, "bob")
        await bob.accept_only_offer()
        assert (await customer.state())["status"] == "with_agent"

    async def test_an_mrd_in_which_conversations_go_on_is_refused(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        await root.configure("mrds/mail", {})
        await root.configure("queues/mail", {"mrd": "mail"})
        await root.lead_to("mail")
        customer = await Customer.start(centre, queue="mail")
        await root.lead_to()
        bob = await Agent.ready(centre, "bob")
        await bob.accept_only_offer()
        assert (await root.remove("queues/mail")).status == 204
        (await root.remove("mrds/mail")).problem(409, "configuration_conflict")
        await customer.end()
        await eventually(lambda: root.centre.services.conversations.get(customer.id))
        assert (await root.remove("mrds/mail")).status == 204


class TestTakingEffect:
    async def test_a_new_queue_and_channel_serve_at_once(self, centre: Centre) -> None:
        root, alice = await Administrator.come(centre), await Agent.ready(centre)
        (await root.configure("queues/vip", {"mrd": "chat"})).of(201)
        (await root.configure("channels/shop", {"queue": "vip"})).of(201)
        await Customer.start(centre, "shop")
        (offer,) = await alice.offers()
        assert offer["queue"] == "vip"

    async def test_a_new_agent_logs_in_once_there_is_a_password(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        login = {"username": "dave", "password": "correct horse"}
        (await root.put("/admin/v1/agents/dave/password", {"password": "correct horse"})).problem(404, "not_found")
        (await root.configure("agents/dave", {"name": "Dave", "mrds": ["chat"]})).of(201)
        (await Caller(centre).post("/agent/v1/login", login)).problem(401, "invalid_credentials")
        assert (await root.put("/admin/v1/agents/dave/password", {"password": "correct horse"})).status == 204
        dave = Agent(centre, (await Caller(centre).post("/agent/v1/login", login)).of(200))
        assert [mrd["mrd"] for mrd in (await dave.me())["mrds"]] == ["chat"]

    async def test_new_origins_may_call_at_once(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        for channel in ("web", "web-direct", "callback"):
            (await root.configure(f"channels/{channel}", {"queue": "support"})).of(200)
        start = {"channel": "web"}
        refused = await Caller(centre).post("/customer/v1/conversations", start, Origin=SHOP)
        assert "Access-Control-Allow-Origin" not in refused.headers
        refused.problem(403, "origin_not_allowed")
        (await root.configure("channels/web", {"queue": "support", "allowed_origins": [SHOP]})).of(200)
        allowed = await Caller(centre).post("/customer/v1/conversations", start, Origin=SHOP)
        assert allowed.headers["Access-Control-Allow-Origin"] == SHOP
        assert allowed.status == 201

    @pytest.mark.parametrize(
        ("written", "sent"),
        [
            ("https://Shop.Example/", "https://shop.example"),
            ("https://shop.example:443", "https://shop.example"),
            ("https://stra\u00dfe.example", "https://xn--strae-oqa.example"),
            ("https://*.shop.example", "https://eu.www.shop.example"),
            ("capacitor://localhost", "capacitor://localhost"),
            ("null", "null"),
        ],
    )
    async def test_origins_are_kept_as_browsers_send_them(self, centre: Centre, written: str, sent: str) -> None:
        root = await Administrator.come(centre)
        for channel in ("web", "web-direct", "callback"):
            (await root.configure(f"channels/{channel}", {"queue": "support"})).of(200)
        (await root.configure("channels/web", {"queue": "support", "allowed_origins": [written]})).of(200)
        allowed = await Caller(centre).post("/customer/v1/conversations", {"channel": "web"}, Origin=sent)
        assert (allowed.status, allowed.headers["Access-Control-Allow-Origin"]) == (201, sent)
        for other in (
            "https://shop.example.evil.example",
            "https://evilshop.example",
            "http://shop.example",
            "app://x",
        ):
            refused = await Caller(centre).post("/customer/v1/conversations", {"channel": "web"}, Origin=other)
            assert "Access-Control-Allow-Origin" not in refused.headers
            refused.problem(403, "origin_not_allowed")

    async def test_a_new_role_counts_at_once(self, centre: Centre) -> None:
        root, alice = await Administrator.come(centre), await Agent.log_in(centre)
        (await alice.get("/admin/v1/queues")).problem(403, "role_missing")
        (await root.configure("agents/alice", {"name": "Alice", "role": "supervisor"})).of(200)
        assert (await alice.get("/admin/v1/queues")).status == 200
        (await root.configure("agents/alice", {"name": "Alice", "role": "administrator"})).of(200)
        (await alice.put("/admin/v1/mrds/mail", {})).of(201)
        (await root.configure("agents/alice", {"name": "Alice"})).of(200)
        (await alice.put("/admin/v1/mrds/fax", {})).problem(403, "role_missing")

    async def test_an_agent_who_is_removed_is_out_and_the_customer_waits_for_another(self, centre: Centre) -> None:
        root, alice = await Administrator.come(centre), await Agent.ready(centre)
        customer = await Customer.start(centre)
        await alice.accept_only_offer()
        bob = await Agent.ready(centre, "bob")
        async with alice.follow(await alice.position()) as feed:
            assert (await root.remove("agents/alice")).status == 204
            await feed.until("AgentLoggedOut")
        (await alice.get("/agent/v1/me")).problem(401, "session_ended")
        body = {"refresh_token": alice.refresh_token}
        (await Caller(centre).post("/agent/v1/refresh", body)).problem(401, "invalid_refresh_token")
        await bob.accept_only_offer()
        assert (await customer.state())["status"] == "with_agent"
        assert "alice" not in [agent["agent_id"] for agent in (await bob.get("/agent/v1/agents")).json["agents"]]

    async def test_an_agent_with_the_name_of_a_removed_one_has_no_password(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        await root.remove("agents/carol")
        await root.configure("agents/carol", {"name": "Another Carol"})
        login = {"username": "carol", "password": "demo"}
        (await Caller(centre).post("/agent/v1/login", login)).problem(401, "invalid_credentials")


class TestAccess:
    async def test_supervisors_may_read(self, centre: Centre) -> None:
        sue = await Agent.log_in(centre, "sue")
        for path in PATHS:
            assert (await sue.get(f"/admin/v1/{path}")).status == 200
        assert (await sue.get("/admin/v1/agents.csv")).status == 200
        (await sue.get("/admin/v1/configuration")).problem(403, "role_missing")
        (await sue.put("/admin/v1/mrds/mail", {})).problem(403, "role_missing")
        (await sue.call("DELETE", "/admin/v1/channels/web")).problem(403, "role_missing")
        (await sue.put("/admin/v1/agents/sue/password", {"password": "x" * 8})).problem(403, "role_missing")

    async def test_agents_may_not_read(self, centre: Centre) -> None:
        alice = await Agent.log_in(centre)
        for path in [*PATHS, "configuration", "agents.csv", "agents/alice"]:
            (await alice.get(f"/admin/v1/{path}")).problem(403, "role_missing")

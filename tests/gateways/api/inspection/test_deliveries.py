"""What people see of deliveries, and what they do with them."""

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from config.log import FIELDS
from gateways.data_directory import DataFileUnavailableError
from gateways.outbox import Outcome
from schemas.instants import format_instant, utc_now
from tests.gateways.centre import Centre, eventually
from tests.gateways.clients import Agent, Caller, Customer
from tests.gateways.effects.recording_effect import RecordingEffect, running

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

LOST = Outcome(kind="unknown", detail="no answer came", provider_id="SM1")
CRM, ERP = "webhook:crm", "webhook:erp"


@pytest.fixture
def effect() -> RecordingEffect:
    return RecordingEffect(CRM, ERP)


@pytest_asyncio.fixture
async def ruler(centre: Centre) -> Caller:
    """An API key with the scope admin."""
    return Caller(centre, "rules")


async def read(caller: Caller, path: str) -> Any:
    return (await caller.get(f"/inspect/v1/{path}")).of(200)


async def in_state(caller: Caller, state: str, target: str = "") -> list[dict[str, Any]]:
    query = f"&target={target}" if target else ""
    found: list[dict[str, Any]] = (await read(caller, f"deliveries?state={state}{query}"))["deliveries"]
    return found


async def ended(effect: RecordingEffect, centre: Centre, count: int) -> None:
    """All has come to rest in the outbox."""
    await effect.called(count)
    await eventually(lambda: not centre.services.outbox.targets(effect.name))


class TestReading:
    async def test_the_figures_of_each_target(self, centre: Centre, looker: Caller, effect: RecordingEffect) -> None:
        effect.outcomes["one"] = [LOST]
        async with running(effect, centre.services):
            await Customer.start(centre, "web-direct", text="one")
            await ended(effect, centre, 2)
        crm, erp = (await read(looker, "targets"))["targets"]
        assert (crm["target"], crm["effect"], crm["state"]) == (CRM, "recording", "working")
        assert sorted((each["parked"], each["delivered"], each["failed"]) for each in (crm, erp)) == [
            (0, 1, 0),
            (1, 0, 1),
        ]
        assert (crm["waiting"], crm["oldest_seconds"], crm["stopped"], crm["replayed_to"]) == (0, None, None, None)

    async def test_deliveries_are_listed_by_target_and_state_a_page_at_a_time(
        self, centre: Centre, looker: Caller, effect: RecordingEffect
    ) -> None:
        async with running(effect, centre.services):
            customer = await Customer.start(centre, "web-direct", text="one")
            await customer.write("two")
            await ended(effect, centre, 4)
        first = await read(looker, "deliveries?limit=3")
        second = await read(looker, f"deliveries?limit=3&before={first['next']}")
        ids = [each["id"] for page in (first, second) for each in page["deliveries"]]
        assert ids == sorted(ids, reverse=True)
        assert (len(ids), second["next"]) == (4, None)
        assert len(await in_state(looker, "delivered", "webhook%3Acrm")) == 2
        assert await in_state(looker, "parked,waiting") == []
        (await looker.get("/inspect/v1/deliveries?state=lost")).problem(422, "invalid_input")

    async def test_a_delivery_leads_to_its_event_and_shows_no_personal_data(
        self, centre: Centre, looker: Caller, ruler: Caller, effect: RecordingEffect
    ) -> None:
        effect.outcomes["where is it?"] = [LOST, LOST]
        async with running(effect, centre.services):
            ada = await Customer.start(centre, "web-direct", text="where is it?", customer={"name": "Ada"})
            await ended(effect, centre, 2)
        newest, _ = await in_state(looker, "parked")
        answer = await looker.get(f"/inspect/v1/deliveries/{newest['id']}")
        found = answer.of(200)
        assert (found["event"]["stream"], found["event"]["type"]) == (ada.stream, "MessagePosted")
        assert found["event"]["position"] == found["delivery"]["position"]
        assert (await read(looker, f"events/{found['event']['event_id']}"))["event"]["type"] == "MessagePosted"
        assert b"Ada" not in answer.content
        assert b"where" not in answer.content
        assert found["delivery"]["provider_id"] is None
        assert (await read(ruler, f"deliveries/{newest['id']}"))["delivery"]["provider_id"] == "SM1"

    async def test_what_came_in_has_no_event(self, centre: Centre, looker: Caller) -> None:
        centre.services.outbox.add("of nobody", "somewhere", "lane", b"the customer's words", 1.0)
        (delivery,) = await in_state(looker, "waiting")
        answer = await looker.get(f"/inspect/v1/deliveries/{delivery['id']}")
        assert answer.of(200)["event"] is None
        assert b"words" not in answer.content

    async def test_nothing_is_there_at_first(self, looker: Caller) -> None:
        assert await read(looker, "targets") == {"targets": []}
        assert await read(looker, "deliveries") == {"deliveries": [], "next": None}


class TestChanging:
    async def test_a_parked_delivery_is_tried_again_at_once(
        self, centre: Centre, ruler: Caller, effect: RecordingEffect
    ) -> None:
        effect.outcomes["one"] = [LOST]
        async with running(effect, centre.services):
            await Customer.start(centre, "web-direct", text="one")
            await ended(effect, centre, 2)
            (parked,) = await in_state(ruler, "parked")
            retried = (await ruler.post(f"/inspect/v1/deliveries/{parked['id']}/retry")).of(200)
            assert (retried["id"], retried["state"], retried["tries"]) == (parked["id"], "waiting", 0)
            await effect.took(2)

    async def test_what_waits_is_dropped_but_not_tried_again(
        self, centre: Centre, ruler: Caller, effect: RecordingEffect
    ) -> None:
        effect.is_down = lambda target: True
        async with running(effect, centre.services):
            await Customer.start(centre, "web-direct", text="one")
            await effect.called(2)
        newest, oldest = await in_state(ruler, "waiting")
        details = (await ruler.post(f"/inspect/v1/deliveries/{newest['id']}/retry")).problem(409, "delivery_state")
        assert (
            details.detail
            == f"delivery {newest['id']} is waiting; what is parked, refused or delivered can be tried again"
        )
        (await ruler.call("DELETE", f"/inspect/v1/deliveries/{newest['id']}")).of(204)
        (await ruler.call("DELETE", f"/inspect/v1/deliveries/{newest['id']}")).problem(404, "not_found")
        assert [each["id"] for each in await in_state(ruler, "waiting")] == [oldest["id"]]

    async def test_what_was_delivered_cannot_be_dropped(
        self, centre: Centre, ruler: Caller, effect: RecordingEffect
    ) -> None:
        async with running(effect, centre.services):
            await Customer.start(centre, "web-direct", text="one")
            await ended(effect, centre, 2)
        delivered, _ = await in_state(ruler, "delivered")
        (await ruler.call("DELETE", f"/inspect/v1/deliveries/{delivered['id']}")).problem(409, "delivery_state")

    async def test_all_parked_deliveries_of_one_target_are_tried_again(
        self, centre: Centre, ruler: Caller, effect: RecordingEffect
    ) -> None:
        for text in ("one", "two"):
            effect.outcomes[text] = [LOST, LOST]
        async with running(effect, centre.services):
            customer = await Customer.start(centre, "web-direct", text="one")
            await customer.write("two")
            await ended(effect, centre, 4)
            assert (await ruler.post("/inspect/v1/targets/webhook%3Acrm/retry")).of(200) == {"deliveries": 2}
            await effect.took(2)
            await ended(effect, centre, 6)
        assert {each["target"] for each in await in_state(ruler, "parked")} == {ERP}

    async def test_a_stopped_target_is_resumed(self, centre: Centre, ruler: Caller) -> None:
        effect = RecordingEffect(CRM)
        effect.outcomes["one"] = [Outcome(kind="configuration_fault", detail="the token was revoked")]
        async with running(effect, centre.services):
            await Customer.start(centre, "web-direct", text="one")
            await eventually(lambda: bool(centre.services.supervision.impediments))
            await eventually(lambda: centre.services.outbox.stopped(effect.name) == {CRM: "the token was revoked"})
            (await ruler.post("/inspect/v1/targets/webhook%3Acrm/resume")).of(204)
            await effect.took(1)
        assert centre.services.supervision.impediments == {}

    @pytest.mark.parametrize("by", ["position", "at"])
    async def test_a_target_is_rewound_and_the_others_are_not(self, centre: Centre, ruler: Caller, by: str) -> None:
        effect = RecordingEffect(CRM, ERP)
        async with running(effect, centre.services):
            customer = await Customer.start(centre, "web-direct", text="one")
            place = {"position": centre.services.hub.position, "at": format_instant(centre.services.clock())}
            await customer.write("two")
            await effect.took(4)
            rewound = (await ruler.post("/inspect/v1/targets/webhook%3Acrm/rewind", {by: place[by]})).of(200)
            assert rewound == {"target": CRM, "position": place["position"]}
            await effect.took(5)
        assert effect.taken[CRM, customer.stream] == ["one", "two", "two"]
        assert effect.taken[ERP, customer.stream] == ["one", "two"]

    async def test_a_rewind_has_to_say_from_where(self, centre: Centre, ruler: Caller) -> None:
        path = "/inspect/v1/targets/webhook%3Acrm/rewind"
        later = format_instant(utc_now() + timedelta(days=1))
        for body in ({}, {"position": 1, "at": later}, {"position": centre.services.hub.position + 1}):
            (await ruler.post(path, body)).problem(422, "invalid_input")
        assert (
            "there is no target 'webhook:crm'"
            in (await ruler.post(path, {"at": later})).problem(404, "not_found").detail
        )

    @pytest.mark.parametrize(
        "path", ["targets/webhook%3Acrm/retry", "targets/webhook%3Acrm/resume", "deliveries/7/retry"]
    )
    async def test_what_is_unknown_is_not_found(self, ruler: Caller, path: str) -> None:
        details = (await ruler.post(f"/inspect/v1/{path}")).problem(404, "not_found")
        assert details.detail == ("there is no target 'webhook:crm'" if "targets" in path else "there is no delivery 7")

    async def test_without_a_runner_changes_are_kept_for_the_next(
        self, centre: Centre, ruler: Caller, effect: RecordingEffect
    ) -> None:
        async with running(effect, centre.services):
            await Customer.start(centre, "web-direct", text="one")
            await effect.took(2)
        (await ruler.post("/inspect/v1/targets/webhook%3Aerp/rewind", {"position": 0})).of(200)
        again = RecordingEffect(CRM, ERP)
        async with running(again, centre.services):
            await again.took(1)
        assert again.calls == [(ERP, "one")]

    async def test_changes_are_audited(
        self, centre: Centre, ruler: Caller, effect: RecordingEffect, caplog: pytest.LogCaptureFixture
    ) -> None:
        centre.services.outbox.add("recording", CRM, "lane", b"", 1.0)
        (waiting,) = await in_state(ruler, "waiting")
        caplog.set_level(logging.INFO, "hybridchat.audit")
        (await ruler.call("DELETE", f"/inspect/v1/deliveries/{waiting['id']}")).of(204)
        (line,) = [getattr(each, FIELDS) for each in caplog.records if each.name == "hybridchat.audit"]
        assert (line["event"], line["by"], line["subject"]) == (
            "delivery_dropped",
            "application:rules",
            str(waiting["id"]),
        )

    async def test_supervisors_read_and_do_not_change(self, centre: Centre, sue: Agent) -> None:
        await read(sue, "targets")
        (await sue.post("/inspect/v1/targets/webhook%3Acrm/retry")).problem(403, "role_missing")


async def test_an_outbox_that_cannot_be_read_is_said_so(
    centre: Centre, looker: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise DataFileUnavailableError(Path("deliveries.db"), "disk I/O error")

    monkeypatch.setattr("gateways.api.inspection.deliveries.target_figures", fail)
    (await looker.get("/inspect/v1/targets")).problem(503, "deliveries_unavailable")

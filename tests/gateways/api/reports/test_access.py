"""The right to read reports, and the right to see personal data."""

import pytest

from projections.reports import REPORTS
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Caller, Customer

pytestmark = pytest.mark.asyncio

ONLY_READS = pytest.mark.asyncio(loop_scope="module")
"""Marks the tests that change nothing of what they look at, and so share a centre."""

DRILL_DOWNS = [
    f"{name}/conversations?figure={next(iter(r.drill_down.figures))}" for name, r in REPORTS.items() if r.drill_down
]
PATHS = ["", "/live", *(f"/{name}" for name in REPORTS), *(f"/{path}" for path in DRILL_DOWNS)]


@ONLY_READS
async def test_reports_are_only_for_callers_with_the_role_or_scope(read_centre: Centre) -> None:
    allowed = [Caller(read_centre, key) for key in ("reads", "sees", "rules")]
    allowed += [await Agent.log_in(read_centre, name) for name in ("sue", "root")]
    alice, ada = await Agent.log_in(read_centre, "bob"), await Customer.start(read_centre)
    for path in (f"/reports/v1{path}" for path in PATHS):
        for caller in allowed:
            assert (await caller.get(path)).status == 200, path
        (await alice.get(path)).problem(403, "role_missing")
        (await ada.get(path)).problem(403, "wrong_audience")
        (await Caller(read_centre).get(path)).problem(401, "token_missing")
        (await Caller(read_centre, "knows").get(path)).problem(403, "scope_missing")


@ONLY_READS
@pytest.mark.parametrize("form", ["json", "csv"])
async def test_personal_data_is_masked_for_callers_who_may_not_see_it(read_centre: Centre, form: str) -> None:
    for key, masked in (("reads", True), ("sees", False), ("rules", False)):
        await _check_mask(read_centre, key, masked, form)


async def _check_mask(centre: Centre, key: str, masked: bool, form: str) -> None:
    answer = await Caller(centre, key).get(f"/reports/v1/channel-sessions?format={form}")
    text = answer.content.decode()
    if form == "json":
        assert answer.of(200)["masked"] is masked
    for words in ("HYPERLINK", "ada@example.org", "+44 20 7946 0958", "Hopper", "c-1906", "Zoë", "@sum"):
        assert (words in text) is not masked, words
    assert ("•••" in text) is masked


@ONLY_READS
async def test_supervisors_see_less_in_reports_than_administrators(read_centre: Centre) -> None:
    for name, masked in (("sue", True), ("root", False)):
        body = (await (await Agent.log_in(read_centre, name)).get("/reports/v1/channel-sessions")).of(200)
        assert body["masked"] is masked
        assert (body["rows"][0]["customer_email"] == "ada@example.org") is not masked
        assert body["rows"][1]["customer_email"] is None, "what is not there is not masked"


async def test_a_dashboard_ends_with_the_right_to_it(centre: Centre) -> None:
    root, sue = await Administrator.come(centre), await Agent.log_in(centre, "sue")
    path = "/reports/v1/live"
    async with Caller(centre, "reads").event_stream(path) as by_key, sue.event_stream(path) as by_role:
        (await root.remove("api-keys/reads")).of(204)
        await by_key.rest()
        assert (await sue.me())["connected"] is False, "a dashboard is not there to take tasks"
        (await sue.log_out()).of(204)
        await by_role.rest()

"""All APIs stand behind one address, which pages of other origins may use."""

from pathlib import Path

import pytest

from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Answer, Caller, Customer

pytestmark = pytest.mark.asyncio

SHOP = "https://shop.example"
START = "/customer/v1/conversations"


async def preflight(
    centre: Centre, origin: str, method: str = "POST", headers: str = "content-type", path: str = START
) -> Answer:
    sent = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": headers,
    }
    return await Caller(centre).call("OPTIONS", path, headers=sent)


def values(answer: Answer, name: str) -> list[str]:
    """All that the answer has under a header's name."""
    return [value for key, value in answer.headers.items() if key.lower() == name.lower()]


class TestOtherOrigins:
    async def test_other_origins_may_send_requests(self, centre: Centre) -> None:
        answer = await preflight(centre, SHOP, headers="authorization, content-type, last-event-id")
        assert answer.status == 200
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert {"GET", "POST", "PUT"} <= set(answer.headers["Access-Control-Allow-Methods"].split(", "))

    async def test_other_origins_may_read_answers_and_problems(self, centre: Centre) -> None:
        answer = await Caller(centre).post(START, {"channel": "web"}, Origin=SHOP)
        assert answer.status == 201
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "idempotent-replayed" in answer.headers["Access-Control-Expose-Headers"]
        refused = await Caller(centre).post(START, {"channel": "nowhere"}, Origin=SHOP)
        refused.problem(422, "invalid_input")
        assert refused.headers["Access-Control-Allow-Origin"] == "*"
        missing = await Caller(centre).post("/nowhere", {}, Origin=SHOP)
        missing.problem(404, "not_found")

    async def test_other_origins_are_not_trusted_with_credentials(self, centre: Centre) -> None:
        answer = await preflight(centre, SHOP)
        assert "Access-Control-Allow-Credentials" not in answer.headers

    async def test_other_origins_may_follow_feeds(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        async with customer.event_stream(f"{customer.path}/events", Origin=SHOP) as stream:
            assert stream.response.headers["Access-Control-Allow-Origin"] == "*"
            await stream.take(2)
            await customer.write("Hello")
            assert (await stream.next())["version"] == 3


async def test_a_preflight_for_an_unused_method_is_refused(centre: Centre) -> None:
    assert (await preflight(centre, SHOP, method="TRACE")).status == 400


async def test_no_answer_is_an_address_made_of_the_callers_host(centre: Centre) -> None:
    for path in ("/healthz/", "/docs/", "/inspect/", "/pages", f"{START}/"):
        answer = await Caller(centre).call("GET", path, headers={"Host": "evil.example"})
        answer.problem(404, "not_found")
        assert "Location" not in answer.headers


class TestPagesOfOtherOrigins:
    """The demo's channels allow any page, but only to be customers."""

    @pytest.mark.parametrize(
        "path", ["/agent/v1/login", "/admin/v1/agents", "/reports/v1/agents", "/inspection/v1/floor"]
    )
    async def test_may_not_use_the_apis_of_the_staff(self, centre: Centre, path: str) -> None:
        asked = await preflight(centre, SHOP, path=path)
        answer = await Caller(centre).call("GET", path, headers={"Origin": SHOP})
        assert "Access-Control-Allow-Origin" not in asked.headers
        assert "Access-Control-Allow-Origin" not in answer.headers

    async def test_of_desktops_that_are_named_may(self, tmp_path: Path, quick_passwords: None) -> None:
        async with open_centre(tmp_path, server={"data_dir": str(tmp_path), "allowed_origins": [SHOP]}) as centre:
            answer = await Caller(centre).call("GET", "/agent/v1/me", headers={"Origin": SHOP})
            other = await Caller(centre).call("GET", "/agent/v1/me", headers={"Origin": "https://other.example"})
        assert answer.headers["Access-Control-Allow-Origin"] == SHOP
        assert "Access-Control-Allow-Origin" not in other.headers


class TestHeaders:
    @pytest.mark.parametrize(
        "path", ["/healthz", "/readyz", "/nowhere", "/openapi.json", "/docs", "/inspect", "/pages/base/theme.css"]
    )
    async def test_nothing_that_a_browser_may_open_runs_or_is_guessed(self, centre: Centre, path: str) -> None:
        answer = await Caller(centre).get(path)
        assert values(answer, "X-Content-Type-Options") == ["nosniff"]
        if not path.endswith(".css"):
            assert len(values(answer, "Content-Security-Policy")) == 1

    @pytest.mark.parametrize("query", ["", "?format=html", "?format=text"])
    async def test_what_holds_personal_data_is_not_stored_and_runs_nothing(self, centre: Centre, query: str) -> None:
        customer = await Customer.start(centre, text="Hello")
        answer = await customer.get(f"{customer.path}/transcript{query}")
        page = await customer.get(f"{customer.path}/events")
        for found in (answer, page):
            assert found.status == 200
            assert values(found, "Cache-Control") == ["no-store"]
            assert values(found, "X-Content-Type-Options") == ["nosniff"]
            assert found.headers["Content-Security-Policy"].startswith("default-src 'none'")

    async def test_tokens_and_problems_are_not_stored(self, centre: Centre) -> None:
        started = await Caller(centre).post(START, {"channel": "web-direct"})
        login = await Caller(centre).post("/agent/v1/login", {"username": "alice", "password": "demo"})
        refused = await Caller(centre).get("/agent/v1/me")
        for answer in (started, login, refused):
            assert values(answer, "Cache-Control") == ["no-store"]
        availability = await Caller(centre).get("/customer/v1/availability?channel=web")
        assert values(availability, "Cache-Control") == ["max-age=5"]

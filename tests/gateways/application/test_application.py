"""All APIs stand behind one address, which pages of other origins may use."""

import pytest

from tests.gateways.centre import Centre
from tests.gateways.clients import Answer, Caller, Customer

pytestmark = pytest.mark.asyncio

SHOP = "https://shop.example"
START = "/customer/v1/conversations"


async def preflight(centre: Centre, origin: str, method: str = "POST", headers: str = "content-type") -> Answer:
    sent = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": headers,
    }
    return await Caller(centre).call("OPTIONS", START, headers=sent)


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


async def test_a_trailing_slash_is_redirected(centre: Centre) -> None:
    answer = await Caller(centre).get("/healthz/")
    assert (answer.status, answer.headers["Location"]) == (307, f"{centre.url}/healthz")

"""Reasons, wrap-up codes and canned messages."""

import pytest

from schemas.configuration.canned_variables import CANNED_VARIABLES
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Customer

pytestmark = pytest.mark.asyncio


async def test_codes_are_listed_as_configured(centre: Centre) -> None:
    root, alice = await Administrator.come(centre), await Agent.log_in(centre)
    listed = (await alice.get("/agent/v1/codes")).of(200)
    assert {"code": "lunch", "label": "Lunch", "use": "not_ready"} in listed["reason_codes"]
    assert {"code": "sale", "label": "Sale"} in listed["wrap_up_codes"]
    (await root.configure("wrap-up-codes/spam", {"label": "Spam"})).of(201)
    assert {"code": "spam", "label": "Spam"} in (await alice.get("/agent/v1/codes")).of(200)["wrap_up_codes"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["offer", "welcome", "willkommen"]),
        ("?queue=sales", ["offer", "welcome", "willkommen"]),
        ("?queue=support", ["welcome", "willkommen"]),
        ("?queue=support&language=de", ["willkommen"]),
        ("?language=fr", []),
    ],
)
async def test_canned_messages_are_for_queues_and_languages(centre: Centre, query: str, names: list[str]) -> None:
    alice = await Agent.log_in(centre)
    listed = (await alice.get(f"/agent/v1/canned-messages{query}")).of(200)["canned_messages"]
    assert sorted(message["name"] for message in listed) == names


class TestReasons:
    async def test_that_are_not_configured_are_refused(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        wrong = await alice.put("/agent/v1/me/state", {"state": "not_ready", "reason": "boredom"})
        (error,) = wrong.problem(422, "invalid_input").errors
        assert (error.path, error.message) == ("reason", "must be one of break, lunch, training")
        assert (await alice.get("/agent/v1/me")).of(200)["state"] == "ready"
        path = "/agent/v1/me/mrds/chat/state"
        (await alice.put(path, {"state": "not_ready", "reason": "boredom"})).problem(422, "invalid_input")

    async def test_of_one_use_do_not_serve_for_another(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        (await alice.log_out(reason="lunch")).problem(422, "invalid_input")
        wrong = {"state": "not_ready", "reason": "end_of_shift"}
        (await alice.put("/agent/v1/me/state", wrong)).problem(422, "invalid_input")

    async def test_may_be_left_out(self, centre: Centre) -> None:
        alice = await Agent.ready(centre)
        (await alice.put("/agent/v1/me/state", {"state": "not_ready"})).of(200)

    async def test_are_free_where_none_is_configured(self, centre: Centre) -> None:
        root, alice = await Administrator.come(centre), await Agent.ready(centre)
        for code in ("break", "lunch", "training"):
            assert (await root.remove(f"reason-codes/{code}")).status == 204
        (await alice.put("/agent/v1/me/state", {"state": "not_ready", "reason": "boredom"})).of(200)


async def test_wrap_up_codes_that_are_not_configured_are_refused(centre: Centre) -> None:
    alice, customer = await Agent.ready(centre), await Customer.start(centre)
    await alice.accept_only_offer()
    await customer.end()
    path = alice.path(customer, "wrap-up")
    (error,) = (await alice.post(path, {"codes": ["sale", "luck"]})).problem(422, "invalid_input").errors
    assert (error.path, error.message) == ("codes[1]", "must be one of complaint, order_status, sale")
    (await alice.post(path, {"codes": ["sale"]})).of(200)


class TestVariables:
    async def test_of_a_canned_message_are_listed(self, centre: Centre) -> None:
        root, alice = await Administrator.come(centre), await Agent.log_in(centre)
        text = "Dear {customer_name}, {customer_name}: {agent_name} here, about {conversation_id}. {}, {{queue}}"
        (await root.configure("canned-messages/dear", {"text": text, "label": "Dear"})).of(201)
        listed = (await alice.get("/agent/v1/canned-messages")).of(200)
        (dear,) = [message for message in listed["canned_messages"] if message["name"] == "dear"]
        assert dear == {
            "name": "dear",
            "label": "Dear",
            "text": text,
            "variables": ["customer_name", "agent_name", "conversation_id", "queue"],
        }
        assert set(dear["variables"]) < set(listed["variables"])
        assert listed["variables"] == list(CANNED_VARIABLES)

    @pytest.mark.parametrize("name", ["name", "customer name", "Customer_name", "agent-name", "customer_name ", "0"])
    async def test_that_are_unknown_are_refused_with_those_that_are_known(self, centre: Centre, name: str) -> None:
        root = await Administrator.come(centre)
        refused = await root.configure("canned-messages/dear", {"text": f"Dear {{{name}}}"})
        (error,) = refused.problem(422, "invalid_input").errors
        known = ", ".join(f"{{{each}}}" for each in CANNED_VARIABLES)
        assert (error.path, error.message) == ("text", f"has the unknown placeholder {{{name}}}; use {known}")

    @pytest.mark.parametrize(
        "text", ['{"order": 1}', "{}", "if (a) { b(); }", "{%d}", "{", "}{", "{\n}", f"{{{'x' * 65}}}"]
    )
    async def test_are_words_alone(self, centre: Centre, text: str) -> None:
        root, alice = await Administrator.come(centre), await Agent.log_in(centre)
        (await root.configure("canned-messages/code", {"text": text})).of(201)
        listed = (await alice.get("/agent/v1/canned-messages")).of(200)["canned_messages"]
        (code,) = [message for message in listed if message["name"] == "code"]
        assert (code["text"], code["variables"]) == (text, [])

"""Texts that nobody could read, and names that databases refuse, are refused with their field."""

import pytest

from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Caller, Customer

pytestmark = pytest.mark.asyncio

INVISIBLE = ["\u200b", "\u2060\ufeff", "\u00ad", "\u3164", "\u2800 \u200d", "\u202e", "\ufe0f", "\U000e0041", "\x07"]


@pytest.mark.parametrize("text", INVISIBLE)
async def test_a_text_of_invisible_characters_alone_is_refused(centre: Centre, text: str) -> None:
    customer, alice = await Customer.start(centre, text="Hello"), await Agent.ready(centre)
    await alice.accept_only_offer()
    for answer, field in (
        (await customer.send({"type": "text", "text": text}), "content.text"),
        (await customer.send({"type": "image", "url": "https://a/b", "text": text}), "content.text"),
        (
            await alice.post(alice.path(customer, "messages"), {"content": {"type": "text", "text": text}}),
            "content.text",
        ),
        (await alice.post(alice.path(customer, "notes"), {"text": text}), "text"),
        (await customer.post("/customer/v1/conversations", {"channel": "web-direct", "text": text}), "text"),
    ):
        assert [error.path for error in answer.problem(422, "invalid_input").errors] == [field]


@pytest.mark.parametrize(
    "text", ["\u200bHi\u200b", "\u2764\ufe0f", "👨\u200d👩\u200d👧", "क्\u200dष", "\U0001f3f4\U000e0067\U000e007f", "."]
)
async def test_a_text_with_a_visible_character_is_kept_as_it_is(centre: Centre, text: str) -> None:
    customer = await Customer.start(centre)
    (await customer.send({"type": "text", "text": text})).of(201)
    posted = [event["data"]["content"]["text"] for event in await customer.events() if event["type"] == "MessagePosted"]
    assert posted == [text]


@pytest.mark.parametrize("field", ["name", "email", "phone", "id"])
async def test_a_customers_details_hold_no_nul(centre: Centre, field: str) -> None:
    body = {"channel": "web-direct", "customer": {field: "a\0b"}}
    answer = await Caller(centre).post("/customer/v1/conversations", body)
    assert [error.path for error in answer.problem(422, "invalid_input").errors] == [f"customer.{field}"]


async def test_the_name_of_a_posted_file_holds_no_nul(centre: Centre) -> None:
    customer = await Customer.start(centre)
    answer = await customer.send({"type": "file", "url": "https://a/b", "name": "a\0.pdf"})
    assert [error.path for error in answer.problem(422, "invalid_input").errors] == ["content.name"]


async def test_attributes_hold_any_json(centre: Centre) -> None:
    body = {"channel": "web-direct", "customer": {"attributes": {"raw": "\0"}}, "attributes": {"raw": "\0"}}
    (await Caller(centre).post("/customer/v1/conversations", body)).of(201)

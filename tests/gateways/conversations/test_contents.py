"""Messages of every kind, and the attachments that they name."""

from pathlib import Path
from typing import Any

import pytest

from schemas.identifiers import new_id
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Customer
from tests.gateways.uploads import PDF, PNG
from tests.schemas.test_posting import GOOD

pytestmark = pytest.mark.asyncio


async def together(centre: Centre) -> tuple[Customer, Agent]:
    customer = await Customer.start(centre, text="Hello")
    alice = await Agent.ready(centre)
    await alice.accept_only_offer()
    return customer, alice


async def last_content(customer: Customer) -> Any:
    return (await customer.events())[-1]["data"]["content"]


async def photo(customer: Customer) -> str:
    id_: str = (await customer.upload(PNG, "photo.png", "image/png")).of(201)["attachment_id"]
    return id_


class TestKinds:
    @pytest.mark.parametrize("kind", ["location", "contact", "form_answers", "image", "file"])
    async def test_of_customers_are_recorded_as_posted(self, centre: Centre, kind: str) -> None:
        customer, alice = await together(centre)
        content = {"type": kind, **GOOD[kind]}
        (await customer.send(content)).of(201)
        assert await last_content(customer) == content
        seen = (await alice.get(f"/agent/v1/conversations/{customer.id}")).of(200)
        assert seen["events"][-1]["data"]["content"] == content

    @pytest.mark.parametrize("kind", ["buttons", "carousel", "form", "location", "contact", "image"])
    async def test_of_agents_are_recorded_as_posted(self, centre: Centre, kind: str) -> None:
        customer, alice = await together(centre)
        (await alice.send(customer, {"type": kind, **GOOD[kind]})).of(201)
        assert (await last_content(customer)).items() >= GOOD[kind].items()

    async def test_for_other_senders_are_refused(self, centre: Centre) -> None:
        customer, alice = await together(centre)
        for answer in (
            await customer.send({"type": "form", **GOOD["form"]}),
            await customer.send({"type": "custom", "payload": 1}),
            await customer.send({"type": "attachment", "url": "https://a"}),
            await alice.send(customer, {"type": "rating", **GOOD["rating"]}),
            await alice.send(customer, {"type": "notification", **GOOD["notification"]}),
            await alice.send(customer, {"type": "form_answers", **GOOD["form_answers"]}),
        ):
            assert [error.path for error in answer.problem(422, "invalid_input").errors] == ["content.type"]

    @pytest.mark.parametrize("text", [" ", "\n\t\u00a0", "a\u0000", "\u0000"])
    async def test_blank_texts_and_texts_with_a_nul_are_refused(self, centre: Centre, text: str) -> None:
        customer, alice = await together(centre)
        for answer in (await customer.write(text), await alice.write(customer, text)):
            (error,) = answer.problem(422, "invalid_input").errors
            assert error.path == "content.text"
            assert error.message == "Expected a visible character at least, and no NUL (U+0000)"
        (error,) = (await alice.note(customer, text)).problem(422, "invalid_input").errors
        assert error.path == "text"

    async def test_addresses_other_than_http_are_refused(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        answer = await customer.send({"type": "image", "url": "javascript:alert(1)"})
        (error,) = answer.problem(422, "invalid_input").errors
        assert (error.path, error.message) == (
            "content.url",
            "Expected an address that begins with http:// or https://",
        )

    async def test_repeated_get_the_same_answer(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        id_ = new_id()
        content = {"type": "contact", "name": "Ada"}
        first = await customer.send(content, id_)
        again = await customer.send(content, id_)
        assert (again.content, again.replayed) == (first.content, True)
        (await customer.send({**content, "name": "Bob"}, id_)).problem(409, "id_conflict")

    async def test_are_previewed_and_transcribed_in_words(self, centre: Centre) -> None:
        customer, alice = await together(centre)
        hostile = "<img src=x onerror=alert(1)>"
        await customer.send({"type": "contact", "name": hostile})
        detail = (await alice.get(f"/agent/v1/conversations/{customer.id}")).of(200)
        assert detail["conversation"]["last_message"] == f"[contact] {hostile}"
        page = (await customer.get(f"{customer.path}/transcript?format=html")).content.decode()
        assert "[contact] &lt;img src=x onerror=alert(1)&gt;" in page
        assert hostile not in page


class TestAttachments:
    async def test_are_recorded_with_name_type_and_size(self, centre: Centre) -> None:
        customer, alice = await together(centre)
        id_ = await photo(customer)
        claimed = {"name": "other.exe", "media_type": "text/html", "size": 7}
        (await customer.send({"type": "image", "attachment_id": id_, "text": "Look", **claimed})).of(201)
        assert await last_content(customer) == {
            "type": "image",
            "attachment_id": id_,
            "name": "photo.png",
            "media_type": "image/png",
            "size": len(PNG),
            "text": "Look",
        }
        uploaded = (await alice.upload(customer, PDF, "offer.pdf", "application/pdf")).of(201)
        (await alice.send(customer, {"type": "file", "attachment_id": uploaded["attachment_id"]})).of(201)
        assert (await last_content(customer))["name"] == "offer.pdf"
        assert await centre.services.attachments.store.unposted() == []

    async def test_may_be_posted_again(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        content = {"type": "image", "attachment_id": await photo(customer)}
        message_id = new_id()
        first = await customer.send(content, message_id)
        again = await customer.send(content, message_id)
        assert (again.content, again.replayed) == (first.content, True)
        assert (await customer.send({**content, "type": "file"})).status == 201

    async def test_of_another_conversation_are_refused(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        stranger = await Customer.start(centre)
        for id_ in (await photo(stranger), new_id()):
            answer = await customer.send({"type": "image", "attachment_id": id_})
            (error,) = answer.problem(422, "invalid_input").errors
            assert error.path == "content.attachment_id"

    @pytest.mark.parametrize("kind", ["image", "audio", "video"])
    async def test_are_posted_only_as_their_kind(self, centre: Centre, kind: str) -> None:
        customer = await Customer.start(centre)
        uploaded = (await customer.upload(PDF, "a.pdf", "application/pdf")).of(201)
        answer = await customer.send({"type": kind, "attachment_id": uploaded["attachment_id"]})
        (error,) = answer.problem(422, "invalid_input").errors
        assert error.path == "content.attachment_id"
        assert "application/pdf" in error.message

    async def test_uploaded_long_ago_are_refused_unless_they_were_posted(
        self, tmp_path: Path, quick_passwords: None
    ) -> None:
        async with open_centre(tmp_path) as centre:
            customer = await Customer.start(centre)
            old, posted = await photo(customer), await photo(customer)
            message_id = new_id()
            first = await customer.send({"type": "image", "attachment_id": posted}, message_id)
        async with open_centre(tmp_path, attachments={"unposted_hours": 1e-9}) as centre:
            customer.centre = centre
            answer = await customer.send({"type": "image", "attachment_id": old})
            (error,) = answer.problem(422, "invalid_input").errors
            assert error.path == "content.attachment_id"
            again = await customer.send({"type": "image", "attachment_id": posted}, message_id)
            assert (again.content, again.replayed) == (first.content, True)

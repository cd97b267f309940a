"""What every channel has in common in a running server, over the signed webhook: files, receipts, what comes late."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest
import pytest_asyncio

from gateways.connectors.channels.inbound import (
    Inbound,
    InboundContact,
    InboundCustomer,
    InboundFile,
    InboundItem,
    InboundMessage,
    InboundReceipt,
    InboundTyping,
)
from gateways.connectors.channels.inbound_effect import InboundEffect
from gateways.connectors.channels.receiving import receive
from gateways.connectors.channels.targets import inbound_target
from gateways.outbox import Delivery, Outcome
from schemas.events import MessagePosted
from tests.gateways.centre import Centre, eventually, open_centre
from tests.gateways.clients import Agent, Caller, upload_of
from tests.gateways.connectors.channels.rest.provider import RestProvider
from tests.gateways.connectors.channels.rest.stand_in import StandInConnector, serve_connector
from tests.gateways.uploads import FORM, PNG

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

ADDRESS = "http://127.0.0.1:1"
"""The public address of a server that is not there: only its form matters."""
ADA = InboundCustomer(id="ada")
PHOTO = InboundFile(kind="image", reference={"id": "1"}, name="cat.png", text="My cat")
GONE = Outcome(kind="try_again")


@pytest_asyncio.fixture
async def other_end() -> AsyncIterator[StandInConnector]:
    async with serve_connector() as served:
        yield served


@pytest_asyncio.fixture
async def centre(tmp_path: Path, other_end: StandInConnector) -> AsyncIterator[Centre]:
    async with aiohttp.ClientSession() as http:
        provider = RestProvider(other_end, http)
        channel = {"kind": "connector", "queue": "support", "connector": provider.connector}
        sections: dict[str, Any] = {"channels": {"elsewhere": channel}, "secrets": provider.secrets}
        public = {"data_dir": str(tmp_path), "public_url": ADDRESS}
        async with open_centre(tmp_path, server=public, **sections) as opened:
            yield opened


async def bring(centre: Centre, *items: InboundItem, account: str | None = None) -> None:
    await receive(centre.services, "elsewhere", Inbound(items=list(items), account=account, left_out=["a sticker"]))


def said(number: int, text: str) -> InboundMessage:
    content = {"type": "text", "text": text}
    return msgspec.convert(
        {"type": "message", "provider_id": f"m{number}", "customer": {"id": "ada"}, "content": content}, InboundMessage
    )


def written(centre: Centre) -> list[str]:
    posted = [item.event for item in centre.committed if isinstance(item.event, MessagePosted)]
    return [getattr(event.content, "text", "") for event in posted if event.sender.type == "customer"]


def kept(item: InboundItem, target: str = "inbound:elsewhere") -> Delivery:
    payload = msgspec.json.encode(item)
    return Delivery(id=1, effect="inbound", target=target, lane="ada", position=0, payload=payload)


class TestFiles:
    async def test_a_file_goes_by_a_link_that_is_over_after_an_hour(
        self, centre: Centre, other_end: StandInConnector, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await bring(centre, said(1, "Send me the picture"))
        alice = await Agent.ready(centre, "alice")
        await centre.recorded("TaskOffered")
        await alice.accept_only_offer()
        (view,) = centre.services.conversations
        path = f"/agent/v1/conversations/{view.conversation_id}"
        attachment = await _upload(alice, path)
        image = {"type": "image", "attachment_id": attachment}
        (await alice.post(f"{path}/messages", {"content": image})).of(201)
        await eventually(lambda: other_end.pieces)
        link = other_end.pieces[0]["url"]
        assert link.startswith(f"{ADDRESS}/connectors/v1/elsewhere/files/")
        opened = await Caller(centre).get(link.removeprefix(ADDRESS))
        assert (opened.status, opened.content) == (200, PNG)
        monkeypatch.setattr("gateways.identity.tokens.time.time", lambda: 4e9)
        (await Caller(centre).get(link.removeprefix(ADDRESS))).problem(404, "not_found")

    async def test_no_other_token_opens_a_file(self, centre: Centre) -> None:
        alice = await Agent.log_in(centre, "alice")
        for token in ("x", str(alice.token)):
            (await Caller(centre).get(f"/connectors/v1/elsewhere/files/{token}")).problem(404, "not_found")

    async def test_a_file_that_cannot_be_fetched_leaves_a_text_in_its_place(self, centre: Centre) -> None:
        await bring(centre, InboundMessage(provider_id="m1", customer=ADA, content=PHOTO), said(2, "Look"))
        await centre.recorded("MessagePosted", 2)
        first, second = written(centre)
        assert first.startswith("[image cat.png: ")
        assert first.endswith("]\nMy cat")
        assert second == "Look"

    async def test_a_file_that_is_given_up_leaves_a_text_too(self, centre: Centre) -> None:
        effect = InboundEffect(centre.services)
        await effect.set_aside(kept(InboundMessage(provider_id="m1", customer=ADA, content=PHOTO)), None, GONE)
        assert written(centre) == ["[image cat.png: cannot be fetched]\nMy cat"]
        await effect.set_aside(kept(InboundReceipt(status="read", provider_id="1")), None, GONE)
        assert len(written(centre)) == 1


class TestWhatComesLate:
    async def test_a_receipt_for_a_message_that_is_not_known_yet_is_tried_again(self, centre: Centre) -> None:
        effect = InboundEffect(centre.services)
        receipt = InboundReceipt(status="delivered", provider_id="unknown")
        assert (await effect.perform(kept(receipt), None)).kind == "try_again"
        assert await effect.look_up(kept(receipt), None) is None
        await bring(centre, receipt)
        assert centre.services.outbox.is_open(inbound_target("elsewhere"), "receipt unknown")

    async def test_what_is_for_a_channel_that_is_gone_is_given_up(self, centre: Centre) -> None:
        effect = InboundEffect(centre.services)
        assert effect.policy("inbound:elsewhere") is not None
        assert effect.policy("inbound:nowhere") is None
        message = InboundMessage(provider_id="m1", customer=ADA, content=PHOTO)
        assert (await effect.perform(kept(message, "inbound:nowhere"), None)).kind == "message_refused"

    async def test_signals_need_no_delivery(self, centre: Centre) -> None:
        assert (await InboundEffect(centre.services).perform(kept(InboundTyping(customer_id="ada")), None)).kind == (
            "delivered"
        )


async def test_signals_of_customers_without_a_conversation_are_for_nobody(centre: Centre) -> None:
    before = centre.services.hub.position
    unreachable = InboundContact(customer_id="ada", reachable=False, reason="has blocked us")
    await bring(centre, InboundTyping(customer_id="ada"), unreachable)
    assert centre.services.hub.position == before


async def test_a_customer_who_blocks_and_comes_back_is_known_to_be_reachable(centre: Centre) -> None:
    await bring(centre, said(1, "Hello"), InboundContact(customer_id="ada", reachable=False, reason="has blocked us"))
    (view,) = centre.services.conversations
    assert view.attributes["unreachable"] == "has blocked us"
    await bring(centre, InboundContact(customer_id="ada", reachable=True, reason="has unblocked us"))
    assert "unreachable" not in view.attributes
    await bring(centre, InboundTyping(customer_id="ada"))


async def test_a_receipt_up_to_an_instant_is_for_the_last_message(centre: Centre, other_end: StandInConnector) -> None:
    await bring(centre, said(1, "Hello"))
    alice = await Agent.ready(centre, "alice")
    await centre.recorded("TaskOffered")
    await alice.accept_only_offer()
    (view,) = centre.services.conversations
    said_back = {"content": {"type": "text", "text": "Hello, Ada"}}
    posted = (await alice.post(f"/agent/v1/conversations/{view.conversation_id}/messages", said_back)).of(201)
    await eventually(lambda: other_end.messages)
    target = "channel:elsewhere"
    await eventually(lambda: centre.services.outbox.last_delivered(target, "ada", 9e9) is not None)
    read = InboundReceipt(status="read", customer_id="ada", until=centre.services.clock())
    await bring(centre, read)
    (receipt,) = await centre.recorded("ReceiptRecorded")
    assert msgspec.to_builtins(receipt.event)["message_id"] == posted["message_id"]


async def _upload(agent: Agent, path: str) -> str:
    answer = await agent.post(f"{path}/attachments", upload_of(PNG, "photo.png", "image/png"), **FORM)
    return str(answer.of(201)["attachment_id"])

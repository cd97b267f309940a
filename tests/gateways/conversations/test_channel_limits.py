"""What the channel of a conversation can show, as the agent's desktop reads it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from gateways.connectors.channels.inbound import Inbound, InboundCustomer, InboundMessage
from gateways.connectors.channels.receiving import receive
from schemas.instants import parse_instant
from schemas.posting import PostedText
from tests.gateways.centre import NO_BOT, Centre, open_centre
from tests.gateways.clients import Agent, Customer
from tests.gateways.connectors.channels.telegram.stand_in import TOKEN
from tests.gateways.connectors.channels.twilio.requests import ACCOUNT, SENDER

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONNECTORS: dict[str, dict[str, Any]] = {
    "telegram": {"type": "telegram", "token": "token_of_it", "updates": "polling", "base_url": NO_BOT},
    "whatsapp": {
        "type": "twilio",
        "account": ACCOUNT,
        "sender": f"whatsapp:{SENDER}",
        "auth_token": "token_of_it",
        **dict.fromkeys(("base_url", "messaging_url", "content_url"), NO_BOT),
    },
}
DAY = timedelta(days=1)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def centre(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Centre]:
    path, secrets = tmp_path_factory.mktemp("centre"), {"token_of_it": TOKEN}
    channels = {name: {"kind": "connector", "queue": "support", "connector": each} for name, each in CONNECTORS.items()}
    async with open_centre(path, channels=channels, secrets=secrets) as opened:
        yield opened


async def write(centre: Centre, channel: str, customer_id: str) -> str:
    """A customer of the channel writes. Returns the conversation's id."""
    customer, text = InboundCustomer(id=customer_id), PostedText("Hello")
    at = datetime.now(UTC)
    message = InboundMessage(provider_id=f"m-{customer_id}", customer=customer, content=text, sent_at=at)
    await receive(centre.services, channel, Inbound(items=[message]))
    view = centre.services.conversations.latest(channel, customer_id)
    assert view is not None
    return view.conversation_id


async def read(centre: Centre, conversation_id: str) -> Any:
    root = await Agent.log_in(centre, "root")
    return (await root.get(f"/agent/v1/conversations/{conversation_id}")).of(200)


async def test_what_a_channel_can_show_is_told(centre: Centre) -> None:
    detail = await read(centre, await write(centre, "telegram", "5001"))
    assert detail["capabilities"]["text_limit"] == 4096
    assert detail["capabilities"]["media"]["image"] == 10 * 1024 * 1024
    assert detail["capabilities"]["typing"]
    assert "window_closes_at" not in detail, "it takes answers at any time"


async def test_a_window_closes_some_time_after_the_customers_last_message(centre: Centre) -> None:
    before = centre.services.clock()
    conversation_id = await write(centre, "whatsapp", "whatsapp:+15005550001")
    after = centre.services.clock()
    closes_at = parse_instant((await read(centre, conversation_id))["window_closes_at"])
    assert before + DAY <= closes_at <= after + DAY
    centre.services.channel_memory._inbound.clear()  # noqa: SLF001
    again = parse_instant((await read(centre, conversation_id))["window_closes_at"])
    assert abs(again - closes_at) < timedelta(seconds=5), "as after a start, it is known from the journal"


async def test_a_website_shows_everything(centre: Centre) -> None:
    customer = await Customer.start(centre, text="Hello")
    assert "capabilities" not in await read(centre, customer.id)

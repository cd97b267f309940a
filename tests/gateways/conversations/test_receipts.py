"""Receipts, without HTTP."""

import pytest

from gateways.conversations.posting import post_agent_message
from gateways.conversations.receipts import record_agent_receipt, record_customer_receipt
from gateways.services import Services
from schemas.events import ReceiptRecorded
from schemas.identifiers import new_id
from schemas.posting import PostedText
from schemas.replies import RefusalCode
from tests.gateways.calling import events, post_message, refused, serve

pytestmark = pytest.mark.asyncio


async def test_a_customers_receipt_is_recorded(services: Services) -> None:
    conversation_id = await serve(services)
    message_id = (await post_agent_message(services, conversation_id, "alice", PostedText("Hello"))).message_id
    await record_customer_receipt(services, conversation_id, message_id, "read")
    recorded = events(services, conversation_id)[-1]
    assert isinstance(recorded, ReceiptRecorded)
    assert (recorded.message_id, recorded.status, recorded.by.type) == (message_id, "read", "customer")
    assert (await record_customer_receipt(services, conversation_id, message_id, "delivered")).replayed
    with refused(services, RefusalCode.UNKNOWN_MESSAGE):
        await record_customer_receipt(services, conversation_id, new_id(), "read")


async def test_an_agents_receipt_is_recorded(services: Services) -> None:
    conversation_id = await serve(services)
    message_id = await post_message(services, conversation_id, "Hello")
    await record_agent_receipt(services, conversation_id, "alice", message_id, "read")
    recorded = events(services, conversation_id)[-1]
    assert isinstance(recorded, ReceiptRecorded)
    assert (recorded.by.id, recorded.by.name) == ("alice", "Alice")
    with refused(services, RefusalCode.NOT_PARTICIPANT):
        await record_agent_receipt(services, conversation_id, "bob", message_id, "read")

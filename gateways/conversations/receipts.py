"""Receipts: whether a message was delivered, read, or failed."""

from gateways.conversations.changing import change_conversation
from gateways.conversations.senders import agent_sender
from gateways.services import Services
from schemas.actors import CUSTOMER, agent_actor
from schemas.commands import RecordReceipt
from schemas.content import Sender
from schemas.events import ReceiptStatus
from schemas.replies import Done

__all__ = ["record_agent_receipt", "record_customer_receipt"]


async def record_customer_receipt(
    services: Services, conversation_id: str, message_id: str, status: ReceiptStatus
) -> Done:
    """Records a receipt for a message to the customer. A receipt that repeats the one before, or comes after ``read``,
    changes nothing. Raises RefusedError."""
    return await _record(services, conversation_id, message_id, status, Sender("customer"), CUSTOMER)


async def record_agent_receipt(
    services: Services, conversation_id: str, agent_id: str, message_id: str, status: ReceiptStatus
) -> Done:
    """Records a receipt for a message to the agent. Raises RefusedError."""
    by = agent_sender(services, agent_id)
    return await _record(services, conversation_id, message_id, status, by, agent_actor(agent_id))


async def _record(
    services: Services, conversation_id: str, message_id: str, status: ReceiptStatus, by: Sender, actor: str
) -> Done:
    command = RecordReceipt(at=services.clock(), message_id=message_id, status=status, by=by)
    return await change_conversation(services, conversation_id, command, actor)

"""What becomes of messages on their way to a customer, as commands to the conversation."""

from actors.engine import Request
from gateways.services import Services
from gateways.services.asking import ask_until_durable
from projections import ConversationView
from schemas.actors import CUSTOMER, SYSTEM
from schemas.commands import ChangeAttributes, Command, RecordReceipt
from schemas.content import Sender
from schemas.events.conversation import RecordedReceiptStatus
from schemas.identifiers import command_id, new_id
from schemas.records import conversation_stream

__all__ = ["UNREACHABLE", "record_fate", "record_reachability"]

UNREACHABLE = "unreachable"
"""The attribute of a conversation whose customer the channel does not reach; its value says why."""
_MAX_DETAIL = 500


async def record_fate(
    services: Services,
    conversation_id: str,
    message_id: str,
    status: RecordedReceiptStatus,
    *,
    by_customer: bool,
    code: str | None = None,
    detail: str | None = None,
) -> None:
    """Records what became of a message, once it is durable. What is known already changes nothing."""
    sender, actor = (Sender("customer"), CUSTOMER) if by_customer else (Sender("system"), SYSTEM)
    command = RecordReceipt(
        at=services.clock(),
        message_id=message_id,
        status=status,
        by=sender,
        code=code,
        detail=None if detail is None else detail[:_MAX_DETAIL],
    )
    await _ask(services, conversation_id, command, actor)


async def record_reachability(services: Services, view: ConversationView, unreachable: str | None) -> None:
    """Records why the customer cannot be reached any more, or with None that the customer can be again."""
    if view.attributes.get(UNREACHABLE) != unreachable:
        changed = {UNREACHABLE: unreachable if unreachable is None else unreachable[:_MAX_DETAIL]}
        command = ChangeAttributes(at=services.clock(), changed_by=Sender("system"), attributes=changed)
        await _ask(services, view.conversation_id, command, SYSTEM)


async def _ask(services: Services, conversation_id: str, command: Command, actor: str) -> None:
    """A refusal, as by a conversation that has ended, changes nothing that anybody waits for."""
    stream = conversation_stream(conversation_id)
    await ask_until_durable(services, Request(stream, command, command_id(new_id()), actor, conversation_id))

"""What a customer asks for in a conversation: an agent, or its end."""

from gateways.conversations.channels import queue_named
from gateways.conversations.opening_hours import out_of_hours
from gateways.conversations.reading import find_conversation
from gateways.services import Services
from gateways.services.asking import ask
from schemas.actors import CUSTOMER
from schemas.commands import EndConversation, RequestAgent
from schemas.content import Sender
from schemas.identifiers import new_id
from schemas.records import conversation_stream
from schemas.replies import Done

__all__ = ["end_by_customer", "request_agent"]


async def request_agent(services: Services, conversation_id: str, queue_name: str | None, reason: str | None) -> Done:
    """An agent of this queue, or of the conversation's. Raises RefusedError, also while the queue is closed and the
    customer talks with a bot."""
    view = await find_conversation(services, conversation_id)
    configuration = services.configuration
    queue = (
        configuration.queue_settings_of(view.queue, view.mrd, view.channel)
        if queue_name is None
        else queue_named(configuration, queue_name)
    )
    closed = out_of_hours(services, queue.name)
    if closed is not None and view.status == "with_bot":
        raise closed
    command = RequestAgent(
        at=services.clock(),
        task_id=new_id(),
        queue=queue,
        requested_by=Sender("customer", view.customer.id, view.customer.name),
        reason=reason,
        preferred_agent=view.served_by or view.preferred_agent,
    )
    return await ask(services, conversation_stream(conversation_id), command, CUSTOMER, Done, conversation_id)


async def end_by_customer(services: Services, conversation_id: str) -> Done:
    """To end a callback before anybody has called is to cancel it. Raises RefusedError."""
    view = await find_conversation(services, conversation_id)
    channel = services.configuration.channels.get(view.channel)
    cancelled = channel is not None and channel.kind == "callback" and view.served_by is None
    command = EndConversation(
        at=services.clock(),
        ended_by=Sender("customer"),
        reason="cancelled" if cancelled else "customer_left",
    )
    return await ask(services, conversation_stream(conversation_id), command, CUSTOMER, Done, conversation_id)

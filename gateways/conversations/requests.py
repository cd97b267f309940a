"""The requests of a customer in a conversation: for an agent, for its end; and the rating after the end."""

from gateways.conversations.changing import change_conversation
from gateways.conversations.channels import queue_on
from gateways.conversations.opening_hours import out_of_hours
from gateways.conversations.reading import find_conversation
from gateways.conversations.senders import customer_sender
from gateways.services import Services
from schemas.actors import CUSTOMER
from schemas.commands import EndConversation, RateConversation, RequestAgent
from schemas.content import Sender
from schemas.identifiers import new_id
from schemas.replies import Done

__all__ = ["end_by_customer", "rate", "request_agent"]


async def request_agent(services: Services, conversation_id: str, queue_name: str | None, reason: str | None) -> Done:
    """The customer waits for an agent of this queue, or of the conversation's queue when none is named. Raises
    RefusedError, also for a queue that customers of the channel may not name, and while the queue is closed and the
    customer does not wait yet."""
    view = await find_conversation(services, conversation_id)
    configuration = services.configuration
    queue = (
        configuration.queue_settings_of(view.queue, view.mrd, view.channel)
        if queue_name in (None, view.queue)
        else queue_on(configuration, view.channel, queue_name)
    )
    closed = out_of_hours(services, queue.name)
    if closed is not None and view.status in ("with_bot", "waiting_for_customer"):
        raise closed
    command = RequestAgent(
        at=services.clock(),
        task_id=new_id(),
        queue=queue,
        requested_by=customer_sender(view),
        reason=reason,
        preferred_agent=view.last_agent,
    )
    return await change_conversation(services, conversation_id, command, CUSTOMER)


async def end_by_customer(services: Services, conversation_id: str) -> Done:
    """A callback that the customer ends before anybody has called is cancelled. Raises RefusedError."""
    view = await find_conversation(services, conversation_id)
    channel = services.configuration.channels.get(view.channel)
    cancelled = channel is not None and channel.kind == "callback" and view.served_by is None
    command = EndConversation(
        at=services.clock(),
        ended_by=Sender("customer"),
        reason="cancelled" if cancelled else "customer_left",
    )
    return await change_conversation(services, conversation_id, command, CUSTOMER)


async def rate(services: Services, conversation_id: str, score: int, comment: str | None = None) -> Done:
    """A customer may rate a conversation once, after its end. Raises RefusedError."""
    command = RateConversation(at=services.clock(), score=score, comment=comment)
    return await change_conversation(services, conversation_id, command, CUSTOMER)

"""The return of a customer whose conversation goes on."""

from datetime import datetime

from gateways.conversations.reading import look_up_conversation
from gateways.exceptions import RefusedError
from gateways.services import Services
from gateways.services.asking import ask
from projections import ConversationView
from schemas.commands import ReturnCustomer
from schemas.configuration import Channel
from schemas.identifiers import derived_id, new_id
from schemas.records import conversation_stream
from schemas.replies import RefusalCode, StartReply

__all__ = ["earlier_conversation", "return_to"]


async def earlier_conversation(
    services: Services, channel_name: str, channel: Channel, customer_id: str | None, presented: str | None
) -> ConversationView | None:
    """The customer's last conversation on the channel, to which a start may return.

    A connector's word for the customer's id is enough. On a web channel an id is only a claim: the customer returns to
    ``presented`` alone, a conversation whose token the customer sent along. When that is of another customer or
    channel, there is no earlier conversation.
    """
    if channel.kind == "connector":
        return services.conversations.latest(channel_name, customer_id)
    if presented is None:
        return None
    view = await look_up_conversation(services, presented)
    if view is None or view.channel != channel_name or customer_id not in (None, view.customer.id):
        return None
    return view


async def return_to(
    services: Services, view: ConversationView, request_id: str | None, text: str | None, actor: str, at: datetime
) -> StartReply | None:
    """Returns None when the conversation has ended. The text of a start is posted once, however often the start is
    repeated; a repetition gets its answer even when the conversation has ended by then."""
    if view.over and (request_id is None or text is None):
        return None
    command = ReturnCustomer(at=at, message_id=derived_id(request_id or new_id(), "text"), text=text)
    stream = conversation_stream(view.conversation_id)
    try:
        return await ask(services, stream, command, actor, StartReply, view.conversation_id)
    except RefusedError as refused:
        if refused.code is RefusalCode.CONVERSATION_ENDED:
            return None
        raise

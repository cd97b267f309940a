"""The return of a customer whose conversation goes on."""

from datetime import datetime

from gateways.conversations.answering import line_after_answer
from gateways.conversations.reading import look_up_conversation
from gateways.exceptions import RefusedError
from gateways.services import Services
from gateways.services.asking import ask
from projections import ConversationView
from schemas.commands import ReturnCustomer
from schemas.events import Customer
from schemas.identifiers import derived_id, new_id
from schemas.records import conversation_stream
from schemas.replies import RefusalCode, StartReply

__all__ = ["earlier_conversation", "return_to"]


async def earlier_conversation(
    services: Services, channel: str, customer: Customer, presented: str | None
) -> ConversationView | None:
    """The customer's last conversation on the channel, to which a start may return.

    It is found by the customer's proven id, or it is ``presented``: a conversation whose token the customer sent along.
    An id that is only claimed finds nothing. When the presented conversation is of another customer or channel, it
    counts as none.
    """
    view = await look_up_conversation(services, presented) if presented is not None else None
    if view is not None and view.channel == channel and customer.id in (None, view.customer.id):
        return view
    return services.conversations.latest(channel, customer.id) if customer.verified else None


async def return_to(
    services: Services, view: ConversationView, request_id: str | None, text: str | None, actor: str, at: datetime
) -> StartReply | None:
    """Returns None when the conversation has ended. The text of a start is posted once, however often the start is
    repeated; a repetition gets its answer even when the conversation has ended by then."""
    if view.over and (request_id is None or text is None):
        return None
    command = ReturnCustomer(
        at=at,
        message_id=derived_id(request_id or new_id(), "text"),
        text=text,
        line=line_after_answer(services, view.conversation_id),
    )
    stream = conversation_stream(view.conversation_id)
    try:
        return await ask(services, stream, command, actor, StartReply, view.conversation_id)
    except RefusedError as refused:
        if refused.code is RefusalCode.CONVERSATION_ENDED:
            return None
        raise

"""A customer's message from elsewhere becomes a message of the customer's conversation, once."""

from collections.abc import Awaitable, Callable

from gateways.connectors.channels.identities import inbound_id
from gateways.connectors.channels.inbound import InboundCustomer, InboundMessage
from gateways.connectors.channels.reporting import UNREACHABLE, record_reachability
from gateways.conversations.posting import post_customer_message
from gateways.conversations.reading import read_records
from gateways.conversations.starting import Start, start_conversation
from gateways.exceptions import RefusedError
from gateways.services import Services
from projections import ConversationView
from schemas.actors import connector_actor
from schemas.events import REGISTRY, Customer, MessagePosted
from schemas.posting import CustomerContent
from schemas.replies import RefusalCode

__all__ = ["Contents", "open_conversation_of", "post_inbound"]

Contents = Callable[[str], Awaitable[list[CustomerContent]]]
"""What to post into a conversation, by its id."""

_MAX_ENDINGS = 3
_MAX_PERSONAL = 256


def open_conversation_of(services: Services, channel: str, customer: InboundCustomer) -> ConversationView | None:
    """The customer's open conversation, by the id that the provider gives now or by an earlier one."""
    for known_as in (customer.id, *customer.aliases):
        view = services.conversations.latest(channel, known_as)
        if view is not None and not view.over:
            return view
    return None


async def post_inbound(services: Services, channel: str, message: InboundMessage, contents_in: Contents) -> None:
    """Starts the conversation if there is none, also while its queue is closed: the customer has written already. A
    message that was posted before changes nothing, even when its conversation has ended since, nor does one that opens
    no conversation while there is none. Raises RefusedError."""
    if not message.opens and open_conversation_of(services, channel, message.customer) is None:
        return
    if await _was_posted(services, channel, message):
        return
    for ending in range(1, _MAX_ENDINGS + 1):
        conversation_id = await _conversation_for(services, channel, message)
        try:
            for number, content in enumerate(await contents_in(conversation_id)):
                await post_customer_message(services, conversation_id, content, _message_id(channel, message, number))
        except RefusedError as refused:
            if refused.code is not RefusalCode.CONVERSATION_ENDED or ending == _MAX_ENDINGS:
                raise
        else:
            await _record_heard(services, conversation_id)
            return


async def _record_heard(services: Services, conversation_id: str) -> None:
    """A customer who writes can be reached again, whatever was known before."""
    view = services.conversations.get(conversation_id)
    if view is not None and UNREACHABLE in view.attributes:
        await record_reachability(services, view, None)


def _message_id(channel: str, message: InboundMessage, number: int) -> str:
    return inbound_id(channel, f"message {number}", message.provider_id, message.sent_at)


async def _conversation_for(services: Services, channel: str, message: InboundMessage) -> str:
    customer = message.customer
    view = open_conversation_of(services, channel, customer)
    if view is not None:
        return view.conversation_id
    start = Start(
        channel=channel,
        request_digest=message.provider_id,
        id=inbound_id(channel, "start", message.provider_id, message.sent_at),
        customer=Customer(id=customer.id, name=_personal(customer.name), phone=_personal(customer.phone)),
        language=customer.language,
        waits_for_opening=True,
    )
    return (await start_conversation(services, start, connector_actor(channel))).conversation_id


async def _was_posted(services: Services, channel: str, message: InboundMessage) -> bool:
    """Whether the customer's last conversation, which has ended, has the message already."""
    view = services.conversations.latest(channel, message.customer.id)
    if view is None or not view.over:
        return False
    wanted = _message_id(channel, message, 0)
    events = [REGISTRY.decode(record) for record in await read_records(services, view.conversation_id)]
    return any(isinstance(event, MessagePosted) and event.message_id == wanted for event in events)


def _personal(text: str | None) -> str | None:
    return text.replace("\0", "")[:_MAX_PERSONAL] or None if text is not None else None

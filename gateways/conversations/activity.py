"""What customers do before they answer: it counts, so that nobody is taken to be silent who types or uploads."""

from gateways.conversations.changing import change_conversation
from gateways.services import Services
from projections import ConversationView
from schemas.actors import CUSTOMER
from schemas.commands import NoticeCustomerActivity
from schemas.events import CustomerActivity

__all__ = ["notice_customer_activity"]


async def notice_customer_activity(services: Services, view: ConversationView, activity: CustomerActivity) -> None:
    """Gives a customer whose answer is expected the whole time again. Where the channel has no limit, nobody is asked.
    Raises RefusedError."""
    channel = services.configuration.channels.get(view.channel)
    if channel is None or channel.inactivity_seconds is not None:
        command = NoticeCustomerActivity(at=services.clock(), activity=activity)
        await change_conversation(services, view.conversation_id, command, CUSTOMER)

"""Typing: a signal that is not kept, but for what it shows of a customer whose answer is expected."""

from functools import partial

import msgspec

from gateways.conversations.activity import notice_customer_activity
from gateways.conversations.reading import find_open_conversation, find_participation
from gateways.conversations.senders import customer_sender
from gateways.exceptions import RefusedError
from gateways.feeds.hub import Signal, feed_owner
from gateways.services import Services
from schemas.content import Sender
from schemas.events import HEARD
from schemas.instants import format_instant
from schemas.records import conversation_stream
from schemas.replies import RefusalCode

__all__ = ["TypingChanged", "customer_feed_owner", "signal_agent_typing", "signal_customer_typing"]


class TypingChanged(msgspec.Struct, frozen=True):
    """The sender began or stopped typing."""

    sender: Sender
    active: bool


async def signal_customer_typing(services: Services, conversation_id: str, active: bool) -> None:
    """Raises RefusedError when there is no such conversation, or it has ended."""
    view = await find_open_conversation(services, conversation_id)
    _change_typing(services, conversation_id, customer_sender(view), active, customer_feed_owner(conversation_id))
    if active:
        await notice_customer_activity(services, view, "typing")


async def signal_agent_typing(services: Services, conversation_id: str, agent_id: str, active: bool) -> None:
    """Raises RefusedError unless the agent takes part in a role that the customer sees."""
    participation = await find_participation(services, conversation_id, agent_id)
    if participation.role not in HEARD:
        raise RefusedError(RefusalCode.NOT_PARTICIPANT, "the customer does not see you")
    sender = Sender("agent", agent_id, participation.name)
    _change_typing(services, conversation_id, sender, active, feed_owner(agent_id))


def customer_feed_owner(conversation_id: str) -> str:
    """The owner of the customer's feeds (see Hub.listen)."""
    return f"customer:{conversation_id}"


def _change_typing(services: Services, conversation_id: str, sender: Sender, active: bool, owner: str) -> None:
    stream = conversation_stream(conversation_id)
    if active:
        services.typing.begin(stream, sender, partial(_signal_typing, services, conversation_id, sender, False, owner))
    else:
        services.typing.forget(stream, sender)
    _signal_typing(services, conversation_id, sender, active, owner)


def _signal_typing(services: Services, conversation_id: str, sender: Sender, active: bool, owner: str) -> None:
    """Signals to every feed of the conversation but those of ``owner`` (see Hub.listen)."""
    data = msgspec.json.encode(TypingChanged(sender, active))
    at = format_instant(services.clock())
    signal = Signal("TypingChanged", at, msgspec.Raw(data), conversation_id, owner)
    services.hub.signal(conversation_stream(conversation_id), signal)

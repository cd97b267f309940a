"""Typing, without HTTP: it is signalled and not recorded."""

import msgspec
import pytest

from gateways.conversations.requests import end_by_customer
from gateways.conversations.senders import agent_sender, customer_sender
from gateways.conversations.signals import customer_feed_owner, signal_agent_typing, signal_customer_typing
from gateways.conversations.supervising import supervise
from gateways.feeds.hub import Signal, feed_owner
from gateways.services import Services
from schemas.content import Sender
from schemas.records import conversation_stream
from schemas.replies import RefusalCode
from tests.gateways.calling import log_in, principal, refused, serve, start

pytestmark = pytest.mark.asyncio


@pytest.fixture
def signals(services: Services, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Signal]]:
    """The streams and signals that the hub was given."""
    given: list[tuple[str, Signal]] = []
    monkeypatch.setattr(services.hub, "signal", lambda stream, signal, only=None: given.append((stream, signal)))
    return given


async def test_a_customers_typing_is_signalled(services: Services, signals: list[tuple[str, Signal]]) -> None:
    conversation_id = await start(services)
    position = services.journal.last_position()
    await signal_customer_typing(services, conversation_id, True)
    ((stream, signal),) = signals
    assert (stream, signal.type) == (conversation_stream(conversation_id), "TypingChanged")
    assert signal.sender_key == customer_feed_owner(conversation_id)
    assert msgspec.json.decode(signal.data) == {"sender": {"type": "customer", "name": "Ada"}, "active": True}
    assert services.journal.last_position() == position


async def test_an_agents_typing_is_signalled(services: Services, signals: list[tuple[str, Signal]]) -> None:
    conversation_id = await serve(services)
    await signal_agent_typing(services, conversation_id, "alice", False)
    ((_, signal),) = signals
    assert signal.sender_key == feed_owner("alice")
    assert msgspec.json.decode(signal.data)["sender"] == {"type": "agent", "id": "alice", "name": "Alice"}


async def test_typing_is_refused(services: Services, signals: list[tuple[str, Signal]]) -> None:
    conversation_id = await serve(services)
    await log_in(services, "sue")
    await supervise(services, principal(services, "sue"), conversation_id, "monitor")
    for agent_id in ("bob", "sue"):
        with refused(services, RefusalCode.NOT_PARTICIPANT):
            await signal_agent_typing(services, conversation_id, agent_id, True)
    await end_by_customer(services, conversation_id)
    with refused(services, RefusalCode.CONVERSATION_ENDED):
        await signal_customer_typing(services, conversation_id, True)
    with refused(services, RefusalCode.CONVERSATION_ENDED):
        await signal_agent_typing(services, conversation_id, "alice", True)
    assert signals == []


async def test_senders_have_names(services: Services) -> None:
    view = services.conversations.get(await start(services))
    assert view is not None
    assert customer_sender(view) == Sender("customer", None, "Ada")
    assert agent_sender(services, "alice") == Sender("agent", "alice", "Alice")
    with refused(services, RefusalCode.NOT_FOUND):
        agent_sender(services, "nobody")

"""Labels, attributes and raised hands in a conversation, without HTTP."""

import pytest

from gateways.conversations.marking import change_attributes, change_labels, raise_hand
from gateways.conversations.senders import agent_sender
from gateways.services import Services
from schemas.events import AttributesChanged, HandRaised, LabelsChanged
from schemas.replies import RefusalCode
from tests.gateways.calling import events, refused, serve, types

pytestmark = pytest.mark.asyncio


async def test_labels_are_changed_by_agents_who_take_part(services: Services) -> None:
    conversation_id = await serve(services)
    await change_labels(services, conversation_id, agent_sender(services, "alice"), ["refund"], [])
    changed = events(services, conversation_id)[-1]
    assert isinstance(changed, LabelsChanged)
    assert (changed.labels, changed.changed_by.name) == (["refund"], "Alice")
    assert (await change_labels(services, conversation_id, agent_sender(services, "alice"), ["refund"], [])).replayed
    with refused(services, RefusalCode.NOT_PARTICIPANT):
        await change_labels(services, conversation_id, agent_sender(services, "bob"), ["order"], [])
    with refused(services, RefusalCode.NOT_FOUND):
        await change_labels(services, conversation_id, agent_sender(services, "nobody"), ["order"], [])


async def test_attributes_are_changed_and_removed(services: Services) -> None:
    conversation_id = await serve(services)
    await change_attributes(services, conversation_id, agent_sender(services, "alice"), {"order": "4711"})
    changed = events(services, conversation_id)[-1]
    assert isinstance(changed, AttributesChanged)
    assert changed.attributes == {"order": "4711"}
    nested: list[object] = []
    for _ in range(40):
        nested = [nested]
    with refused(services, RefusalCode.INVALID_INPUT, "attributes"):
        await change_attributes(services, conversation_id, agent_sender(services, "alice"), {"order": nested})


async def test_attributes_have_a_largest_size_in_all(services: Services) -> None:
    conversation_id = await serve(services)
    alice = agent_sender(services, "alice")
    await change_attributes(services, conversation_id, alice, {"first": "x" * 10_000})
    with refused(services, RefusalCode.INVALID_INPUT, "attributes"):
        await change_attributes(services, conversation_id, alice, {"second": "x" * 10_000})
    await change_attributes(services, conversation_id, alice, {"first": None, "second": "x" * 10_000})


async def test_a_hand_is_raised_and_lowered(services: Services) -> None:
    conversation_id = await serve(services)
    await raise_hand(services, conversation_id, "alice", True, "a refund")
    raised = events(services, conversation_id)[-1]
    assert isinstance(raised, HandRaised)
    assert raised.reason == "a refund"
    await raise_hand(services, conversation_id, "alice", False)
    assert types(services, conversation_id)[-1] == "HandLowered"
    with refused(services, RefusalCode.NOT_PARTICIPANT):
        await raise_hand(services, conversation_id, "bob", True)

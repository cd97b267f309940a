"""What the tests of the widget do at the contact centre: agents who answer a visitor, and what is recorded."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from gateways.conversations.requests import end_by_customer
from schemas.content import TextContent
from schemas.events import REGISTRY, MessagePosted
from schemas.records import Record
from tests.gateways.centre import Centre, eventually
from tests.gateways.clients import Agent

__all__ = ["customers_texts", "end_conversations", "posted", "served_by", "write"]


@asynccontextmanager
async def served_by(centre: Centre, words: str) -> AsyncIterator[tuple[Agent, str]]:
    """An agent who has accepted the conversation with these words, and its path. The agent is not ready afterwards."""
    await eventually(lambda: posted(centre, words))
    agent = await Agent.ready(centre, "carol")
    conversation_id = posted(centre, words)[0].stream.removeprefix("conversation-")
    (offer,) = [each for each in await agent.offers() if each["conversation_id"] == conversation_id]
    await agent.accept(offer["task_id"])
    path = f"/agent/v1/conversations/{conversation_id}"
    try:
        yield agent, path
    finally:
        (await agent.post(f"{path}/end", {})).of(200)
        await agent.go("not_ready", reason="lunch")


async def write(agent: Agent, path: str, words: str) -> None:
    (await agent.post(f"{path}/messages", {"content": {"type": "text", "text": words}})).of(201)


def posted(centre: Centre, words: str) -> list[Record]:
    """The recorded messages with these words."""
    records = centre.services.journal.read_all(0, 100_000)
    return [record for record in records if record.type == "MessagePosted" and words.encode() in record.data]


def customers_texts(centre: Centre, stream: str) -> list[str]:
    """The texts that the customer has in the conversation's journal, in order."""
    texts = []
    for record in centre.services.journal.read_stream(stream):
        event = REGISTRY.decode(record)
        if isinstance(event, MessagePosted) and event.sender.type == "customer":
            assert isinstance(event.content, TextContent)
            texts.append(event.content.text)
    return texts


async def end_conversations(centre: Centre, position: int) -> None:
    """Ends the conversations that were started after the position, so that none of them waits any more."""
    records = centre.services.journal.read_all(position, 100_000)
    ended = {record.stream for record in records if record.type == "ConversationEnded"}
    for record in records:
        if record.type == "ConversationStarted" and record.stream not in ended:
            await end_by_customer(centre.services, record.stream.removeprefix("conversation-"))

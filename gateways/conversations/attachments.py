"""Keeping and reading the attachments of a conversation, the same for every way in."""

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from gateways.attachments.attachment import Attachment
from gateways.attachments.media_types import HEAD_BYTES, KeptType, decide, declared_type
from gateways.attachments.naming import clean_name
from gateways.conversations.activity import notice_customer_activity
from gateways.conversations.reading import find_open_conversation, find_participation
from gateways.conversations.receiving import ReceivedFile
from gateways.conversations.store_refusals import store_refusals
from gateways.exceptions import RefusedError
from gateways.services import Services
from schemas.actors import CUSTOMER, agent_actor
from schemas.identifiers import new_id
from schemas.replies import RefusalCode

__all__ = [
    "FileDescription",
    "KeptAttachment",
    "find_attachment",
    "keep_agent_attachment",
    "keep_customer_attachment",
    "open_attachment",
]


class FileDescription(NamedTuple):
    """A file as its sender describes it. ``attachment_id`` is the idempotency key, if the sender chooses one."""

    name: str
    media_type: str
    attachment_id: str | None = None


class KeptAttachment(NamedTuple):
    """``replayed`` is true when the same file was uploaded before."""

    attachment: Attachment
    replayed: bool


async def keep_customer_attachment(
    services: Services, conversation_id: str, received: ReceivedFile, description: FileDescription
) -> KeptAttachment:
    """Keeps the file; an upload that no message names is removed after a while. A repeated upload gets the same answer
    even when the conversation has ended by then. Raises RefusedError, also when the conversation has ended."""
    check_allowed = partial(find_open_conversation, services, conversation_id)
    kept = await _keep(services, conversation_id, CUSTOMER, received, description, check_allowed)
    view = services.conversations.get(conversation_id)
    if view is not None and not view.over:
        await notice_customer_activity(services, view, "upload")
    return kept


async def keep_agent_attachment(
    services: Services, conversation_id: str, agent_id: str, received: ReceivedFile, description: FileDescription
) -> KeptAttachment:
    """Keeps the file as for a customer. Raises RefusedError, also when the agent does not take part."""
    check_allowed = partial(find_participation, services, conversation_id, agent_id)
    return await _keep(services, conversation_id, agent_actor(agent_id), received, description, check_allowed)


async def find_attachment(services: Services, conversation_id: str, attachment_id: str) -> Attachment:
    """Raises RefusedError when the conversation has no such attachment."""
    with store_refusals():
        attachment = await services.attachments.store.find(conversation_id, attachment_id)
    if attachment is None:
        raise RefusedError(RefusalCode.NOT_FOUND, "no such attachment in this conversation")
    return attachment


async def open_attachment(services: Services, attachment: Attachment) -> Path | AsyncIterator[bytes]:
    """The attachment's bytes: a file that holds them, or the pieces as they come in. Raises RefusedError."""
    with store_refusals():
        return await services.attachments.store.open(attachment)


async def _keep(
    services: Services,
    conversation_id: str,
    uploaded_by: str,
    received: ReceivedFile,
    description: FileDescription,
    check_allowed: Callable[[], Awaitable[object]],
) -> KeptAttachment:
    store = services.attachments.store
    with store_refusals():
        if description.attachment_id is not None:
            earlier = await store.find(conversation_id, description.attachment_id)
            if earlier is not None:
                return _uploaded_before(earlier, received)
        await check_allowed()
        media_type, charset = _kept_type(received, description, services.attachments.settings.media_types)
        attachment = Attachment(
            conversation_id=conversation_id,
            attachment_id=description.attachment_id or new_id(),
            name=clean_name(description.name, media_type),
            media_type=media_type,
            size=received.size,
            sha256=received.sha256,
            uploaded_at=services.clock(),
            uploaded_by=uploaded_by,
            charset=charset,
        )
        kept = await store.keep(attachment, received.file)
    return KeptAttachment(kept, replayed=False) if kept is attachment else _uploaded_before(kept, received)


def _kept_type(received: ReceivedFile, description: FileDescription, media_types: list[str]) -> KeptType:
    allowed = [declared_type(media_type) for media_type in media_types]
    declared = declared_type(description.media_type)
    whole = received.size <= HEAD_BYTES
    kept = decide(declared, description.name, received.head, whole, allowed)
    if kept is None and declared in allowed:
        raise RefusedError(RefusalCode.MEDIA_TYPE_MISMATCH, f"what is in the file is no {declared}")
    if kept is None:
        named = f"a file declared as {declared[:128]}" if declared else "what is in this file, which declares no type,"
        detail = f"{named} is not taken here; taken are {', '.join(allowed)}"
        raise RefusedError(RefusalCode.MEDIA_TYPE_NOT_ALLOWED, detail)
    return kept


def _uploaded_before(earlier: Attachment, received: ReceivedFile) -> KeptAttachment:
    if earlier.sha256 != received.sha256:
        raise RefusedError(RefusalCode.ID_CONFLICT, "this id belongs to an attachment with other content")
    return KeptAttachment(earlier, replayed=True)

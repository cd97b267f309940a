"""Uploading and reading the attachments of a conversation, the same for every way in."""

import errno
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from gateways.attachments.attachment import Attachment
from gateways.attachments.exceptions import AttachmentStoreError
from gateways.attachments.media_types import HEAD_BYTES, agree, declared_type
from gateways.attachments.naming import clean_name
from gateways.conversations.receiving import IncomingForm, Received, receive
from gateways.exceptions import RefusedError
from gateways.services import Services
from schemas.identifiers import new_id
from schemas.replies import RefusalCode

__all__ = ["Kept", "find_attachment", "store_refusals", "upload_attachment"]

_logger = logging.getLogger(__name__)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Kept(NamedTuple):
    """``replayed`` tells that it was uploaded before."""

    attachment: Attachment
    replayed: bool


async def upload_attachment(
    services: Services,
    conversation_id: str,
    uploaded_by: str,
    incoming: IncomingForm,
    check_allowed: Callable[[], Awaitable[None]],
) -> Kept:
    """``check_allowed`` raises RefusedError when nothing new may be added; what was there before is answered again
    anyhow. Raises RefusedError."""
    attachments = services.attachments
    with store_refusals():
        async with receive(incoming, attachments.incoming, attachments.settings.max_bytes) as received:
            if received.attachment_id is not None:
                earlier = await attachments.store.find(conversation_id, received.attachment_id)
                if earlier is not None:
                    return _uploaded_before(earlier, received)
            await check_allowed()
            attachment = _attachment(services, conversation_id, uploaded_by, received)
            kept = await attachments.store.keep(attachment, received.file)
    return Kept(kept, replayed=False) if kept is attachment else _uploaded_before(kept, received)


async def find_attachment(services: Services, conversation_id: str, attachment_id: str) -> Attachment:
    """Raises RefusedError when the conversation has no such attachment."""
    with store_refusals():
        attachment = await services.attachments.store.find(conversation_id, attachment_id)
    if attachment is None:
        raise RefusedError(RefusalCode.NOT_FOUND, "no such attachment in this conversation")
    return attachment


@contextmanager
def store_refusals() -> Iterator[None]:
    """Turns what stores raise into refusals."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise RefusedError(RefusalCode.STORAGE_FULL, "there is no room for the file") from None
        raise _unavailable(error) from None
    except AttachmentStoreError as error:
        raise _unavailable(error) from None


def _unavailable(error: Exception) -> RefusedError:
    _logger.error("attachments failed: %s", error)
    detail = "attachments cannot be kept or read just now; repeat the request"
    return RefusedError(RefusalCode.ATTACHMENTS_UNAVAILABLE, detail)


def _attachment(services: Services, conversation_id: str, uploaded_by: str, received: Received) -> Attachment:
    media_type = _media_type(received, services.attachments.settings.media_types)
    return Attachment(
        conversation_id=conversation_id,
        attachment_id=received.attachment_id or new_id(),
        name=clean_name(received.file_name, media_type),
        media_type=media_type,
        size=received.size,
        sha256=received.sha256,
        uploaded_at=services.clock(),
        uploaded_by=uploaded_by,
    )


def _media_type(received: Received, allowed: list[str]) -> str:
    declared = declared_type(received.content_type)
    if declared not in allowed:
        named = declared[:128] or "a file without a Content-Type"
        detail = f"{named} is not taken here; taken are {', '.join(allowed)}"
        raise RefusedError(RefusalCode.MEDIA_TYPE_NOT_ALLOWED, detail)
    if not agree(declared, received.head, received.size <= HEAD_BYTES):
        raise RefusedError(RefusalCode.MEDIA_TYPE_MISMATCH, f"what is in the file is no {declared}")
    return declared


def _uploaded_before(earlier: Attachment, received: Received) -> Kept:
    if earlier.sha256 != received.sha256:
        raise RefusedError(RefusalCode.ID_CONFLICT, "this id belongs to an attachment with other content")
    return Kept(earlier, replayed=True)

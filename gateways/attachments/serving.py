"""Uploading and reading an attachment, the same for every API."""

import errno
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from starlette.responses import Response

from gateways.attachments.attachment import Attachment
from gateways.attachments.exceptions import AttachmentStoreError
from gateways.attachments.media_types import HEAD_BYTES, agree, declared_type
from gateways.attachments.naming import clean_name, content_disposition
from gateways.attachments.uploading import Received, receive
from gateways.http.call import Answer, Call
from gateways.http.problems import Problem
from schemas.api.attachments import UploadedAttachment
from schemas.identifiers import new_id

__all__ = ["download", "store_problems", "upload"]

_logger = logging.getLogger(__name__)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-cache",
}
"""No browser runs what it is handed here, nor takes it for anything else."""


async def upload(
    call: Call, conversation_id: str, uploaded_by: str, check_allowed: Callable[[], Awaitable[None]]
) -> Answer:
    """``check_allowed`` raises Problem when nothing new may be added; what was there before is told again anyhow."""
    attachments = call.services.attachments
    with store_problems():
        async with receive(call, attachments.incoming, attachments.settings.max_bytes) as received:
            if received.attachment_id is not None:
                earlier = await attachments.store.find(conversation_id, received.attachment_id)
                if earlier is not None:
                    return _answer_again(call, earlier, received)
            await check_allowed()
            attachment = _attachment(call, conversation_id, uploaded_by, received)
            kept = await attachments.store.keep(attachment, received.file)
    return Answer(_shown(call, kept), 201) if kept is attachment else _answer_again(call, kept, received)


async def download(call: Call, conversation_id: str) -> Response:
    attachment_id = call.identifier("attachment_id")
    with store_problems():
        attachment = await call.services.attachments.store.find(conversation_id, attachment_id)
        if attachment is None:
            raise Problem(404, "not_found", "no such attachment in this conversation")
        headers = {**_HEADERS, "Content-Disposition": content_disposition(attachment.name)}
        return await call.services.attachments.store.respond(attachment, headers)


@contextmanager
def store_problems() -> Iterator[None]:
    """KeyedLocks what stores raise into problems."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise Problem(507, "storage_full", "there is no room for the file", headers={"Retry-After": "60"}) from None
        raise _unavailable(error) from None
    except AttachmentStoreError as error:
        raise _unavailable(error) from None


def _unavailable(error: Exception) -> Problem:
    _logger.error("attachments failed: %s", error)
    detail = "attachments cannot be kept or read just now; repeat the request"
    return Problem(503, "attachments_unavailable", detail, headers={"Retry-After": "5"})


def _attachment(call: Call, conversation_id: str, uploaded_by: str, received: Received) -> Attachment:
    media_type = _media_type(received, call.services.attachments.settings.media_types)
    return Attachment(
        conversation_id=conversation_id,
        attachment_id=received.attachment_id or new_id(),
        name=clean_name(received.file_name, media_type),
        media_type=media_type,
        size=received.size,
        sha256=received.sha256,
        uploaded_at=call.services.clock(),
        uploaded_by=uploaded_by,
    )


def _media_type(received: Received, allowed: list[str]) -> str:
    declared = declared_type(received.content_type)
    if declared not in allowed:
        detail = (
            f"{declared[:128] or 'a file without a Content-Type'} is not taken here; taken are {', '.join(allowed)}"
        )
        raise Problem(415, "media_type_not_allowed", detail)
    if not agree(declared, received.head, received.size <= HEAD_BYTES):
        raise Problem(415, "media_type_mismatch", f"what is in the file is no {declared}")
    return declared


def _answer_again(call: Call, earlier: Attachment, received: Received) -> Answer:
    if earlier.sha256 != received.sha256:
        raise Problem(409, "id_conflict", "this id belongs to an attachment with other content")
    return Answer(_shown(call, earlier), 201, replayed=True)


def _shown(call: Call, attachment: Attachment) -> UploadedAttachment:
    url = f"{call.scope['path']}/{attachment.attachment_id}"
    return UploadedAttachment(attachment.attachment_id, attachment.name, attachment.media_type, attachment.size, url)

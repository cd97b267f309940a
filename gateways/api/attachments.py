"""Attachments over HTTP, the same for every API that has them."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.responses import FileResponse, Response, StreamingResponse

from gateways.attachments.naming import content_disposition
from gateways.conversations.attachments import find_attachment, store_refusals, upload_attachment
from gateways.conversations.receiving import IncomingForm
from gateways.http.answer import Answer
from gateways.services import Call
from schemas.api.attachments import UploadedAttachment

__all__ = ["download", "upload"]

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-cache",
}
"""No browser runs what it is handed here, nor takes it for anything else."""


async def upload(
    call: Call, conversation_id: str, uploaded_by: str, check_allowed: Callable[[], Awaitable[None]]
) -> Answer[UploadedAttachment]:
    incoming = IncomingForm(call.header(b"content-type"), call.length, call.stream())
    attachment, replayed = await upload_attachment(call.services, conversation_id, uploaded_by, incoming, check_allowed)
    url = f"{call.scope['path']}/{attachment.attachment_id}"
    body = UploadedAttachment(attachment.attachment_id, attachment.name, attachment.media_type, attachment.size, url)
    return Answer(body, 201, replayed)


async def download(call: Call, conversation_id: str) -> Response:
    attachment = await find_attachment(call.services, conversation_id, call.identifier("attachment_id"))
    with store_refusals():
        content = await call.services.attachments.store.open(attachment)
    headers = {**_HEADERS, "Content-Disposition": content_disposition(attachment.name)}
    if isinstance(content, Path):
        return FileResponse(content, headers=headers, media_type=attachment.media_type)
    sized = {**headers, "Content-Length": str(attachment.size)}
    return StreamingResponse(content, headers=sized, media_type=attachment.media_type)

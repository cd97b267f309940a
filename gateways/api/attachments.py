"""Attachments over HTTP, the same for every API that has them."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.responses import FileResponse, Response, StreamingResponse

from gateways.api.call import Call
from gateways.api.upload_form import UploadForm
from gateways.attachments.naming import content_disposition
from gateways.conversations.attachments import FileDescription, KeptAttachment, find_attachment, open_attachment
from gateways.conversations.receiving import ReceivedFile, receive_file
from gateways.http.answer import Answer
from gateways.http.forwarded import prefix_of
from gateways.services import Services
from schemas.api.attachments import UploadedAttachment

__all__ = ["download", "send_attachment", "upload"]

_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-cache",
}
"""With these headers no browser runs a file, or takes it for another type than its own."""


async def upload(
    call: Call, keep: Callable[[ReceivedFile, FileDescription], Awaitable[KeptAttachment]]
) -> Answer[UploadedAttachment]:
    call.services.rate_limits.check_upload(call.parameter("id"))
    form = UploadForm(call.header(b"content-type"))
    chunks = form.read_file(call.stream(), call.length, call.services.settings.attachments.max_bytes)
    async with receive_file(call.services, chunks) as received:
        attachment, replayed = await keep(received, form.description())
    url = f"{prefix_of(call.scope)}{call.scope['path']}/{attachment.attachment_id}"
    body = UploadedAttachment(attachment.attachment_id, attachment.name, attachment.media_type, attachment.size, url)
    return Answer(body, 201, replayed)


async def download(call: Call, conversation_id: str) -> Response:
    return await send_attachment(call.services, conversation_id, call.identifier("attachment_id"))


async def send_attachment(services: Services, conversation_id: str, attachment_id: str) -> Response:
    """The attachment as a response. Raises RefusedError when there is none, or it cannot be read."""
    attachment = await find_attachment(services, conversation_id, attachment_id)
    content = await open_attachment(services, attachment)
    headers = {**_HEADERS, "Content-Disposition": content_disposition(attachment.name)}
    if isinstance(content, Path):
        return FileResponse(content, headers=headers, media_type=attachment.content_type)
    sized = {**headers, "Content-Length": str(attachment.size)}
    return StreamingResponse(content, headers=sized, media_type=attachment.content_type)

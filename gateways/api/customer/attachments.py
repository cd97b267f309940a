"""A customer's attachments."""

from functools import partial

from starlette.responses import Response

from gateways.api.attachments import download, upload
from gateways.api.call import Call
from gateways.api.customer.callers import own_conversation
from gateways.conversations.attachments import keep_customer_attachment
from gateways.http.answer import Answer
from schemas.api.attachments import UploadedAttachment

__all__ = ["read_attachment", "upload_attachment"]


async def upload_attachment(call: Call) -> Answer[UploadedAttachment]:
    """After the upload, post a message whose content names the `attachment_id`. An upload that no message names is
    removed."""
    return await upload(call, partial(keep_customer_attachment, call.services, own_conversation(call)))


async def read_attachment(call: Call) -> Response:
    return await download(call, own_conversation(call))

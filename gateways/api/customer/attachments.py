"""A customer's attachments."""

from starlette.responses import Response

from gateways.api.attachments import download, upload
from gateways.api.customer.callers import own_conversation
from gateways.conversations.reading import find_open_conversation
from gateways.http.answer import Answer
from gateways.services import Call
from schemas.actors import CUSTOMER
from schemas.api.attachments import UploadedAttachment

__all__ = ["read_attachment", "upload_attachment"]


async def upload_attachment(call: Call) -> Answer[UploadedAttachment]:
    """Then post a message whose content names the `attachment_id`; an upload that no message names is removed."""
    conversation_id = own_conversation(call)

    async def check_open() -> None:
        await find_open_conversation(call.services, conversation_id)

    return await upload(call, conversation_id, CUSTOMER, check_open)


async def read_attachment(call: Call) -> Response:
    return await download(call, own_conversation(call))

"""An agent's attachments."""

from functools import partial

from starlette.responses import Response

from gateways.api.agent.directories import visible_conversation
from gateways.api.attachments import download, upload
from gateways.api.call import Call
from gateways.conversations.attachments import keep_agent_attachment
from gateways.http.answer import Answer
from schemas.api.attachments import UploadedAttachment

__all__ = ["read_attachment", "upload_attachment"]


async def upload_attachment(call: Call) -> Answer[UploadedAttachment]:
    """After the upload, post a message whose content names the `attachment_id`. An upload that no message names is
    removed."""
    conversation_id = (await visible_conversation(call)).conversation_id
    return await upload(call, partial(keep_agent_attachment, call.services, conversation_id, call.principal.subject))


async def read_attachment(call: Call) -> Response:
    return await download(call, (await visible_conversation(call)).conversation_id)

"""A customer's attachments."""

from starlette.responses import Response

from gateways.api.customer.conversing import own_conversation
from gateways.attachments.serving import download, upload
from gateways.conversations.reading import find_conversation
from gateways.http.call import Answer, Call
from gateways.http.problems import Problem

__all__ = ["read_attachment", "upload_attachment"]


async def upload_attachment(call: Call) -> Answer:
    """Then post a message whose content names the `attachment_id`; an upload that no message names is removed."""
    conversation_id = own_conversation(call)

    async def check_open() -> None:
        view = await find_conversation(call.services, conversation_id)
        if view.status in ("wrap_up", "ended"):
            raise Problem(409, "conversation_ended", "the conversation has ended; start a new one")

    return await upload(call, conversation_id, "customer", check_open)


async def read_attachment(call: Call) -> Response:
    return await download(call, own_conversation(call))

"""An agent's attachments."""

from starlette.responses import Response

from gateways.api.agent.directories import visible_conversation
from gateways.api.attachments import download, upload
from gateways.conversations.reading import find_participation
from gateways.http.answer import Answer
from gateways.services import Call
from schemas.actors import agent_actor
from schemas.api.attachments import UploadedAttachment

__all__ = ["read_attachment", "upload_attachment"]


async def upload_attachment(call: Call) -> Answer[UploadedAttachment]:
    """Then post a message whose content names the `attachment_id`; an upload that no message names is removed."""
    agent_id = call.principal.subject
    conversation_id = (await visible_conversation(call)).conversation_id

    async def check_participant() -> None:
        await find_participation(call.services, conversation_id, agent_id)

    return await upload(call, conversation_id, agent_actor(agent_id), check_participant)


async def read_attachment(call: Call) -> Response:
    return await download(call, (await visible_conversation(call)).conversation_id)

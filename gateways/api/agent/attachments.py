"""An agent's attachments."""

from starlette.responses import Response

from gateways.api.agent.directories import visible_conversation
from gateways.attachments.serving import download, upload
from gateways.conversations.reading import find_conversation
from gateways.http.call import Answer, Call
from gateways.http.problems import Problem

__all__ = ["read_attachment", "upload_attachment"]


async def upload_attachment(call: Call) -> Answer:
    """Then post a message whose content names the `attachment_id`; an upload that no message names is removed."""
    agent_id = call.principal.subject
    conversation_id = (await visible_conversation(call)).conversation_id

    async def check_participant() -> None:
        view = await find_conversation(call.services, conversation_id)
        if view.status in ("wrap_up", "ended"):
            raise Problem(409, "conversation_ended", "the conversation has ended")
        if agent_id not in view.agents:
            raise Problem(403, "not_participant", "you take no part in this conversation")

    return await upload(call, conversation_id, f"agent:{agent_id}", check_participant)


async def read_attachment(call: Call) -> Response:
    return await download(call, (await visible_conversation(call)).conversation_id)

"""The messages of other applications."""

import msgspec

from gateways.api.call import Call
from gateways.conversations import application_messages
from gateways.conversations.application_messages import Addressee, ApplicationMessage
from gateways.conversations.request_digest import digest_of
from gateways.http.answer import Answer
from schemas.api.extern import ApplicationMessageRequest, WrittenMessage
from schemas.events import Customer

__all__ = ["write_message"]


async def write_message(call: Call, body: ApplicationMessageRequest) -> Answer[WrittenMessage]:
    """Posts into a conversation, or to a customer: into the customer's open conversation on the channel or, if there is
    none, into a new one. That is outbound and waits for the customer. The answer goes to the channel's bot or, if there
    is none, into the queue. The sender's type is application, its `id` the name of the API key. The request can be
    repeated with the same `id` as often as needed: the message is posted once."""
    principal = call.principal
    message = ApplicationMessage(
        application=principal.subject,
        to=body.conversation_id or _addressee(body),
        content=body.content,
        request_digest=digest_of(body, principal.actor),
        id=body.id,
    )
    posted = await application_messages.post_application_message(call.services, message, principal.actor)
    return Answer(WrittenMessage(posted.conversation_id, posted.message_id, posted.version), 201, posted.replayed)


def _addressee(body: ApplicationMessageRequest) -> Addressee:
    return Addressee(
        channel=body.channel or "",
        customer=Customer() if body.customer is None else Customer(**msgspec.structs.asdict(body.customer)),
        queue=body.queue,
        language=body.language,
        attributes=body.attributes,
    )

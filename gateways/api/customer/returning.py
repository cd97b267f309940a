"""The return of a customer whose conversation goes on."""

from gateways.conversations.reading import look_up_conversation
from gateways.http.call import Answer, Call
from gateways.http.problems import Problem
from gateways.identity.authentication import bearer_token
from gateways.identity.exceptions import InvalidTokenError
from gateways.services.asking import ask
from projections import ConversationView
from schemas.api.customer import StartConversationRequest, StartedConversation
from schemas.commands import ReturnCustomer
from schemas.configuration import Channel
from schemas.identifiers import derived_id, new_id
from schemas.replies import RefusalCode, StartReply

__all__ = ["earlier_conversation", "return_to"]


async def earlier_conversation(call: Call, body: StartConversationRequest, channel: Channel) -> ConversationView | None:
    """The customer's last conversation on the channel, to which the start may return.

    A connector is believed who its customer is. On a web channel an id is a claim: only the conversation's own token
    leads back to it. A repeated start has none: its own conversation is there already.
    """
    if channel.kind == "connector":
        view = call.services.conversations.latest(body.channel, body.customer.id)
    else:
        view = await _presented(call, body)
    if view is not None and body.id is not None and await look_up_conversation(call.services, body.id) is not None:
        return None
    return view


async def _presented(call: Call, body: StartConversationRequest) -> ConversationView | None:
    """A token that does not hold, or is another customer's or channel's, counts as none."""
    token = bearer_token(call)
    if token is None:
        return None
    try:
        principal = call.services.tokens.check(token)
    except InvalidTokenError:
        return None
    if principal.kind != "customer":
        return None
    view = await look_up_conversation(call.services, principal.subject)
    if view is None or view.channel != body.channel or body.customer.id not in (None, view.customer.id):
        return None
    return view


async def return_to(call: Call, view: ConversationView, body: StartConversationRequest, actor: str) -> Answer | None:
    """None when the conversation has ended. The text of a start that is repeated is posted once, also then."""
    if view.status in ("wrap_up", "ended") and (body.id is None or body.text is None):
        return None
    command = ReturnCustomer(
        at=call.services.clock(), message_id=derived_id(body.id or new_id(), "text"), text=body.text
    )
    stream = f"conversation-{view.conversation_id}"
    try:
        reply = await ask(call.services, stream, command, actor, StartReply, view.conversation_id)
    except Problem as problem:
        if problem.code == RefusalCode.CONVERSATION_ENDED.value:
            return None
        raise
    lifetime = call.services.settings.authentication.customer_token_seconds
    issued_at = int(command.at.timestamp())
    token = call.services.tokens.issue("customer", view.conversation_id, issued_at, lifetime)
    return Answer(
        StartedConversation(view.conversation_id, token, reply.status, reply.version, returned=True),
        replayed=reply.replayed,
    )

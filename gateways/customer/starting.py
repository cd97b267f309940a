"""Starting a conversation."""

import hashlib

import msgspec

from gateways.http.asking import ask
from gateways.http.authentication import check_api_key
from gateways.http.call import Answer, Call
from gateways.http.problems import Problem
from gateways.nesting import MOST_LEVELS, nests_too_deeply
from schemas.api.customer import StartConversationRequest, StartedConversation
from schemas.api.problem import FieldError
from schemas.commands import StartConversation
from schemas.configuration import Channel
from schemas.identifiers import derived_id, new_id
from schemas.instants import parse_instant
from schemas.queues import QueueSettings
from schemas.replies import StartReply

__all__ = ["queue_named", "start_conversation"]


async def start_conversation(call: Call) -> Answer:
    services, body = call.services, _body(call)
    channel = _channel(call, body.channel)
    actor = _sender(call, channel)
    _check_nesting(body)
    conversation_id = body.id or new_id()
    command = StartConversation(
        at=services.clock(),
        conversation_id=conversation_id,
        channel=body.channel,
        customer=body.customer,
        queue=queue_named(call, body.queue or channel.queue),
        task_id=derived_id(conversation_id, "task"),
        message_id=derived_id(conversation_id, "text"),
        request_digest=_digest(body),
        bot=channel.bot,
        suggests=_suggests(call, channel.bot),
        language=body.language,
        attributes=body.attributes,
        text=body.text,
        inactivity_seconds=channel.inactivity_seconds,
    )
    reply = await ask(
        services, f"conversation-{conversation_id}", command, actor, StartReply, correlation_id=conversation_id
    )
    started = StartedConversation(conversation_id, _token(call, reply), reply.status, reply.version)
    return Answer(started, 201, reply.replayed)


def queue_named(call: Call, name: str) -> QueueSettings:
    """Raises Problem when no such queue is configured."""
    try:
        return call.services.configuration.queue_settings(name)
    except KeyError:
        raise _unknown("queue", name) from None


def _suggests(call: Call, bot: str | None) -> bool:
    """A bot that is not configured any more has nothing to say."""
    configured = call.services.configuration.bots.get(bot or "")
    return configured is not None and configured.suggests


def _body(call: Call) -> StartConversationRequest:
    body: StartConversationRequest = call.body
    return body


def _channel(call: Call, name: str) -> Channel:
    channel = call.services.configuration.channels.get(name)
    if channel is None:
        raise _unknown("channel", name)
    return channel


def _sender(call: Call, channel: Channel) -> str:
    """A web channel is open to its origins; any other wants its connector's key."""
    if channel.kind == "connector":
        return f"connector:{check_api_key(call, 'connector')}"
    origin = (call.header(b"origin") or b"").decode("latin-1")
    own = (call.header(b"host") or b"").decode("latin-1")
    allowed = not origin or "*" in channel.allowed_origins or origin in channel.allowed_origins
    if not allowed and origin.partition("://")[2] != own:
        raise Problem(403, "origin_not_allowed", "the channel does not allow this origin; add it to allowed_origins")
    return "customer"


def _check_nesting(body: StartConversationRequest) -> None:
    for path, attributes in (("attributes", body.attributes), ("customer.attributes", body.customer.attributes)):
        if nests_too_deeply(attributes):
            raise _invalid(path, f"must not nest deeper than {MOST_LEVELS} levels")


def _token(call: Call, reply: StartReply) -> str:
    """Made from what is recorded, so that a repeated start gives the same token."""
    issued_at = int(parse_instant(reply.started_at).timestamp())
    lifetime = call.services.settings.authentication.customer_token_seconds
    return call.services.tokens.issue("customer", reply.conversation_id, issued_at, lifetime)


def _digest(body: StartConversationRequest) -> str:
    return hashlib.blake2b(msgspec.json.encode(body, order="deterministic"), digest_size=16).hexdigest()


def _unknown(field: str, name: str) -> Problem:
    return _invalid(field, f"no {field} {name!r} is configured")


def _invalid(path: str, message: str) -> Problem:
    return Problem(422, "invalid_input", f"{path}: {message}", [FieldError(path, message)])

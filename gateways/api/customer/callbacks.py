"""Requests of customers to be called back."""

from datetime import timedelta

from gateways.api.call import Call
from gateways.api.customer.callers import conversation_token, starter_on
from gateways.conversations import callbacks
from gateways.conversations.request_digest import digest_of
from gateways.http.answer import Answer
from schemas.api.customer import CallbackRequest, RequestedCallback

__all__ = ["request_callback"]


async def request_callback(call: Call, body: CallbackRequest) -> Answer[RequestedCallback]:
    """A wanted time at which the queue is closed is moved to the next opening; `moved` is true then. The token opens
    the callback's conversation until some time after the call. Ending that conversation before the call cancels the
    callback."""
    name, channel = callbacks.callback_channel(call.services, body.channel)
    actor = starter_on(call, channel)
    wish = callbacks.CallbackWish(
        channel=name,
        name=body.name,
        phone=body.phone,
        request_digest=digest_of(body, actor),
        id=body.id,
        subject=body.subject,
        wanted_at=body.wanted_at,
        attributes=body.attributes,
    )
    scheduled = await callbacks.request_callback(call.services, wish, actor)
    kept = timedelta(seconds=call.services.settings.authentication.customer_token_seconds)
    lifetime = int((scheduled.queued_at - scheduled.started_at + kept).total_seconds())
    token = conversation_token(call.services, scheduled.conversation_id, scheduled.started_at, lifetime)
    answer = RequestedCallback(scheduled.conversation_id, token, scheduled.status, scheduled.due, scheduled.moved)
    return Answer(answer, 201, scheduled.replayed)

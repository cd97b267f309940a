"""Requests of customers to be called back."""

from datetime import timedelta

from gateways.api.call import Call
from gateways.api.customer.callers import actor_on, conversation_token, presented_conversation, starter_on
from gateways.conversations import callbacks
from gateways.conversations.callback_options import callback_options_of
from gateways.conversations.request_digest import digest_of
from gateways.http.answer import Answer
from schemas.api.customer import CallbackOptions, CallbackRequest, OpeningSpan, RequestedCallback

__all__ = ["callback_options", "request_callback"]

_MAX_AGE = 60
"""The seconds for which a client may keep the options."""


async def request_callback(call: Call, body: CallbackRequest) -> Answer[RequestedCallback]:
    """A wanted time at which the queue is closed is moved to the next opening; `moved` is true then. The token opens
    the callback's conversation until some time after the call. Ending that conversation before the call cancels the
    callback. A customer who waits for an agent elsewhere and sends that conversation's token along leaves its line, and
    has the same place in the line for callbacks as soon as possible."""
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
        presented=presented_conversation(call),
    )
    scheduled = await callbacks.request_callback(call.services, wish, actor)
    kept = timedelta(seconds=call.services.settings.authentication.customer_token_seconds)
    lifetime = int((scheduled.queued_at - scheduled.started_at + kept).total_seconds())
    token = conversation_token(call.services, scheduled.conversation_id, scheduled.started_at, lifetime)
    answer = RequestedCallback(scheduled.conversation_id, token, scheduled.status, scheduled.due, scheduled.moved)
    return Answer(answer, 201, scheduled.replayed)


async def callback_options(call: Call) -> Answer[CallbackOptions]:
    """What a form for callbacks needs. `calling_codes` are the codes with which the numbers of each country begin. A
    time that is wanted outside of the `openings` is moved to the next of them. Without openings and without `opens_at`
    nobody calls."""
    _, channel = callbacks.callback_channel(call.services, call.query.get("channel"))
    actor_on(call, channel)
    found = callback_options_of(call.services, channel)
    options = CallbackOptions(
        calling_codes=found.calling_codes,
        openings=[OpeningSpan(*span) for span in found.openings],
        country=found.country,
        opens_at=found.opens_at,
    )
    return Answer(options, max_age=_MAX_AGE)

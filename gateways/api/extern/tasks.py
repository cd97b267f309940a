"""Outside tasks: any work item, routed as conversations are.

A task's conversation has an id that derives from the task's, so that nothing need remember which is whose.
"""

from datetime import UTC
from typing import Literal

from gateways.conversations.attributes import check_attributes, with_told
from gateways.conversations.channels import channel_named, only_channel_of_kind, queue_named
from gateways.conversations.reading import find_conversation, look_up_conversation
from gateways.conversations.request_digest import digest_of
from gateways.conversations.wanted_times import check_wanted_at
from gateways.http.call import Answer, Call
from gateways.http.nesting import check_nesting
from gateways.http.problems import Problem, invalid_input
from gateways.services import Services
from gateways.services.asking import ask
from projections import ConversationView
from schemas.api.extern import OutsideTask, OutsideTaskRequest
from schemas.commands import EndConversation, StartConversation
from schemas.content import Sender
from schemas.identifiers import derived_id, new_id
from schemas.instants import format_instant
from schemas.replies import Done, StartReply

__all__ = ["cancel_task", "route_task", "task"]

_MOST_DAYS = 365
_DONE = ("agent_ended", "bot_ended")

State = Literal["queued", "reserved", "active", "wrap_up", "closed"]


async def route_task(call: Call) -> Answer:
    """The answer is how the task stands; repeated, it is how the task stands then."""
    body: OutsideTaskRequest = call.body
    services, channel = call.services, _channel(call, body.channel)
    check_attributes(body.attributes, ("subject", "url", "wanted_at"))
    check_nesting({"customer.attributes": body.customer.attributes})
    queue = queue_named(call, body.queue)
    task_id = body.id or new_id()
    conversation_id = _conversation_of(task_id)
    at = services.clock()
    if body.wanted_at is not None and await look_up_conversation(services, conversation_id) is None:
        check_wanted_at(body.wanted_at, at, _MOST_DAYS)
    before = services.conversations.latest(channel, body.customer.id)
    wanted_at = format_instant(body.wanted_at) if body.wanted_at is not None else None
    command = StartConversation(
        at=at,
        conversation_id=conversation_id,
        channel=channel,
        customer=body.customer,
        queue=queue,
        task_id=task_id,
        message_id=derived_id(conversation_id, "text"),
        request_digest=digest_of(body),
        attributes=with_told(body.attributes, subject=body.subject, url=body.url, wanted_at=wanted_at),
        preferred_agent=(before.served_by or before.preferred_agent) if before is not None else None,
        not_before=body.wanted_at.astimezone(UTC) if body.wanted_at is not None else None,
        priority=body.priority,
    )
    reply = await ask(services, f"conversation-{conversation_id}", command, _actor(call), StartReply, conversation_id)
    view = await find_conversation(services, conversation_id)
    return Answer(_shown(services, task_id, view), 201, reply.replayed)


async def task(call: Call) -> Answer:
    view = await _found(call)
    return Answer(_shown(call.services, call.identifier("task_id"), view))


async def cancel_task(call: Call) -> Answer:
    """Whoever works on it wraps up at most. A task that is closed stays as it is."""
    conversation_id = (await _found(call)).conversation_id
    command = EndConversation(
        at=call.services.clock(), ended_by=Sender("application", call.principal.subject), reason="cancelled"
    )
    await ask(call.services, f"conversation-{conversation_id}", command, _actor(call), Done, conversation_id)
    return Answer(b"", 204)


async def _found(call: Call) -> ConversationView:
    view = await look_up_conversation(call.services, _conversation_of(call.identifier("task_id")))
    if view is None:
        raise Problem(404, "not_found", "no such task")
    return view


def _conversation_of(task_id: str) -> str:
    return derived_id(task_id, "conversation")


def _actor(call: Call) -> str:
    return f"application:{call.principal.subject}"


def _channel(call: Call, wanted: str | None) -> str:
    name = wanted or only_channel_of_kind(call.services, "task", "tasks")
    if channel_named(call, name).kind != "task":
        raise invalid_input("channel", f"the channel {name} is not for tasks")
    return name


def _shown(services: Services, task_id: str, view: ConversationView) -> OutsideTask:
    in_line = services.queues.task(view.mrd, view.task_id or "") if view.status == "waiting_for_agent" else None
    offered_to = in_line.offered_to if in_line is not None else None
    position = services.queues.position(view.mrd, in_line.task_id) if in_line is not None else None
    state = _state(view, offered_to)
    return OutsideTask(
        task_id=task_id,
        conversation_id=view.conversation_id,
        mrd=view.mrd,
        queue=view.queue,
        state=state,
        agent=offered_to or view.served_by,
        close_reason=("done" if view.end_reason in _DONE else view.end_reason) if state == "closed" else None,
        wanted_at=in_line.not_before if in_line is not None else None,
        position=position,
        estimated_wait_seconds=services.queues.estimated_wait(view.mrd, view.queue, position) if position else None,
    )


def _state(view: ConversationView, offered_to: str | None) -> State:
    match view.status:
        case "waiting_for_agent":
            return "reserved" if offered_to else "queued"
        case "wrap_up":
            return "wrap_up"
        case "ended":
            return "closed"
    return "active"

"""Outside tasks: work items of other applications, routed as conversations are.

The id of a task's conversation derives from the task's id, so that no table of the two is needed.
"""

from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from gateways.conversations.attributes import check_attributes, check_extent, with_fields
from gateways.conversations.changing import change_conversation
from gateways.conversations.channels import channel_named, only_channel_of_kind, queue_on
from gateways.conversations.proving import vouched_customer
from gateways.conversations.queue_standings import require_eligible
from gateways.conversations.reading import find_conversation, look_up_conversation
from gateways.conversations.wanted_times import check_wanted_at
from gateways.exceptions import RefusedError, invalid_field
from gateways.services import Services
from gateways.services.asking import ask
from projections import ConversationView
from schemas.commands import EndConversation, StartConversation
from schemas.content import Sender
from schemas.events import Customer
from schemas.identifiers import derived_id, new_id
from schemas.instants import format_instant
from schemas.records import conversation_stream
from schemas.replies import RefusalCode, StartReply

__all__ = ["TaskWish", "WorkItem", "cancel_task", "read_task", "route_task"]

_MAX_DAYS = 365
_DONE = ("agent_ended", "bot_ended")

TaskState = Literal["queued", "reserved", "active", "wrap_up", "closed"]


class TaskWish(msgspec.Struct, frozen=True, kw_only=True):
    """Work of another application. ``override`` admits a queue for which no agent works. ``request_digest``
    distinguishes a repetition from another request with the same id."""

    queue: str
    subject: str
    request_digest: str
    id: str | None = None
    channel: str | None = None
    priority: int = 5
    attributes: dict[str, Any] = {}
    customer: Customer = Customer()
    wanted_at: datetime | None = None
    url: str | None = None
    override: bool = False


class WorkItem(msgspec.Struct, frozen=True, kw_only=True):
    """A task and its state. ``agent`` has the task, is offered it, or had it last. ``wanted_at`` is set while the task
    waits in line and was asked for at a later time."""

    task_id: str
    conversation_id: str
    mrd: str
    queue: str
    state: TaskState
    agent: str | None = None
    close_reason: str | None = None
    wanted_at: datetime | None = None
    position: int | None = None
    estimated_wait_seconds: float | None = None


async def route_task(services: Services, wish: TaskWish, actor: str) -> tuple[WorkItem, bool]:
    """Returns the task, and whether the request was made before. Raises RefusedError."""
    channel = _channel(services, wish.channel)
    check_attributes(wish.attributes, ("subject", "url", "wanted_at"))
    check_extent({"customer.attributes": wish.customer.attributes})
    task_id = wish.id or new_id()
    customer = vouched_customer(wish.customer, actor)
    command = await _command(services, wish, channel, task_id, customer)
    conversation_id = command.conversation_id
    reply = await ask(services, conversation_stream(conversation_id), command, actor, StartReply, conversation_id)
    view = await find_conversation(services, conversation_id)
    return _work_item(services, task_id, view), reply.replayed


async def _command(
    services: Services, wish: TaskWish, channel: str, task_id: str, customer: Customer
) -> StartConversation:
    queue = queue_on(services.configuration, channel, wish.queue)
    conversation_id, at = _conversation_of(task_id), services.clock()
    if await look_up_conversation(services, conversation_id) is None:
        if wish.wanted_at is not None:
            check_wanted_at(wish.wanted_at, services.clock.machine(), _MAX_DAYS)
        if not wish.override:
            require_eligible(services, queue.name)
    before = services.conversations.latest(channel, customer.id) if customer.verified else None
    wanted_at = format_instant(wish.wanted_at) if wish.wanted_at is not None else None
    return StartConversation(
        at=at,
        conversation_id=conversation_id,
        channel=channel,
        customer=customer,
        queue=queue,
        task_id=task_id,
        message_id=derived_id(conversation_id, "text"),
        request_digest=wish.request_digest,
        attributes=with_fields(wish.attributes, subject=wish.subject, url=wish.url, wanted_at=wanted_at),
        preferred_agent=before.last_agent if before is not None else None,
        not_before=_by_the_journal(services, wish.wanted_at),
        priority=wish.priority,
    )


def _by_the_journal(services: Services, wanted_at: datetime | None) -> datetime | None:
    return services.clock.when_machine_reads(wanted_at.astimezone(UTC)) if wanted_at is not None else None


def _by_the_machine(services: Services, not_before: datetime | None) -> datetime | None:
    return services.clock.machine_when(not_before) if not_before is not None else None


async def read_task(services: Services, task_id: str, actor: str) -> WorkItem:
    """Raises RefusedError when the application has routed no such task."""
    return _work_item(services, task_id, await _find(services, task_id, actor))


async def cancel_task(services: Services, task_id: str, application: str, actor: str) -> None:
    """An agent who works on the task has nothing left to do but the wrap-up. A closed task stays as it is. Raises
    RefusedError when the application has routed no such task."""
    conversation_id = (await _find(services, task_id, actor)).conversation_id
    command = EndConversation(at=services.clock(), ended_by=Sender("application", application), reason="cancelled")
    await change_conversation(services, conversation_id, command, actor)


async def _find(services: Services, task_id: str, actor: str) -> ConversationView:
    """The task of another application is refused in the same words as one that does not exist."""
    view = await look_up_conversation(services, _conversation_of(task_id))
    if view is None or view.started_by != actor:
        raise RefusedError(RefusalCode.NOT_FOUND, "no such task")
    return view


def _conversation_of(task_id: str) -> str:
    return derived_id(task_id, "conversation")


def _channel(services: Services, wanted: str | None) -> str:
    name = wanted or only_channel_of_kind(services.configuration, "task", "tasks")
    if channel_named(services.configuration, name).kind != "task":
        raise invalid_field("channel", f"the channel {name} is not for tasks")
    return name


def _work_item(services: Services, task_id: str, view: ConversationView) -> WorkItem:
    waiting_id = (view.task_id or "") if view.status == "waiting_for_agent" else ""
    in_line = services.queues.task(view.mrd, waiting_id)
    offered_to = in_line.offered_to if in_line is not None else None
    state = _state(view, offered_to)
    return WorkItem(
        task_id=task_id,
        conversation_id=view.conversation_id,
        mrd=view.mrd,
        queue=view.queue,
        state=state,
        agent=offered_to or view.served_by,
        close_reason=("done" if view.end_reason in _DONE else view.end_reason) if state == "closed" else None,
        wanted_at=_by_the_machine(services, in_line.not_before if in_line is not None else None),
        position=services.queues.position(view.mrd, waiting_id),
        estimated_wait_seconds=services.queues.estimated_wait_of(view.mrd, waiting_id, services.clock()),
    )


def _state(view: ConversationView, offered_to: str | None) -> TaskState:
    match view.status:
        case "waiting_for_agent":
            return "reserved" if offered_to else "queued"
        case "wrap_up":
            return "wrap_up"
        case "ended":
            return "closed"
    return "active"

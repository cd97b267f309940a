"""What agents see of the contact centre: each other, the queues, the conversations."""

from collections.abc import Iterator

from gateways.conversation_reader import find_conversation, read_events
from gateways.http.call import Answer, Call
from gateways.http.problems import Problem
from projections import ConversationView
from schemas.api.agent import Agents, Conversation, ConversationDetail, Conversations, Queues
from schemas.api.problem import FieldError

__all__ = ["agents", "conversation", "conversations", "queues"]

_LEADERS = ("supervisor", "administrator")
_STATUSES = ("with_bot", "waiting_for_agent", "with_agent", "wrap_up", "ended")


async def agents(call: Call) -> Answer:
    services = call.services
    views = [services.agents.view(agent_id, agent.name) for agent_id, agent in services.settings.agents.items()]
    return Answer(Agents(views))


async def queues(call: Call) -> Answer:
    services = call.services
    views = [services.queues.view(name, queue.mrd) for name, queue in services.settings.queues.items()]
    return Answer(Queues(views))


async def conversations(call: Call) -> Answer:
    """Newest first. Agents see those they take or took part in or were offered, supervisors all."""
    limit = call.number("limit", 50, 1, 500)
    start = await _start(call)
    page: list[Conversation] = []
    for view in _matching(call):
        if start is not None and view.position >= start:
            continue
        if len(page) == limit:
            return Answer(Conversations(page, page[-1].conversation_id))
        page.append(view.summary())
    return Answer(Conversations(page, None))


async def conversation(call: Call) -> Answer:
    view = await find_conversation(call.services, call.identifier("id"))
    if not _may_see(call, view):
        raise Problem(403, "not_participant", "you take no part in this conversation")
    events = await read_events(call.services, view.conversation_id)
    return Answer(ConversationDetail(view.summary(), events))


def _matching(call: Call) -> Iterator[ConversationView]:
    status, agent, queue = (call.query.get(name) for name in ("status", "agent", "queue"))
    if status is not None and status not in _STATUSES:
        message = f"must be one of {', '.join(_STATUSES)}"
        raise Problem(422, "invalid_input", f"status: {message}", [FieldError("status", message)])
    text = call.query.get("q", "").casefold()
    for view in call.services.conversations:
        if (
            (status is None or view.status == status)
            and (agent is None or agent in view.taken_part)
            and (queue is None or view.queue == queue)
            and (not text or text in _searched(view))
            and _may_see(call, view)
        ):
            yield view


async def _start(call: Call) -> int | None:
    """Where the conversation stands after which to go on, whatever has become of it."""
    after = call.query.get("after")
    if after is None:
        return None
    try:
        return (await find_conversation(call.services, after)).position
    except Problem:
        message = f"no conversation {after[:64]!r} is known"
        raise Problem(422, "invalid_input", f"after: {message}", [FieldError("after", message)]) from None


def _searched(view: ConversationView) -> str:
    customer = view.customer
    fields = (view.conversation_id, customer.id, customer.name, customer.email, customer.phone, view.last_message)
    return "\n".join(field for field in fields if field).casefold()


def _may_see(call: Call, view: ConversationView) -> bool:
    return call.principal.role in _LEADERS or call.principal.subject in view.seen_by

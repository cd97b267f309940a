"""What agents see of the contact centre: each other, the queues, the conversations."""

from collections.abc import Callable, Iterator, Mapping

from gateways.api.bodies import agent_body, conversation_body, queue_body
from gateways.conversations.reading import find_conversation, read_events
from gateways.conversations.rights import may_see, require_visible
from gateways.exceptions import RefusedError
from gateways.http.answer import Answer
from gateways.http.problems import invalid_input
from gateways.services import Call
from projections import ConversationView
from schemas.api.agent import Agents, Conversation, ConversationDetail, Conversations, Queues

__all__ = ["agents", "conversation", "conversations", "queues", "visible_conversation"]

_STATUSES = ("with_bot", "waiting_for_agent", "with_agent", "wrap_up", "ended")
_MAX_PREVIOUS = 20

_FILTERS: Mapping[str, Callable[[ConversationView, str], bool]] = {
    "status": lambda view, status: view.status == status,
    "agent": lambda view, agent_id: agent_id in view.taken_part,
    "queue": lambda view, queue: view.queue == queue,
    "customer": lambda view, customer_id: view.customer.id == customer_id,
    "label": lambda view, label: label in view.labels,
    "hand_raised": lambda view, raised: bool(view.hands) == (raised == "true"),
    "q": lambda view, text: text.casefold() in _searched(view),
}


async def agents(call: Call) -> Answer[Agents]:
    services = call.services
    views = [services.agents.view(agent_id, agent.name) for agent_id, agent in services.configuration.agents.items()]
    return Answer(Agents([agent_body(view) for view in views]))


async def queues(call: Call) -> Answer[Queues]:
    services = call.services
    views = [services.queues.view(name, queue.mrd) for name, queue in services.configuration.queues.items()]
    return Answer(Queues([queue_body(view) for view in views]))


async def conversations(call: Call) -> Answer[Conversations]:
    """Newest first. Agents see those they take or took part in or were offered, supervisors all."""
    limit = call.number("limit", 50, 1, 500)
    start = await _start(call)
    page: list[Conversation] = []
    for view in _matching(call):
        if start is not None and view.position >= start:
            continue
        if len(page) == limit:
            return Answer(Conversations(page, page[-1].conversation_id))
        page.append(conversation_body(view))
    return Answer(Conversations(page, None))


async def conversation(call: Call) -> Answer[ConversationDetail]:
    view = await visible_conversation(call)
    events = await read_events(call.services, view.conversation_id)
    earlier = [
        conversation_body(other)
        for other in call.services.conversations.of_customer(view.channel, view.customer.id)
        if other.position < view.position
    ]
    detail = ConversationDetail(
        conversation_body(view), events, view.customer, view.attributes, earlier[:_MAX_PREVIOUS]
    )
    return Answer(detail)


async def visible_conversation(call: Call) -> ConversationView:
    """The conversation of the path. Raises RefusedError unless the agent may see it."""
    view = await find_conversation(call.services, call.identifier("id"))
    require_visible(call.services, call.principal, view)
    return view


def _matching(call: Call) -> Iterator[ConversationView]:
    _check_choice(call, "status", _STATUSES)
    _check_choice(call, "hand_raised", ("true", "false"))
    wanted = [(matches, call.query[name]) for name, matches in _FILTERS.items() if name in call.query]
    for view in call.services.conversations:
        if all(matches(view, value) for matches, value in wanted) and may_see(call.services, call.principal, view):
            yield view


def _check_choice(call: Call, name: str, choices: tuple[str, ...]) -> None:
    if call.query.get(name, choices[0]) not in choices:
        raise invalid_input(name, f"must be one of {', '.join(choices)}")


async def _start(call: Call) -> int | None:
    """Where the conversation stands after which to go on, whatever has become of it."""
    after = call.query.get("after")
    if after is None:
        return None
    try:
        return (await find_conversation(call.services, after)).position
    except RefusedError:
        raise invalid_input("after", f"no conversation {after[:64]!r} is known") from None


def _searched(view: ConversationView) -> str:
    customer = view.customer
    fields = (view.conversation_id, customer.id, customer.name, customer.email, customer.phone, view.last_message)
    return "\n".join(field for field in fields if field).casefold()

"""Handing a conversation over to somebody else, and bringing another agent in beside the first."""

from typing import Literal, NamedTuple

from gateways.conversations.changing import change_conversation
from gateways.conversations.channels import queue_named
from gateways.conversations.queue_standings import require_served
from gateways.conversations.reading import find_conversation
from gateways.exceptions import RefusedError, invalid_field
from gateways.services import Services
from projections import ConversationView, WantedAgent
from schemas.actors import agent_actor
from schemas.commands import AssignBot, AssistConversation, Command, TransferConversation
from schemas.identifiers import new_id
from schemas.queues import QueueSettings
from schemas.replies import RefusalCode

__all__ = ["HandOverWish", "HandedOver", "assist", "transfer", "unavailable"]

_KINDS = ("queue", "agent", "bot")


class HandOverWish(NamedTuple):
    """Exactly one of ``queue``, ``agent`` and ``bot`` is set. ``note`` is for the agent or bot that comes; ``id`` is
    that of the task which looks for the agent, if the caller chooses it. ``override`` admits a queue that is closed, or
    for which no agent works."""

    queue: str | None = None
    agent: str | None = None
    bot: str | None = None
    note: str | None = None
    id: str | None = None
    override: bool = False


class HandedOver(NamedTuple):
    """``task_id`` is that of the task which looks for the agent; a bot needs none."""

    version: int
    task_id: str | None
    replayed: bool


async def transfer(services: Services, conversation_id: str, agent_id: str, wish: HandOverWish) -> HandedOver:
    """The agent leaves, and the customer waits before customers with whom nobody has talked yet. The customer waits for
    an agent who is named for a limited time, then for any agent of the queue; a named agent who takes part already
    takes over at once. Raises RefusedError."""
    view = await find_conversation(services, conversation_id)
    _check_target(wish, _KINDS)
    if wish.bot is not None:
        return await _assign_bot(services, view, agent_id, wish, wish.bot)
    queue = _queue(services, view, wish, "transfer_direct", None)
    command = TransferConversation(
        at=services.clock(),
        agent_id=agent_id,
        task_id=wish.id or new_id(),
        queue=queue,
        to_agent=wish.agent,
        note=wish.note,
    )
    return await _hand_over(services, view, agent_id, command, command.task_id)


async def assist(
    services: Services,
    conversation_id: str,
    agent_id: str,
    direction: Literal["consult", "conference"],
    wish: HandOverWish,
) -> HandedOver:
    """Another agent comes in beside this one; in a consult the customer neither sees nor hears that agent. Raises
    RefusedError."""
    view = await find_conversation(services, conversation_id)
    _check_target(wish, ("queue", "agent"))
    command = AssistConversation(
        at=services.clock(),
        agent_id=agent_id,
        task_id=wish.id or new_id(),
        direction=direction,
        queue=_queue(services, view, wish, direction, agent_id),
        to_agent=wish.agent,
        note=wish.note,
    )
    return await _hand_over(services, view, agent_id, command, command.task_id)


def _check_target(wish: HandOverWish, kinds: tuple[str, ...]) -> None:
    named = [kind for kind in _KINDS if getattr(wish, kind) is not None]
    if len(named) != 1 or named[0] not in kinds:
        raise invalid_field("to", f"must name exactly one of {', '.join(kinds)}")


def _queue(
    services: Services, view: ConversationView, wish: HandOverWish, direction: str, without: str | None
) -> QueueSettings:
    """The queue in which an agent is looked for, who is not ``without``; for a named agent it is the conversation's
    queue."""
    configuration = services.configuration
    if wish.queue is not None:
        queue = queue_named(configuration, wish.queue, "to.queue")
    else:
        queue = configuration.queue_settings_of(view.queue, view.mrd, view.channel)
    if wish.agent is not None and wish.agent not in configuration.agents:
        raise invalid_field("to.agent", f"no agent {wish.agent!r} is configured")
    if wish.id is not None and services.conversations.of_task(wish.id) is not None:
        _check_repeated(view, wish.id, WantedAgent(direction, queue.name, wish.agent, wish.note))
    elif wish.agent is not None:
        _require_available(services, wish.agent, queue.mrd)
    elif not wish.override:
        require_served(services, queue.name, without=without)
    return queue


def _check_repeated(view: ConversationView, task_id: str, wanted: WantedAgent) -> None:
    if view.tasks.get(task_id) != wanted:
        detail = "this id belongs to another task, or was used with other content"
        raise RefusedError(RefusalCode.ID_CONFLICT, detail)


def unavailable(services: Services, agent_id: str, mrd: str) -> str | None:
    """Why nobody can ask for this agent in the MRD; None when the agent can be asked."""
    agent = services.agents.get(agent_id)
    if agent is None or agent.state == "logged_out":
        return f"{agent_id} is logged out"
    if mrd not in agent.mrds or agent.mrds[mrd].leaving:
        return f"{agent_id} does not work in the media routing domain {mrd}"
    return None


def _require_available(services: Services, agent_id: str, mrd: str) -> None:
    if (why := unavailable(services, agent_id, mrd)) is not None:
        raise RefusedError(RefusalCode.AGENT_UNAVAILABLE, why)


async def _assign_bot(
    services: Services, view: ConversationView, agent_id: str, wish: HandOverWish, bot: str
) -> HandedOver:
    configured = services.configuration.bots.get(bot)
    if configured is None:
        raise invalid_field("to.bot", f"no bot {bot!r} is configured")
    command = AssignBot(at=services.clock(), agent_id=agent_id, bot=bot, suggests=configured.suggests, note=wish.note)
    return await _hand_over(services, view, agent_id, command, None)


async def _hand_over(
    services: Services, view: ConversationView, agent_id: str, command: Command, task_id: str | None
) -> HandedOver:
    reply = await change_conversation(services, view.conversation_id, command, agent_actor(agent_id))
    return HandedOver(reply.version, task_id, reply.replayed)

"""Requests for agents: the first one, another one beside or instead, and the outcome of each."""

from actors.conversation.ending import end_by_system
from actors.conversation.leaving import cancel_assists, dismiss, hand_over, leave, needs_primary, successor
from actors.conversation.messages import expected_of_agent, expected_of_customer
from actors.conversation.state import AgentInConversation, Conversation
from actors.decider import Decision, Message, refuse
from schemas.commands import (
    AssignBot,
    AssistConversation,
    CloseTask,
    EnqueueTask,
    GiveUpTask,
    JoinAgent,
    MoveTask,
    ReportBotFailure,
    ReportBotSilence,
    RequestAgent,
    TransferConversation,
)
from schemas.content import Sender
from schemas.events import (
    AgentJoined,
    AgentRequested,
    AgentRoleChanged,
    AssistEnded,
    AssistRequested,
    BotAssigned,
    BotFailed,
    BotSaidNothing,
    ConversationEvent,
    QueueChanged,
)
from schemas.records import agent_stream, router_stream
from schemas.replies import Done, RefusalCode
from schemas.tasks import Direction

__all__ = [
    "assign_bot",
    "assist",
    "give_up",
    "into_line",
    "join",
    "move",
    "report_bot_failure",
    "report_bot_silence",
    "request_agent",
    "transfer",
]

SPOKEN_TO_FIRST = 10
"""The priority of a customer to whom an agent has already talked: before customers whom no agent knows yet."""

_NOTHING_SAID = "the bot answered the customer with nothing"

_WANTED_OFFERS = 2
"""The number of offers for whose duration the line waits for an agent who is wanted expressly."""


def request_agent(state: Conversation, command: RequestAgent) -> Decision[ConversationEvent]:
    if state.over:
        return refuse(RefusalCode.CONVERSATION_ENDED, "the conversation has ended; start a new one")
    if command.requested_by.type == "bot" and command.requested_by.id != state.bot:
        return refuse(RefusalCode.NOT_OWNER, "only the conversation's bot may hand it over")
    if state.status not in ("with_bot", "waiting_for_customer"):
        return Decision(reply=Done(state.version, replayed=True))
    task = EnqueueTask(
        at=command.at,
        task_id=command.task_id,
        conversation_id=state.conversation_id,
        queue=command.queue,
        queued_at=command.at,
        preferred_agent=command.preferred_agent or state.served_by,
    )
    request, enqueue = into_line(task, command.requested_by, command.reason)
    return Decision([request], [enqueue], Done(state.version + 1))


def report_bot_failure(state: Conversation, command: ReportBotFailure) -> Decision[ConversationEvent]:
    if state.status != "with_bot" or state.bot != command.bot:
        return Decision(reply=Done(state.version, replayed=True))
    failed = BotFailed(bot=command.bot, attempts=command.attempts, error=command.error)
    request, enqueue = _instead_of_bot(state, command)
    return Decision([failed, request], [enqueue], Done(state.version + 2))


def report_bot_silence(state: Conversation, command: ReportBotSilence) -> Decision[ConversationEvent]:
    """A bot that says nothing again and again has failed: the customer waits for ever."""
    owns = state.status == "with_bot" and state.bot == command.bot
    if not owns or command.message_id in state.unanswered:
        return Decision(reply=Done(state.version, replayed=True))
    turns = state.silent_turns + 1
    silent = BotSaidNothing(bot=command.bot, message_id=command.message_id, turns=turns)
    if turns < command.max_turns:
        return Decision([silent], reply=Done(state.version + 1))
    failed = BotFailed(bot=command.bot, attempts=turns, error=_NOTHING_SAID)
    request, enqueue = _instead_of_bot(state, command)
    return Decision([silent, failed, request], [enqueue], Done(state.version + 3))


def _instead_of_bot(
    state: Conversation, command: ReportBotFailure | ReportBotSilence
) -> tuple[AgentRequested, Message]:
    task = EnqueueTask(
        at=command.at,
        task_id=command.task_id,
        conversation_id=state.conversation_id,
        queue=command.queue,
        queued_at=command.at,
        preferred_agent=state.served_by,
    )
    return into_line(task, Sender("system"), "bot_failed")


def into_line(
    task: EnqueueTask, requested_by: Sender, reason: str | None, *, to_agent: str | None = None, note: str | None = None
) -> tuple[AgentRequested, Message]:
    """The request for an agent, and the task on its way into the line."""
    request = AgentRequested(
        task_id=task.task_id,
        queue=task.queue,
        reason=reason,
        requested_by=requested_by,
        queued_at=task.queued_at,
        direction=task.direction,
        to_agent=to_agent,
        note=note,
        priority=task.priority,
    )
    return request, Message(router_stream(task.queue.mrd), task, request)


def transfer(state: Conversation, command: TransferConversation) -> Decision[ConversationEvent]:
    """An agent who takes part already gets the conversation at once. Else it goes into the line, before those to whom
    nobody has talked."""
    repeated = state.task is not None and state.task.task_id == command.task_id
    if repeated or command.task_id in state.requests:
        return Decision(reply=Done(state.version, replayed=True))
    refusal = needs_primary(state, command.agent_id)
    if refusal is not None:
        return refusal
    if command.to_agent is not None and command.to_agent in state.agents:
        return _hand_to_participant(state, command, command.to_agent)
    decision = leave(state, command, command.agent_id, "transferred", "transferred")
    cancel_assists(state, command, decision)
    giver = Sender("agent", command.agent_id, state.agents[command.agent_id].name)
    task = _wanted(command, state, "transfer_direct", only=False)
    request, enqueue = into_line(task, giver, None, to_agent=command.to_agent, note=command.note)
    decision.events.append(request)
    decision.messages.append(enqueue)
    decision.reply = Done(state.version + len(decision.events))
    return decision


def _hand_to_participant(
    state: Conversation, command: TransferConversation, to_agent: str
) -> Decision[ConversationEvent]:
    if to_agent == command.agent_id:
        return refuse(RefusalCode.ALREADY_TAKES_PART, "you own this conversation already")
    if state.agents[to_agent].role not in ("assistant", "consultant"):
        return refuse(RefusalCode.ALREADY_TAKES_PART, f"{to_agent} listens in; a supervisor takes over")
    decision = leave(state, command, command.agent_id, "transferred", "transferred")
    hand_over(state, command, decision, to_agent, "transfer_consult", command.task_id)
    decision.reply = Done(state.version + len(decision.events))
    return decision


def assign_bot(state: Conversation, command: AssignBot) -> Decision[ConversationEvent]:
    if state.status == "with_bot" and state.bot == command.bot and state.served_by == command.agent_id:
        return Decision(reply=Done(state.version, replayed=True))
    refusal = needs_primary(state, command.agent_id)
    if refusal is not None:
        return refusal
    name = state.agents[command.agent_id].name
    decision = leave(state, command, command.agent_id, "transferred", "transferred")
    cancel_assists(state, command, decision)
    dismiss(state, command, decision, "assistant")
    decision.events.append(
        BotAssigned(
            bot=command.bot,
            suggests=command.suggests,
            assigned_by=Sender("agent", command.agent_id, name),
            note=command.note,
            expects=expected_of_customer(state, command.at),
        )
    )
    decision.reply = Done(state.version + len(decision.events))
    return decision


def assist(state: Conversation, command: AssistConversation) -> Decision[ConversationEvent]:
    """Asks for another agent beside the primary one. An agent who is already consulted comes into the conference at
    once."""
    known = {participant.task_id for participant in state.agents.values()}.union(state.requests)
    if command.task_id in known:
        return Decision(reply=Done(state.version, replayed=True))
    refusal = needs_primary(state, command.agent_id)
    if refusal is not None:
        return refusal
    role = state.role_of(command.to_agent) if command.to_agent else None
    if role == "consultant" and command.direction == "conference" and command.to_agent:
        changed = AgentRoleChanged(
            agent_id=command.to_agent, role="assistant", direction="conference", request_id=command.task_id
        )
        return Decision([changed], reply=Done(state.version + 1))
    if role is not None:
        return refuse(RefusalCode.ALREADY_TAKES_PART, f"{command.to_agent} takes part already")
    requested = AssistRequested(
        task_id=command.task_id,
        agent_id=command.agent_id,
        direction=command.direction,
        queue=command.queue,
        to_agent=command.to_agent,
        note=command.note,
    )
    enqueue = _wanted(command, state, command.direction, only=True)
    return Decision([requested], [Message(router_stream(command.queue.mrd), enqueue)], Done(state.version + 1))


def _wanted(
    command: TransferConversation | AssistConversation, state: Conversation, direction: Direction, only: bool
) -> EnqueueTask:
    """The task, for one agent first if one is named; with ``only`` it is for no other agent."""
    seconds = _WANTED_OFFERS * command.queue.offer_timeout_seconds
    return EnqueueTask(
        at=command.at,
        task_id=command.task_id,
        conversation_id=state.conversation_id,
        queue=command.queue,
        queued_at=command.at,
        priority=SPOKEN_TO_FIRST,
        direction=direction,
        preferred_agent=command.to_agent,
        preferred_seconds=seconds if command.to_agent else None,
        preferred_only=only and command.to_agent is not None,
        without_agent=command.agent_id,
    )


def join(state: Conversation, command: JoinAgent) -> Decision[ConversationEvent]:
    """An agent has accepted. A task that is wanted no more is closed again."""
    before = state.agents.get(command.agent_id)
    if before is not None and before.task_id == command.task_id:
        return Decision()
    waited_for = state.status == "waiting_for_agent" and state.task is not None
    if waited_for and state.task is not None and state.task.task_id == command.task_id:
        joined = AgentJoined(
            agent_id=command.agent_id,
            agent_name=command.agent_name,
            role="primary",
            task_id=command.task_id,
            direction=state.task.direction,
            expects=expected_of_agent(state.queue, command.at),
        )
        return Decision([joined], _close_former_task(command, before))
    close = Message(
        agent_stream(command.agent_id), CloseTask(at=command.at, task_id=command.task_id, reason="cancelled")
    )
    wanted = state.assists.get(command.task_id)
    if wanted is None or state.over:
        return Decision(messages=[close])
    if before is not None and before.role in ("primary", "assistant"):
        return Decision([AssistEnded(task_id=command.task_id, reason="cancelled")], [close])
    joined = AgentJoined(
        agent_id=command.agent_id,
        agent_name=command.agent_name,
        role="consultant" if wanted.direction == "consult" else "assistant",
        task_id=command.task_id,
        direction=wanted.direction,
    )
    return Decision([joined], _close_former_task(command, before))


def _close_former_task(command: JoinAgent, before: AgentInConversation | None) -> list[Message]:
    """Closes the task by which the agent took part before."""
    if before is None:
        return []
    close = CloseTask(at=command.at, task_id=before.task_id)
    return [Message(agent_stream(command.agent_id), close)]


def give_up(state: Conversation, command: GiveUpTask) -> Decision[ConversationEvent]:
    """Ends a request that no agent took. An agent who wanted help is informed; an assistant who is still there goes
    on with the customer who waits, or else the conversation ends."""
    if command.task_id in state.assists:
        return Decision([AssistEnded(task_id=command.task_id, reason=command.reason)])
    if state.status != "waiting_for_agent" or state.task is None or state.task.task_id != command.task_id:
        return Decision()
    if command.reason == "force_closed":
        return end_by_system(state, command, "force_closed")
    heir = successor(state)
    if heir is None:
        return end_by_system(state, command, "no_agent_available")
    decision: Decision[ConversationEvent] = Decision()
    hand_over(state, command, decision, heir, "transfer_direct")
    return decision


def move(state: Conversation, command: MoveTask) -> Decision[ConversationEvent]:
    if state.status != "waiting_for_agent" or state.task is None or state.task.task_id != command.task_id:
        return Decision()
    events: list[ConversationEvent] = [
        QueueChanged(task_id=command.task_id, queue=command.queue, reason=command.reason)
    ]
    return Decision(events)

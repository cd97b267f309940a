"""The conversation: its thread of messages, and who owns the answer."""

from datetime import datetime
from typing import Literal, assert_never

import msgspec

from actors.decider import Decider, Decision, Message, no_deadlines, refuse
from actors.posted import Posted, fingerprint_of_message, fingerprint_of_note
from schemas.commands import (
    AddNote,
    CancelTask,
    CloseTask,
    CompleteWrapUp,
    ConversationCommand,
    EndConversation,
    EnqueueTask,
    FinishTask,
    JoinAgent,
    PostAgentMessage,
    PostBotMessage,
    PostCustomerMessage,
    ReleaseAgent,
    ReportBotFailure,
    RequestAgent,
    StartConversation,
)
from schemas.content import Content, Sender, TextContent
from schemas.events import (
    AgentJoined,
    AgentLeft,
    AgentRequested,
    BotFailed,
    BotReplyDropped,
    ConversationEnded,
    ConversationEvent,
    ConversationStarted,
    Customer,
    Event,
    MessagePosted,
    NoteAdded,
    WrapUpCompleted,
)
from schemas.instants import format_instant
from schemas.queues import QueueSettings
from schemas.replies import Done, MessageReply, RefusalCode, StartReply

__all__ = ["CONVERSATION", "Conversation", "Participant", "RequestedTask", "Status"]

Status = Literal["new", "with_bot", "waiting_for_agent", "with_agent", "wrap_up", "ended"]


class Participant(msgspec.Struct, frozen=True):
    name: str
    role: str


class RequestedTask(msgspec.Struct, frozen=True):
    task_id: str
    queue: QueueSettings
    queued_at: datetime


class Conversation(msgspec.Struct):
    """``agents`` holds those taking part now; ``served_by`` the last primary agent, who may still wrap up.

    ``posted`` and ``dropped`` remember the ids of messages, so that a repetition changes nothing.
    """

    conversation_id: str
    version: int = 0
    status: Status = "new"
    channel: str = ""
    customer: Customer = Customer()
    bot: str | None = None
    started_at: datetime | None = None
    opened_at_version: int = 0
    request_digest: str = ""
    posted: dict[str, Posted] = {}
    dropped: set[str] = set()
    agents: dict[str, Participant] = {}
    task: RequestedTask | None = None
    served_by: str | None = None
    wrap_up: tuple[list[str], str | None] | None = None

    @property
    def over(self) -> bool:
        return self.status in ("wrap_up", "ended")


def decide(state: Conversation, command: ConversationCommand) -> Decision:
    if isinstance(command, StartConversation):
        return _start(state, command)
    if state.status == "new":
        return refuse(RefusalCode.NOT_FOUND, "no such conversation")
    match command:
        case PostCustomerMessage():
            return _post_customer_message(state, command)
        case PostAgentMessage():
            return _post_agent_message(state, command)
        case PostBotMessage():
            return _post_bot_message(state, command)
        case AddNote():
            return _add_note(state, command)
        case RequestAgent():
            return _request_agent(state, command)
        case ReportBotFailure():
            return _report_bot_failure(state, command)
        case EndConversation():
            return _end(state, command)
        case JoinAgent():
            return _join_agent(state, command)
        case ReleaseAgent():
            return _release_agent(state, command)
        case CompleteWrapUp():
            return _complete_wrap_up(state, command)
    assert_never(command)


def _start(state: Conversation, command: StartConversation) -> Decision:
    if state.status != "new":
        return _started_before(state, command)
    customer = Sender("customer", command.customer.id, command.customer.name)
    events: list[Event] = []
    messages: list[Message] = []
    if command.text is not None:
        content = TextContent(command.text)
        events.append(MessagePosted(message_id=command.message_id, sender=customer, content=content))
    if command.bot is None:
        request, enqueue = _into_line(
            state, command.task_id, command.queue, requested_by=customer, reason=None, at=command.at
        )
        events.append(request)
        messages.append(enqueue)
    version = 1 + len(events)
    started = ConversationStarted(
        conversation_id=command.conversation_id,
        channel=command.channel,
        customer=command.customer,
        queue=command.queue.name,
        mrd=command.queue.mrd,
        bot=command.bot,
        language=command.language,
        attributes=command.attributes,
        started_at=command.at,
        opened_at_version=version,
        request_digest=command.request_digest,
    )
    return Decision([started, *events], messages, _start_reply(command.at, command.bot, state, version))


def _started_before(state: Conversation, command: StartConversation) -> Decision:
    if state.request_digest != command.request_digest:
        return refuse(RefusalCode.ID_CONFLICT, "this id belongs to a conversation started with other content")
    assert state.started_at is not None  # noqa: S101 - set by ConversationStarted
    return Decision(reply=_start_reply(state.started_at, state.bot, state, state.opened_at_version, replayed=True))


def _start_reply(
    at: datetime, bot: str | None, state: Conversation, version: int, replayed: bool = False
) -> StartReply:
    status: Status = "with_bot" if bot else "waiting_for_agent"
    return StartReply(state.conversation_id, status, version, format_instant(at), replayed)


def _into_line(
    state: Conversation,
    task_id: str,
    queue: QueueSettings,
    *,
    requested_by: Sender,
    reason: str | None,
    at: datetime,
    queued_at: datetime | None = None,
) -> tuple[AgentRequested, Message]:
    place = queued_at or at
    request = AgentRequested(task_id=task_id, queue=queue, reason=reason, requested_by=requested_by, queued_at=place)
    enqueue = EnqueueTask(at=at, task_id=task_id, conversation_id=state.conversation_id, queue=queue, queued_at=place)
    return request, Message(f"router-{queue.mrd}", enqueue)


def _post_customer_message(state: Conversation, command: PostCustomerMessage) -> Decision:
    sender = Sender("customer", state.customer.id, state.customer.name)
    return _post(state, command.message_id, sender, command.content)


def _post_agent_message(state: Conversation, command: PostAgentMessage) -> Decision:
    participant = state.agents.get(command.agent_id)
    if participant is None and command.message_id not in state.posted:
        return _not_participant(state)
    name = participant.name if participant else None
    return _post(state, command.message_id, Sender("agent", command.agent_id, name), command.content)


def _post_bot_message(state: Conversation, command: PostBotMessage) -> Decision:
    """Only the owner of the answer may give it: a bot that has lost the conversation is refused, on the record."""
    owns = state.status == "with_bot" and state.bot == command.bot and command.message_id not in state.dropped
    if owns or command.message_id in state.posted:
        return _post(state, command.message_id, Sender("bot", command.bot), command.content)
    decision = refuse(RefusalCode.NOT_OWNER, f"the conversation is {state.status}; the bot no longer owns it")
    if command.message_id not in state.dropped:
        reason: Literal["stale", "ended"] = "ended" if state.over else "stale"
        decision.events.append(BotReplyDropped(message_id=command.message_id, bot=command.bot, reason=reason))
    return decision


def _post(state: Conversation, message_id: str, sender: Sender, content: Content) -> Decision:
    before = state.posted.get(message_id)
    if before is not None:
        return _posted_before(message_id, before, fingerprint_of_message(sender, content))
    if state.over:
        return refuse(RefusalCode.CONVERSATION_ENDED, "the conversation has ended; start a new one")
    posted = MessagePosted(message_id=message_id, sender=sender, content=content)
    return Decision([posted], reply=MessageReply(message_id, state.version + 1))


def _posted_before(message_id: str, before: Posted, fingerprint: bytes) -> Decision:
    if before.fingerprint != fingerprint:
        return refuse(RefusalCode.ID_CONFLICT, "this id belongs to a message with other content or another sender")
    return Decision(reply=MessageReply(message_id, before.version, replayed=True))


def _add_note(state: Conversation, command: AddNote) -> Decision:
    before = state.posted.get(command.note_id)
    if before is not None:
        fingerprint = fingerprint_of_note(command.agent_id, command.text)
        return _posted_before(command.note_id, before, fingerprint)
    if command.agent_id not in state.agents:
        return _not_participant(state)
    note = NoteAdded(
        note_id=command.note_id,
        agent_id=command.agent_id,
        agent_name=state.agents[command.agent_id].name,
        text=command.text,
    )
    return Decision([note], reply=MessageReply(command.note_id, state.version + 1))


def _request_agent(state: Conversation, command: RequestAgent) -> Decision:
    if state.over:
        return refuse(RefusalCode.CONVERSATION_ENDED, "the conversation has ended; start a new one")
    if command.requested_by.type == "bot" and command.requested_by.id != state.bot:
        return refuse(RefusalCode.NOT_OWNER, "only the conversation's bot may hand it over")
    if state.status != "with_bot":
        return Decision(reply=Done(state.version, replayed=True))
    request, enqueue = _into_line(
        state,
        command.task_id,
        command.queue,
        requested_by=command.requested_by,
        reason=command.reason,
        at=command.at,
    )
    return Decision([request], [enqueue], Done(state.version + 1))


def _report_bot_failure(state: Conversation, command: ReportBotFailure) -> Decision:
    if state.status != "with_bot" or state.bot != command.bot:
        return Decision(reply=Done(state.version, replayed=True))
    failed = BotFailed(bot=command.bot, attempts=command.attempts, error=command.error)
    request, enqueue = _into_line(
        state,
        command.task_id,
        command.queue,
        requested_by=Sender("system"),
        reason="bot_failed",
        at=command.at,
    )
    return Decision([failed, request], [enqueue], Done(state.version + 2))


def _end(state: Conversation, command: EndConversation) -> Decision:
    if state.over:
        return Decision(reply=Done(state.version, replayed=True))
    ender = command.ended_by
    if ender.type == "agent" and ender.id not in state.agents:
        return _not_participant(state)
    if ender.type == "bot" and (state.status != "with_bot" or state.bot != ender.id):
        return refuse(RefusalCode.NOT_OWNER, "the bot no longer owns the conversation")
    wrap_up_seconds = state.task.queue.wrap_up_seconds if state.task and state.agents else 0.0
    wrap_up = wrap_up_seconds > 0
    events: list[Event] = [ConversationEnded(reason=command.reason, ended_by=ender, wrap_up=wrap_up)]
    if not wrap_up:
        events += [AgentLeft(agent_id=agent_id, reason="conversation_ended") for agent_id in state.agents]
    messages = _end_task(state, command, wrap_up_seconds)
    return Decision(events, messages, Done(state.version + len(events)))


def _end_task(state: Conversation, command: EndConversation, wrap_up_seconds: float) -> list[Message]:
    if state.task is None:
        return []
    task_id = state.task.task_id
    if state.status == "waiting_for_agent":
        cancel = CancelTask(at=command.at, task_id=task_id, reason=command.reason)
        return [Message(f"router-{state.task.queue.mrd}", cancel)]
    finish = FinishTask(at=command.at, task_id=task_id, wrap_up_seconds=wrap_up_seconds)
    return [Message(f"agent-{agent_id}", finish) for agent_id in state.agents]


def _join_agent(state: Conversation, command: JoinAgent) -> Decision:
    if state.status != "waiting_for_agent" or state.task is None or state.task.task_id != command.task_id:
        close = CloseTask(at=command.at, task_id=command.task_id)
        return Decision(messages=[Message(f"agent-{command.agent_id}", close)])
    joined = AgentJoined(
        agent_id=command.agent_id, agent_name=command.agent_name, role="primary", task_id=command.task_id
    )
    return Decision([joined])


def _release_agent(state: Conversation, command: ReleaseAgent) -> Decision:
    if command.agent_id not in state.agents:
        return Decision()
    if state.over or state.task is None:
        timeout = CompleteWrapUp(at=command.at, agent_id=command.agent_id, reason="timeout")
        return _complete_wrap_up(state, timeout)
    left = AgentLeft(agent_id=command.agent_id, reason="agent_logout")
    request, enqueue = _into_line(
        state,
        command.task_id,
        state.task.queue,
        requested_by=Sender("system"),
        reason="agent_logout",
        at=command.at,
        queued_at=state.task.queued_at,
    )
    return Decision([left, request], [enqueue])


def _complete_wrap_up(state: Conversation, command: CompleteWrapUp) -> Decision:
    if state.served_by != command.agent_id:
        return _not_participant(state)
    if not state.over:
        return refuse(RefusalCode.NO_WRAP_UP, "the conversation goes on; end it before its wrap-up")
    if state.wrap_up is not None:
        if state.wrap_up == (command.codes, command.note):
            return Decision(reply=Done(state.version, replayed=True))
        return refuse(RefusalCode.NO_WRAP_UP, "the wrap-up of this conversation is complete")
    events: list[Event] = [
        WrapUpCompleted(agent_id=command.agent_id, codes=command.codes, note=command.note, reason=command.reason)
    ]
    messages = []
    if state.status == "wrap_up" and state.task is not None:
        events += [AgentLeft(agent_id=agent_id, reason="conversation_ended") for agent_id in state.agents]
        close = CloseTask(at=command.at, task_id=state.task.task_id)
        messages = [Message(f"agent-{command.agent_id}", close)]
    return Decision(events, messages, Done(state.version + len(events)))


def _not_participant(state: Conversation) -> Decision:
    if state.over:
        return refuse(RefusalCode.CONVERSATION_ENDED, "the conversation has ended")
    return refuse(RefusalCode.NOT_PARTICIPANT, "you take no part in this conversation")


def evolve(state: Conversation, event: ConversationEvent) -> None:
    state.version += 1
    match event:
        case MessagePosted():
            fingerprint = fingerprint_of_message(event.sender, event.content)
            state.posted[event.message_id] = Posted(fingerprint, state.version)
        case NoteAdded():
            fingerprint = fingerprint_of_note(event.agent_id, event.text)
            state.posted[event.note_id] = Posted(fingerprint, state.version)
        case ConversationStarted():
            _evolve_started(state, event)
        case AgentRequested():
            state.status = "waiting_for_agent"
            state.task = RequestedTask(event.task_id, event.queue, event.queued_at)
        case AgentJoined():
            state.status = "with_agent"
            state.agents[event.agent_id] = Participant(event.agent_name, event.role)
            state.served_by = event.agent_id
        case AgentLeft():
            state.agents.pop(event.agent_id, None)
        case ConversationEnded():
            state.status = "wrap_up" if event.wrap_up else "ended"
        case WrapUpCompleted():
            state.status = "ended"
            state.wrap_up = (event.codes, event.note)
        case BotReplyDropped():
            state.dropped.add(event.message_id)
        case BotFailed():
            pass
        case _:
            assert_never(event)


def _evolve_started(state: Conversation, event: ConversationStarted) -> None:
    state.status = "with_bot"
    state.channel = event.channel
    state.customer = event.customer
    state.bot = event.bot
    state.started_at = event.started_at
    state.opened_at_version = event.opened_at_version
    state.request_digest = event.request_digest


def finished(state: Conversation) -> bool:
    return state.status in ("new", "ended")


CONVERSATION = Decider("conversation", Conversation, decide, evolve, no_deadlines, finished)

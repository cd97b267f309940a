"""Conversations: one row each, with the times in each status and the agents who took part."""

from typing import Annotated

import msgspec

from projections.runner import (
    Duration,
    Index,
    Moment,
    Projection,
    RecordedEvent,
    Span,
    Table,
    Transaction,
    doc,
    moment_of,
    on,
)
from schemas.events import (
    AgentJoined,
    AgentLeft,
    AgentRequested,
    AgentRoleChanged,
    AssistRequested,
    BotAssigned,
    ConversationEnded,
    ConversationRated,
    ConversationStarted,
    LabelsChanged,
    MessagePosted,
    QueueChanged,
    WrapUpCompleted,
)
from schemas.personal import Personal
from schemas.records import entity_id_of

__all__ = ["CONVERSATIONS", "CONVERSATION_ROWS", "PARTICIPATIONS", "STATUSES"]


class ConversationRow(msgspec.Struct, kw_only=True):
    conversation_id: Annotated[str, doc("The conversation.")]
    position: Annotated[int, doc("The position of the event that started it.")]
    channel: Annotated[str, doc("The channel.")]
    direction: Annotated[str, doc("inbound or outbound.")]
    bot: Annotated[str | None, doc("The bot that began it, if one did.")]
    queue: Annotated[str | None, doc("The queue in which an agent was last asked for; empty if none ever was.")] = None
    mrd: Annotated[str | None, doc("That queue's MRD.")] = None
    started_at: Annotated[Moment, doc("When it started.")]
    ended_at: Annotated[Moment | None, doc("When it ended; empty while it goes on.")] = None
    disposition: Annotated[str | None, doc("The reason for which it ended.")] = None
    ended_by: Annotated[str | None, doc("The party that ended it: customer, bot, agent, system or application.")] = None
    status: Annotated[
        str,
        doc(
            "with_bot, waiting_for_customer (nobody owns the answer to an application), waiting_for_agent, with_agent, "
            "wrap_up or ended."
        ),
    ] = "with_bot"
    bot_time: Annotated[Duration, doc("How long a bot owned the answer.")] = 0
    waiting_time: Annotated[Duration, doc("How long an agent was waited for, without a wait that lasts.")] = 0
    waiting_since: Annotated[Moment | None, doc("Since when an agent is waited for; empty while none is.")] = None
    agent_time: Annotated[Duration, doc("How long an agent owned the answer.")] = 0
    first_answered_at: Annotated[Moment | None, doc("When the first agent came who owned the answer.")] = None
    last_agent_id: Annotated[str | None, doc("The agent who owned the answer last; empty if none ever did.")] = None
    last_agent_at: Annotated[Moment | None, doc("When that agent got the answer.")] = None
    ended_while: Annotated[
        str | None,
        doc("The status in which it ended: with_bot, waiting_for_customer, waiting_for_agent or with_agent."),
    ] = None
    agents: Annotated[list[str], doc("Every agent who ever took part, in the order of coming.")]
    transfers: Annotated[int, doc("How often it was transferred, to a queue or an agent.")] = 0
    consults: Annotated[int, doc("How often another agent was consulted.")] = 0
    conferences: Annotated[int, doc("How often another agent was asked into the conversation.")] = 0
    customer_messages: Annotated[int, doc("How many messages the customer posted.")] = 0
    bot_messages: Annotated[int, doc("How many messages bots posted.")] = 0
    agent_messages: Annotated[int, doc("How many messages agents posted.")] = 0
    wrap_up_codes: Annotated[list[str], doc("The wrap-up codes.")]
    wrap_up_note: Annotated[str | None, Personal, doc("The wrap-up note.")] = None
    labels: Annotated[list[str], doc("The labels it has.")]
    rating: Annotated[int | None, doc("The score that the customer gave.")] = None


class StatusSpan(msgspec.Struct, kw_only=True):
    position: Annotated[int, doc("The position of the event by which the status began.")]
    conversation_id: Annotated[str, doc("The conversation.")]
    status: Annotated[str, doc("with_bot, waiting_for_customer, waiting_for_agent, with_agent or wrap_up.")]
    owner: Annotated[str | None, doc("The bot or the agent who owned the answer.")]
    queue: Annotated[str | None, doc("The queue in which an agent was last asked for.")]
    started_at: Annotated[Moment, doc("When the status began.")]
    ended_at: Annotated[Moment | None, doc("When it ended; empty while it lasts.")] = None


class Participation(msgspec.Struct, kw_only=True):
    position: Annotated[int, doc("The position of the event by which the agent came in or got the role.")]
    conversation_id: Annotated[str, doc("The conversation.")]
    agent_id: Annotated[str, doc("The agent.")]
    role: Annotated[str, doc("primary, assistant, consultant, monitor or coach.")]
    task_id: Annotated[str, doc("The task by which the agent came in.")]
    joined_at: Annotated[Moment, doc("When the agent came in or got the role.")]
    left_at: Annotated[Moment | None, doc("When the agent left or got another role; empty until then.")] = None
    reason: Annotated[str | None, doc("Why the agent left; role_changed for another role.")] = None


class _Open(msgspec.Struct):
    """A conversation that is open: its current status and the current role of each agent, by position. ``since`` is
    when the status began to count: a wait begins when the task is due."""

    conversation_id: str
    status: int
    since: Moment
    present: dict[str, int]


CONVERSATION_ROWS = Table(
    "conversations",
    ConversationRow,
    key=("conversation_id",),
    grain="One row for each conversation.",
    example="SELECT channel, disposition, count(*) AS conversations, avg(duration) AS average_seconds,\n"
    "       avg(bot_time / NULLIF(duration, 0)) AS bot_share\n"
    "FROM conversations\nWHERE ended_at IS NOT NULL\nGROUP BY channel, disposition\nORDER BY channel, disposition",
    spans=(Span("duration", "started_at", "ended_at", "How long it lasted."),),
    indexes=(Index(("started_at",)), Index(("queue", "started_at"))),
)
STATUSES = Table(
    "conversation_statuses",
    StatusSpan,
    key=("position",),
    grain="One row for each time that a conversation was in one status. Those that lasted no time are left out.",
    example="SELECT status, avg(duration) AS average_seconds\nFROM conversation_statuses\nGROUP BY status\n"
    "ORDER BY status",
    spans=(Span("duration", "started_at", "ended_at", "How long the status lasted."),),
    indexes=(Index(("conversation_id",)), Index(("ended_at", "started_at"))),
)
PARTICIPATIONS = Table(
    "participations",
    Participation,
    key=("position",),
    grain="One row for each time that an agent was in a conversation in one role.",
    example="SELECT agent_id, role, count(*) AS parts, sum(duration) AS seconds\nFROM participations\n"
    "GROUP BY agent_id, role\nORDER BY agent_id, role",
    spans=(Span("duration", "joined_at", "left_at", "How long the agent was in, in this role."),),
    indexes=(Index(("conversation_id",)), Index(("agent_id", "joined_at")), Index(("left_at", "joined_at"))),
)
_OPEN = Table("conversations_open", _Open, key=("conversation_id",), internal=True)


def _started(tx: Transaction, recorded: RecordedEvent, event: ConversationStarted) -> None:
    position, at = recorded.record.position, recorded.at
    row = ConversationRow(
        conversation_id=event.conversation_id,
        position=position,
        channel=event.channel,
        direction=event.direction,
        bot=event.bot,
        started_at=at,
        status="with_bot" if event.bot is not None else "waiting_for_customer",
        agents=[],
        wrap_up_codes=[],
        labels=[],
    )
    tx.add(CONVERSATION_ROWS, row)
    tx.add(_OPEN, _Open(event.conversation_id, position, at, {}))
    _begin_status(tx, recorded, row, event.bot)


def _posted(tx: Transaction, recorded: RecordedEvent, event: MessagePosted) -> None:
    row = _row(tx, recorded)
    if row is None:
        return
    match event.sender.type:
        case "customer":
            row.customer_messages += 1
        case "bot":
            row.bot_messages += 1
        case "agent":
            row.agent_messages += 1


def _bot_assigned(tx: Transaction, recorded: RecordedEvent, event: BotAssigned) -> None:
    _change_status(tx, recorded, "with_bot", event.bot)


def _agent_requested(tx: Transaction, recorded: RecordedEvent, event: AgentRequested) -> None:
    """An agent asks for another one by a transfer, or takes over from a bot."""
    row = _row(tx, recorded)
    if row is not None:
        row.queue, row.mrd = event.queue.name, event.queue.mrd
        row.transfers += event.requested_by.type == "agent" and row.status == "with_agent"
    _change_status(tx, recorded, "waiting_for_agent", None)
    _wait_from(tx, recorded, max(recorded.at, moment_of(event.queued_at)))


def _queue_changed(tx: Transaction, recorded: RecordedEvent, event: QueueChanged) -> None:
    row = _row(tx, recorded)
    if row is not None and row.status == "waiting_for_agent":
        since = row.waiting_since
        row.queue, row.mrd = event.queue.name, event.queue.mrd
        _change_status(tx, recorded, "waiting_for_agent", None)
        if since is not None:
            _wait_from(tx, recorded, since)


def _assist_requested(tx: Transaction, recorded: RecordedEvent, event: AssistRequested) -> None:
    row = _row(tx, recorded)
    if row is not None:
        row.consults += event.direction == "consult"
        row.conferences += event.direction == "conference"


def _joined(tx: Transaction, recorded: RecordedEvent, event: AgentJoined) -> None:
    row, now = _row(tx, recorded), _now(tx, recorded)
    if row is None or now is None:
        return
    if event.agent_id not in row.agents:
        row.agents = [*row.agents, event.agent_id]
    _end_part(tx, recorded, now, event.agent_id, "role_changed")
    _begin_part(tx, recorded, now, event.agent_id, event.role, event.task_id)
    if event.role == "primary":
        _own(tx, recorded, row, event.agent_id)


def _role_changed(tx: Transaction, recorded: RecordedEvent, event: AgentRoleChanged) -> None:
    row, now = _row(tx, recorded), _now(tx, recorded)
    if row is None or now is None:
        return
    before = _end_part(tx, recorded, now, event.agent_id, "role_changed")
    _begin_part(tx, recorded, now, event.agent_id, event.role, before.task_id if before is not None else "")
    if event.request_id is not None:
        row.conferences += event.direction == "conference"
        row.transfers += event.direction == "transfer_consult"
    if event.role == "primary":
        _own(tx, recorded, row, event.agent_id)


def _own(tx: Transaction, recorded: RecordedEvent, row: ConversationRow, agent_id: str) -> None:
    if row.first_answered_at is None:
        row.first_answered_at = recorded.at
    row.last_agent_id, row.last_agent_at = agent_id, recorded.at
    _change_status(tx, recorded, "with_agent", agent_id)


def _left(tx: Transaction, recorded: RecordedEvent, event: AgentLeft) -> None:
    now = _now(tx, recorded)
    if now is not None:
        _end_part(tx, recorded, now, event.agent_id, event.reason)
        _forget_if_over(tx, now)


def _ended(tx: Transaction, recorded: RecordedEvent, event: ConversationEnded) -> None:
    row = _row(tx, recorded)
    if row is not None:
        row.ended_at, row.disposition, row.ended_by = recorded.at, event.reason, event.ended_by.type
        row.ended_while = row.status
    _change_status(tx, recorded, "wrap_up" if event.wrap_up else "ended", None)


def _wrapped_up(tx: Transaction, recorded: RecordedEvent, event: WrapUpCompleted) -> None:
    row = _row(tx, recorded)
    if row is not None:
        row.wrap_up_codes, row.wrap_up_note = event.codes, event.note
    _change_status(tx, recorded, "ended", None)


def _rated(tx: Transaction, recorded: RecordedEvent, event: ConversationRated) -> None:
    row = _row(tx, recorded)
    if row is not None:
        row.rating = event.score


def _labelled(tx: Transaction, recorded: RecordedEvent, event: LabelsChanged) -> None:
    row = _row(tx, recorded)
    if row is not None:
        row.labels = event.labels


def _row(tx: Transaction, recorded: RecordedEvent) -> ConversationRow | None:
    return tx.change(CONVERSATION_ROWS, entity_id_of(recorded.record.stream))


def _now(tx: Transaction, recorded: RecordedEvent) -> _Open | None:
    return tx.change(_OPEN, entity_id_of(recorded.record.stream))


def _change_status(tx: Transaction, recorded: RecordedEvent, status: str, owner: str | None) -> None:
    """The time since the last change belongs to the status before."""
    row, now = _row(tx, recorded), _now(tx, recorded)
    if row is None or now is None:
        return
    elapsed = max(recorded.at - now.since, 0)
    match row.status:
        case "with_bot":
            row.bot_time += elapsed
        case "waiting_for_agent" if status != row.status:
            row.waiting_time += elapsed
        case "with_agent":
            row.agent_time += elapsed
    _end_status(tx, recorded, now)
    row.status, now.since, row.waiting_since = status, recorded.at, None
    if status == "ended":
        now.status = 0
        _forget_if_over(tx, now)
    else:
        now.status = recorded.record.position
        _begin_status(tx, recorded, row, owner)


def _wait_from(tx: Transaction, recorded: RecordedEvent, since: Moment) -> None:
    """A wait counts as a whole, also when it goes on in another queue."""
    row, now = _row(tx, recorded), _now(tx, recorded)
    if row is not None and now is not None:
        now.since = row.waiting_since = since


def _begin_status(tx: Transaction, recorded: RecordedEvent, row: ConversationRow, owner: str | None) -> None:
    span = StatusSpan(
        position=recorded.record.position,
        conversation_id=row.conversation_id,
        status=row.status,
        owner=owner,
        queue=row.queue,
        started_at=recorded.at,
    )
    tx.add(STATUSES, span)


def _end_status(tx: Transaction, recorded: RecordedEvent, now: _Open) -> None:
    span = tx.change(STATUSES, now.status)
    if span is not None and span.started_at == recorded.at:
        tx.remove(STATUSES, now.status)
    elif span is not None:
        span.ended_at = recorded.at


def _begin_part(tx: Transaction, recorded: RecordedEvent, now: _Open, agent_id: str, role: str, task_id: str) -> None:
    now.present[agent_id] = recorded.record.position
    part = Participation(
        position=recorded.record.position,
        conversation_id=now.conversation_id,
        agent_id=agent_id,
        role=role,
        task_id=task_id,
        joined_at=recorded.at,
    )
    tx.add(PARTICIPATIONS, part)


def _end_part(tx: Transaction, recorded: RecordedEvent, now: _Open, agent_id: str, reason: str) -> Participation | None:
    position = now.present.pop(agent_id, None)
    part = tx.change(PARTICIPATIONS, position) if position is not None else None
    if part is not None:
        part.left_at, part.reason = recorded.at, reason
    return part


def _forget_if_over(tx: Transaction, now: _Open) -> None:
    if not now.status and not now.present:
        tx.remove(_OPEN, now.conversation_id)


CONVERSATIONS = Projection(
    name="conversations",
    version=2,
    description="Conversations: how each went, who took part when, and its status from when to when.",
    tables=(CONVERSATION_ROWS, STATUSES, PARTICIPATIONS, _OPEN),
    handlers=(
        on(ConversationStarted, _started),
        on(MessagePosted, _posted),
        on(BotAssigned, _bot_assigned),
        on(AgentRequested, _agent_requested),
        on(QueueChanged, _queue_changed),
        on(AssistRequested, _assist_requested),
        on(AgentJoined, _joined),
        on(AgentRoleChanged, _role_changed),
        on(AgentLeft, _left),
        on(ConversationEnded, _ended),
        on(WrapUpCompleted, _wrapped_up),
        on(ConversationRated, _rated),
        on(LabelsChanged, _labelled),
    ),
)

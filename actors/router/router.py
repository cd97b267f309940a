"""The router's decisions and deadlines."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Literal, assert_never

from actors.decider import Deadline, Decider, Decision, Message, refuse
from actors.router.estimating import PlaceInLine, estimated_wait
from actors.router.exclusion import barred_from
from actors.router.line import WaitingLine
from actors.router.matching import Choice, match_agent, match_queue, match_task, offer, to_router
from actors.router.pool import Availability
from actors.router.snapshot import restore, snapshot
from actors.router.state import Router, evolve, rules_of
from actors.router.task import LetGo, Place, RoutedTask
from schemas.commands import (
    AdvanceLine,
    CancelTask,
    ConfigureQueue,
    ConfirmTask,
    EnqueueTask,
    FlushQueue,
    GiveUpTask,
    MatchAgent,
    MatchQueue,
    MatchTask,
    MoveTask,
    PickTask,
    ReportAvailability,
    ReturnTask,
    RouterCommand,
    WithdrawOffer,
)
from schemas.events import (
    AgentAttributesLearned,
    AgentAvailabilityChanged,
    EligibilityWidened,
    ExclusionLifted,
    QueueConfigured,
    RouterEvent,
    ServedTask,
    TaskAssigned,
    TaskCancelled,
    TaskExpired,
    TaskMoved,
    TaskQueued,
    TaskRequeued,
)
from schemas.queues import QueueSettings
from schemas.records import agent_stream, conversation_stream
from schemas.replies import Flushed, RefusalCode, TaskReply
from schemas.tasks import CloseReason

__all__ = ["ROUTER"]

_DECLINED_SECONDS = 60.0
"""The seconds for which a task that an agent let go is offered only to others; then that agent may be offered it
again."""
_MAX_ADVANCED = 500
_MAX_ROUNDS = 20
"""One cascade holds only so many events; tasks that are still due then come with the next cascade."""


def decide(state: Router, command: RouterCommand) -> Decision[RouterEvent]:
    match command:
        case EnqueueTask():
            return _enqueue(state, command)
        case CancelTask():
            return _cancel(state, command)
        case ConfirmTask():
            return _confirm(state, command)
        case ReturnTask():
            return _return(state, command)
        case ReportAvailability():
            return _report_availability(state, command)
        case PickTask():
            return _pick(state, command)
        case ConfigureQueue():
            return _configure(state, command)
        case FlushQueue():
            return _flush(state, command)
        case AdvanceLine():
            return _advance(state, command)
        case MatchTask():
            return match_task(state, command)
        case MatchAgent():
            return match_agent(state, command)
        case MatchQueue():
            return match_queue(state, command)
    assert_never(command)


def _enqueue(state: Router, command: EnqueueTask) -> Decision[RouterEvent]:
    if command.task_id in state.tasks:
        return Decision()
    line = state.lines.get(command.queue.name) or WaitingLine.of(command.queue.name, rules_of(command.queue))
    place = Place.of(
        command.task_id,
        command.queued_at,
        ahead=command.ahead,
        priority=command.priority,
        queue_priority=line.queue.priority,
    )
    step = line.step_at(command.queued_at, command.at)
    preferred_until = _preferred_until(state, command, line)
    scheduled = command.not_before is not None and command.not_before > command.at
    queued = TaskQueued(
        task_id=command.task_id,
        conversation_id=command.conversation_id,
        queue=line.settings(),
        priority=command.priority,
        queued_at=command.queued_at,
        entered_at=command.at,
        direction=command.direction,
        ahead=command.ahead,
        step=step,
        preferred_agent=command.preferred_agent if preferred_until else None,
        preferred_until=preferred_until,
        preferred_only=command.preferred_only,
        not_before=command.not_before if scheduled else None,
        without_agent=command.without_agent,
        excluded_until=_gave_away_until(command),
        position=None if scheduled else line.ahead_of(place) + 1,
        estimated_wait_seconds=None if scheduled else _estimate(state, command, line, place, step, preferred_until),
    )
    return Decision([queued], [to_router(state, MatchTask(at=command.at, task_id=command.task_id))])


def _estimate(
    state: Router, command: EnqueueTask, line: WaitingLine, place: Place, step: int, preferred_until: datetime | None
) -> float | None:
    preferred = state.pool.get(command.preferred_agent or "") if preferred_until is not None else None
    if preferred is not None and preferred.free_slots > 0:
        return 0.0
    if command.preferred_only:
        return None
    excluded = {command.without_agent: LetGo("gave_away", None)} if command.without_agent is not None else {}
    without = barred_from(state.pool, line, excluded, command.direction)
    return estimated_wait(state, PlaceInLine(line, place, step, without, preferred_until), command.at)


def _preferred_until(state: Router, command: EnqueueTask, line: WaitingLine) -> datetime | None:
    """A task waits for an agent who is wanted expressly; for the agent who only served last, while that one is
    ready."""
    if command.preferred_agent is None:
        return None
    since = max(command.at, command.not_before or command.at)
    if command.preferred_seconds is not None:
        return since + timedelta(seconds=command.preferred_seconds)
    agent = state.pool.get(command.preferred_agent)
    if agent is None or not agent.accepting or not line.queue.sticky_seconds:
        return None
    return since + timedelta(seconds=line.queue.sticky_seconds)


def _gave_away_until(command: EnqueueTask) -> datetime | None:
    """An agent who asks for help never gets that request. A task that was given away may come back when nobody else
    takes it."""
    if command.without_agent is None or command.direction in ("consult", "conference"):
        return None
    return command.at + timedelta(seconds=_DECLINED_SECONDS)


def _cancel(state: Router, command: CancelTask) -> Decision[RouterEvent]:
    task = state.tasks.get(command.task_id)
    if task is None:
        return Decision()
    cancelled = TaskCancelled(task_id=task.task_id, conversation_id=task.conversation_id, reason=command.reason)
    if task.offered_to is None:
        return Decision([cancelled])
    withdraw = WithdrawOffer(at=command.at, task_id=task.task_id, reason=command.reason)
    freed = to_router(state, MatchAgent(at=command.at, agent_id=task.offered_to))
    return Decision([cancelled], [Message(agent_stream(task.offered_to), withdraw), freed])


def _confirm(state: Router, command: ConfirmTask) -> Decision[RouterEvent]:
    task = state.tasks.get(command.task_id)
    if task is None or task.offered_to != command.agent_id:
        return Decision()
    assigned = TaskAssigned(
        task_id=task.task_id,
        conversation_id=task.conversation_id,
        agent_id=command.agent_id,
        queue=task.queue,
        assigned_at=command.at,
        waited_seconds=(command.at - task.entered_at).total_seconds(),
        estimated_wait_seconds=task.estimated_wait_seconds,
    )
    return Decision([assigned])


def _return(state: Router, command: ReturnTask) -> Decision[RouterEvent]:
    task = state.tasks.get(command.task_id)
    if task is None or task.offered_to != command.agent_id:
        return Decision()
    freed = to_router(state, MatchAgent(at=command.at, agent_id=command.agent_id))
    if task.preferred_only:
        return Decision(
            [_expired(task, "no_agent_available")], [_give_up(task, command.at, "no_agent_available"), freed]
        )
    declined = command.reason == "declined"
    requeued = TaskRequeued(
        task_id=task.task_id,
        conversation_id=task.conversation_id,
        agent_id=command.agent_id,
        reason=command.reason,
        step=state.lines[task.queue].step_at(task.place.queued_at, command.at),
        excluded_until=command.at + timedelta(seconds=_DECLINED_SECONDS) if declined else None,
    )
    return Decision([requeued], [to_router(state, MatchTask(at=command.at, task_id=task.task_id)), freed])


def _report_availability(state: Router, command: ReportAvailability) -> Decision[RouterEvent]:
    """A task that prefers this agent goes to others too when the agent takes no tasks any more."""
    events: list[RouterEvent] = []
    known = state.pool.get(command.agent_id)
    if command.attributes != (known.attributes if known else {}):
        events.append(AgentAttributesLearned(agent_id=command.agent_id, attributes=command.attributes))
    same = known is not None and (known.accepting, known.active_tasks) == (command.accepting, command.active_tasks)
    changed = AgentAvailabilityChanged(
        agent_id=command.agent_id,
        accepting=command.accepting,
        max_tasks=command.max_tasks,
        active_tasks=command.active_tasks,
        available_since=known.available_since if known and same else command.at,
        returned=command.returned,
        served=_served(known, command) if known is not None else [],
    )
    events.append(changed)
    messages = [to_router(state, MatchAgent(at=command.at, agent_id=command.agent_id), changed)]
    messages += [
        to_router(state, MatchTask(at=command.at, task_id=task_id), changed) for task_id in _left_behind(state, command)
    ]
    if not command.accepting:
        for place in state.preferred.get(command.agent_id, ()):
            task = state.tasks[place.task_id]
            if not task.preferred_only:
                step = state.lines[task.queue].step_at(task.place.queued_at, command.at)
                widened = _widened(task, step, "preference_over")
                events.append(widened)
                messages.append(to_router(state, MatchTask(at=command.at, task_id=task.task_id), widened))
    return Decision(events, messages)


def _left_behind(state: Router, command: ReportAvailability) -> list[str]:
    """The tasks that agents let go and that this agent will not take any more, in order: perhaps nobody else may take
    them now."""
    known = state.pool.get(command.agent_id)
    goes_on = command.accepting and known is not None and command.attributes == known.attributes
    if known is None or goes_on or not known.accepting:
        return []
    tasks = [state.tasks[task_id] for task_id in state.let_go]
    return [task.task_id for task in sorted(tasks, key=_in_order) if command.agent_id not in task.excluded]


def _served(agent: Availability, command: ReportAvailability) -> list[ServedTask]:
    """The closed tasks that the router had assigned to the agent; a supervisor's come to agents by other ways."""
    return [
        ServedTask(task_id, service.queue, (command.at - service.since).total_seconds())
        for task_id in command.closed
        if (service := agent.serving.get(task_id)) is not None
    ]


def _pick(state: Router, command: PickTask) -> Decision[RouterEvent]:
    task = state.tasks.get(command.task_id)
    agent = state.pool.get(command.agent_id)
    if task is None or task.offered_to is not None or task.not_before is not None:
        return refuse(RefusalCode.OFFER_GONE, "the task is gone, is with another agent, or its time has not come")
    line = state.lines[task.queue]
    if line.pushed:
        return refuse(RefusalCode.NOT_PULLED, f"the queue {line.name} offers its tasks; wait for an offer")
    if agent is None or agent.free_slots <= 0:
        return refuse(RefusalCode.AGENT_UNAVAILABLE, "go ready, or finish a task first")
    if task.preferred_until is not None and task.preferred_agent != agent.agent_id:
        return refuse(RefusalCode.NOT_ELIGIBLE, f"the task waits for {task.preferred_agent}")
    if task.preferred_until is None and not line.eligible[task.step] >> agent.number & 1:
        return refuse(RefusalCode.NOT_ELIGIBLE, f"the queue asks for {line.criterion(task.step)}")
    decision = offer(state, task, Choice([agent], 1 << agent.number, "picked", "agent"), command.at)
    decision.reply = TaskReply(task.conversation_id, state.version + 1)
    return decision


def _configure(state: Router, command: ConfigureQueue) -> Decision[RouterEvent]:
    before = state.lines.get(command.name)
    if command.queue.mrd != state.mrd or (before is not None and before.queue == command.queue):
        return Decision()
    configured = QueueConfigured(name=command.name, queue=command.queue)
    return Decision([configured], [to_router(state, MatchQueue(at=command.at, queue=command.name))])


def _flush(state: Router, command: FlushQueue) -> Decision[RouterEvent]:
    tasks = [task for task in state.tasks.values() if task.queue == command.queue and task.offered_to is None]
    tasks.sort(key=_in_order)
    decision: Decision[RouterEvent] = Decision(
        reply=Flushed(min(len(tasks), command.most), max(len(tasks) - command.most, 0))
    )
    for task in tasks[: command.most]:
        if command.to is None:
            expired = _expired(task, "force_closed")
            _add(decision, [expired], [_give_up(task, command.at, "force_closed")])
        else:
            moved, messages = _moved(state, task, command.to, "flush", command.at)
            _add(decision, [moved], messages)
    return decision


def _advance(state: Router, command: AdvanceLine) -> Decision[RouterEvent]:
    """Advances each due task once, in the order of the line. The others, and those that are due again, follow in
    another round."""
    due = [state.tasks[task_id] for instant, task_id in islice(state.due, _MAX_ADVANCED) if instant <= command.at]
    if not due:
        return Decision()
    decision: Decision[RouterEvent] = Decision()
    for task in sorted(due, key=_in_order):
        _add(decision, *_change(state, task, command.at))
    if command.round < _MAX_ROUNDS:
        decision.messages.append(to_router(state, AdvanceLine(at=command.at, round=command.round + 1), "command"))
    return decision


def _add(decision: Decision[RouterEvent], events: Sequence[RouterEvent], messages: list[Message]) -> None:
    """Adds what happens to one task of many; its messages follow from its own last event."""
    decision.events += events
    decision.messages += [message._replace(follows=events[-1]) for message in messages]


def _in_order(task: RoutedTask) -> Place:
    return task.place


def _change(state: Router, task: RoutedTask, at: datetime) -> tuple[list[RouterEvent], list[Message]]:
    """The change that is due for a waiting task, the most final one first, and the messages that go with it."""
    line = state.lines[task.queue]
    look = [to_router(state, MatchTask(at=at, task_id=task.task_id))]
    if task.not_before is not None:
        return [_widened(task, line.step_at(task.place.queued_at, at), "due")], look
    if _reached(line.expires_at(task), at) or (task.preferred_only and _reached(task.preferred_until, at)):
        return [_expired(task, "no_agent_available")], [_give_up(task, at, "no_agent_available")]
    if not task.preferred_only and line.queue.overflow is not None and _reached(line.overflows_at(task), at):
        moved, messages = _moved(state, task, line.queue.overflow.queue, "overflow", at)
        return [moved], messages
    if _reached(task.preferred_until, at):
        return [_widened(task, line.step_at(task.place.queued_at, at), "preference_over")], look
    if lifted := _lifted(task, at):
        return lifted, look
    return [_widened(task, line.step_at(task.place.queued_at, at), "step")], look


def _lifted(task: RoutedTask, at: datetime) -> list[RouterEvent]:
    """All exclusions that are over, so that the agents concerned are compared with each other."""
    return [
        ExclusionLifted(task_id=task.task_id, conversation_id=task.conversation_id, agent_id=agent_id)
        for agent_id, let_go in task.excluded.items()
        if _reached(let_go.until, at)
    ]


def _moved(
    state: Router, task: RoutedTask, to: str, reason: Literal["overflow", "flush"], at: datetime
) -> tuple[TaskMoved, list[Message]]:
    line = state.lines.get(to) or WaitingLine.of(to, rules_of(QueueSettings(name=to, mrd=state.mrd)))
    moved = TaskMoved(
        task_id=task.task_id,
        conversation_id=task.conversation_id,
        from_queue=task.queue,
        queue=line.settings(),
        reason=reason,
        moved_at=at,
        step=line.step_at(task.place.queued_at, at),
    )
    move = MoveTask(at=at, task_id=task.task_id, queue=line.settings(), reason=reason)
    look = to_router(state, MatchTask(at=at, task_id=task.task_id))
    return moved, [Message(conversation_stream(task.conversation_id), move), look]


def _widened(task: RoutedTask, step: int, reason: Literal["due", "preference_over", "step"]) -> EligibilityWidened:
    return EligibilityWidened(
        task_id=task.task_id,
        conversation_id=task.conversation_id,
        queue=task.queue,
        step=step,
        reason=reason,
    )


def _expired(task: RoutedTask, reason: CloseReason) -> TaskExpired:
    return TaskExpired(task_id=task.task_id, conversation_id=task.conversation_id, queue=task.queue, reason=reason)


def _give_up(task: RoutedTask, at: datetime, reason: CloseReason) -> Message:
    return Message(conversation_stream(task.conversation_id), GiveUpTask(at=at, task_id=task.task_id, reason=reason))


def _reached(instant: datetime | None, at: datetime) -> bool:
    return instant is not None and instant <= at


def deadlines(state: Router) -> Mapping[str, Deadline]:
    """``line``: the next instant at which something about a waiting task changes."""
    if not state.due:
        return _NONE
    instant = state.due[0][0]
    return {"line": Deadline(instant, AdvanceLine(at=instant))}


def finished(state: Router) -> bool:
    return False


_NONE: Mapping[str, Deadline] = {}

ROUTER = Decider("router", Router, decide, evolve, deadlines, finished, snapshot, restore, pinned=True)
